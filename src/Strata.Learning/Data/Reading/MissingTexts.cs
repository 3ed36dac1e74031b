using System.Text;

namespace Strata.Learning.Data.Reading;

/// <summary>The spellings of a missing value, to be looked up by their bytes.</summary>
internal sealed class MissingTexts
{
    private readonly byte[][] spellings;
    private readonly int longest;

    public MissingTexts(IEnumerable<string> texts)
    {
        spellings = [.. texts.Select(Encoding.UTF8.GetBytes)];
        longest = spellings.Select(spelling => spelling.Length).DefaultIfEmpty().Max();
    }

    public bool Contains(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r"u8);
        if (text.Length > longest)
        {
            return false;
        }

        foreach (byte[] spelling in spellings)
        {
            if (text.SequenceEqual(spelling))
            {
                return true;
            }
        }

        return text.IsEmpty;
    }
}
