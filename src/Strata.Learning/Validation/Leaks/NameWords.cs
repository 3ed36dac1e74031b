namespace Strata.Learning.Validation.Leaks;

/// <summary>A column's name in lower-case words: <c>closedAt</c>, <c>closed_at</c> and <c>Closed at</c> are the same two.</summary>
internal static class NameWords
{
    public static string[] Of(string name)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 1; i <= name.Length; i++)
        {
            bool ends = i == name.Length || !char.IsLetterOrDigit(name[i]) || !char.IsLetterOrDigit(name[i - 1]) || (char.IsUpper(name[i]) && char.IsLower(name[i - 1]));
            if (ends)
            {
                string word = name[start..i].Trim(' ', '_', '-', '.').ToLowerInvariant();
                start = i;
                if (word.Length > 0)
                {
                    words.Add(word);
                }
            }
        }

        return [.. words];
    }
}
