namespace Strata.Learning.Trees.Exchange;

/// <summary>Column names as another program takes them.</summary>
internal static class OutgoingNames
{
    /// <summary>The names, each different, with underscores in place of what the program refuses.</summary>
    /// <param name="names">Each different.</param>
    /// <param name="isAllowed">Whether a character may stay.</param>
    /// <param name="notes">Gets a sentence about what was changed.</param>
    public static string[] Of(IEnumerable<string> names, Func<char, bool> isAllowed, List<string> notes)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var changed = new List<string>();
        string[] result = [.. names.Select(Renamed)];
        if (changed.Count > 0)
        {
            notes.Add($"Names that the other program does not take were changed: {string.Join(", ", changed.Take(12))}{(changed.Count > 12 ? $" and {changed.Count - 12} more" : string.Empty)}.");
        }

        return result;

        string Renamed(string name)
        {
            string safe = name.Length == 0 ? "_" : string.Concat(name.Select(c => isAllowed(c) ? c : '_')), free = safe;
            for (int i = 2; !taken.Add(free); i++)
            {
                free = $"{safe}_{i}";
            }

            if (free != name)
            {
                changed.Add($"'{name}' to '{free}'");
            }

            return free;
        }
    }
}
