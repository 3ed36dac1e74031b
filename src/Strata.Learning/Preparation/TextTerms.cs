using System.Globalization;
using System.Text;

namespace Strata.Learning.Preparation;

/// <summary>What a text is cut into.</summary>
public enum TextUnit
{
    /// <summary>Runs of two or more letters, digits and underscores.</summary>
    Words,

    /// <summary>Single characters, runs of spaces as one.</summary>
    Characters,
}

/// <summary>Cuts texts, in lower case, into terms: runs of so many neighbouring words or characters.</summary>
/// <param name="Unit">What a text is cut into.</param>
/// <param name="Shortest">The fewest units of a term.</param>
/// <param name="Longest">The most.</param>
public sealed record TextTerms(TextUnit Unit, int Shortest, int Longest)
{
    private const int MostCharacters = 1 << 20;
    private const int MostUnits = 10;

    /// <summary>How often each term stands in the text; null is no text. Only the first 2^20 characters are read.</summary>
    public Dictionary<string, int> Count(string? text)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        if (text is null)
        {
            return counts;
        }

        text = (text.Length > MostCharacters ? text[..MostCharacters] : text).ToLowerInvariant();
        List<string> units = Unit == TextUnit.Words ? Words(text) : Characters(text);
        string separator = Unit == TextUnit.Words ? " " : string.Empty;
        for (int length = Shortest; length <= Longest; length++)
        {
            for (int start = 0; start + length <= units.Count; start++)
            {
                string term = length == 1 ? units[start] : string.Join(separator, units.GetRange(start, length));
                counts[term] = counts.GetValueOrDefault(term) + 1;
            }
        }

        return counts;
    }

    internal string? Problem => Shortest < 1 || Longest < Shortest || Longest > MostUnits ? $"Terms are of {Shortest} to {Longest} units; the shortest is at least 1, and the longest at least as long and at most {MostUnits}." : null;

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsWordRune(rune))
            {
                word.Append(rune);
                length++;
            }
            else
            {
                Close();
            }
        }

        Close();
        return words;

        void Close()
        {
            if (length > 1)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            length = 0;
        }
    }

    private static bool IsWordRune(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value == '_'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherNumber or UnicodeCategory.LetterNumber;

    private static List<string> Characters(string text)
    {
        var characters = new List<string>(text.Length);
        int spaces = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            spaces = Rune.IsWhiteSpace(rune) ? spaces + 1 : 0;
            if (spaces < 2)
            {
                characters.Add(rune.ToString());
            }
            else
            {
                characters[^1] = " ";
            }
        }

        return characters;
    }
}
