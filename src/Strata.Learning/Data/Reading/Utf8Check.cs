using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Strata.Learning.Data.Reading;

/// <summary>Finds bytes that are no UTF-8.</summary>
internal static unsafe class Utf8Check
{
    /// <summary>The address of the first byte that is not UTF-8, or 0.</summary>
    public static nint FirstInvalid(byte* start, byte* end)
    {
        var text = new ReadOnlySpan<byte>(start, checked((int)(end - start)));
        if (Utf8.IsValid(text))
        {
            return 0;
        }

        int at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out int used) == OperationStatus.Done)
        {
            at += used;
        }

        return (nint)(start + at);
    }
}

/// <summary>The bytes are not UTF-8: the text has to be read in another encoding.</summary>
internal sealed class InvalidUtf8Exception(long lineNumber) : Exception($"Line {lineNumber} is not UTF-8.")
{
    /// <summary>1-based.</summary>
    public long LineNumber { get; } = lineNumber;
}
