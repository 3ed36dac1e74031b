namespace Strata.Learning.Trees;

/// <summary>Sets of level codes as bits: set <c>s</c> is the words <c>Start[s] .. Start[s + 1]</c>, code <c>c</c> being bit <c>c % 64</c> of word <c>c / 64</c>.</summary>
public sealed class CategorySets(int[] start, long[] words)
{
    public static CategorySets None { get; } = new([0], []);

    /// <summary>First word of each set, and the word count at the end [sets + 1].</summary>
    public int[] Start { get; } = start;

    public long[] Words { get; } = words;

    public int Count => Start.Length - 1;

    /// <summary>Whether the code, given as a number, is in the set; codes past the set's end are not.</summary>
    public bool Contains(int set, double code)
    {
        int first = Start[set];
        return code >= 0 && code < (Start[set + 1] - first) * 64 && (Words[first + ((int)code >> 6)] >> ((int)code & 63) & 1) != 0;
    }

    /// <summary>The codes in the set, ascending.</summary>
    public int[] Codes(int set)
    {
        int first = Start[set];
        return [.. Enumerable.Range(0, (Start[set + 1] - first) * 64).Where(code => (Words[first + (code >> 6)] >> (code & 63) & 1) != 0)];
    }
}
