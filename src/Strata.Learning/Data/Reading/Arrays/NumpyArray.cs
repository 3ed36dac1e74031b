using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>
/// Reads NumPy's array format, <c>.npy</c> of versions 1 to 3 (numpy.lib.format). Pickled objects are refused: reading them would run what the file says.
/// </summary>
internal static partial class NumpyArray
{
    private const int MostHeaderBytes = 1 << 16;
    private const int MostTextBytes = 1 << 16;

    private static ReadOnlySpan<byte> Mark => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <exception cref="DataException">The file is damaged, or its elements are neither numbers nor texts.</exception>
    public static unsafe StoredArray Read(TableBytes bytes)
    {
        ReadOnlySpan<byte> head = bytes.Head(12);
        if (head.Length < 10 || !head.StartsWith(Mark) || head[6] is < 1 or > 3)
        {
            throw new DataException("The file is no NumPy array of format version 1 to 3.");
        }

        int prefix = head[6] == 1 ? 10 : 12;
        uint length = head[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) : head.Length < 12 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        if (length > MostHeaderBytes || prefix + length > bytes.Length)
        {
            throw new DataException("The NumPy array is cut off within its header.");
        }

        string text = Encoding.UTF8.GetString(new ReadOnlySpan<byte>(bytes.Start + prefix, (int)length));
        (ElementType type, int size, bool bigEndian) = TypeOf(Find(Description(), text, "descr"));
        bool fortran = Find(Order(), text, "fortran_order") == "True";
        return new StoredArray(SizesOf(Find(Shape(), text, "shape")), type, size, bigEndian, fortran, bytes, prefix + length);
    }

    private static string Find(Regex pattern, string text, string what) => pattern.Match(text) is { Success: true } match
        ? match.Groups[1].Value
        : throw new DataException($"The NumPy array's header '{(text.Length > 200 ? text[..200] : text).Trim()}' has no {what} that is read; expected plain numbers or texts, no structured type.");

    private static int[] SizesOf(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : throw new DataException($"The NumPy array has a dimension of '{part}'; expected whole numbers up to {int.MaxValue}."))];
    }

    private static (ElementType Type, int Size, bool BigEndian) TypeOf(string description)
    {
        bool bigEndian = description[0] == '>';
        string kind = description.TrimStart('<', '>', '|', '=');
        if (kind.Length > 0 && kind[0] is 'S' or 'a' or 'U' && int.TryParse(kind.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length is > 0 and < MostTextBytes)
        {
            return kind[0] == 'U' ? (ElementType.Utf32, 4 * length, bigEndian) : (ElementType.Latin1, length, bigEndian);
        }

        (ElementType Type, int Size)? found = kind switch
        {
            "b1" or "?" => (ElementType.Boolean, 1),
            "i1" or "b" => (ElementType.Int8, 1),
            "u1" or "B" => (ElementType.UInt8, 1),
            "i2" => (ElementType.Int16, 2),
            "u2" => (ElementType.UInt16, 2),
            "i4" => (ElementType.Int32, 4),
            "u4" => (ElementType.UInt32, 4),
            "i8" => (ElementType.Int64, 8),
            "u8" => (ElementType.UInt64, 8),
            "f2" => (ElementType.Float16, 2),
            "f4" => (ElementType.Float32, 4),
            "f8" => (ElementType.Float64, 8),
            _ => null,
        };
        return found is (ElementType type, int size)
            ? (type, size, bigEndian)
            : throw new DataException(kind.StartsWith('O')
                ? "The NumPy array holds Python objects, which cannot be read without running what the file says; save it as numbers or texts (astype)."
                : $"The NumPy array holds elements of type '{description}'; expected whole numbers, fractions of 2 to 8 bytes, booleans or texts.");
    }

    [GeneratedRegex("'descr'\\s*:\\s*'([<>|=]?[A-Za-z?][0-9]*)'", RegexOptions.NonBacktracking)]
    private static partial Regex Description();

    [GeneratedRegex("'fortran_order'\\s*:\\s*(True|False)", RegexOptions.NonBacktracking)]
    private static partial Regex Order();

    [GeneratedRegex("'shape'\\s*:\\s*\\(([0-9, ]*)\\)", RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
