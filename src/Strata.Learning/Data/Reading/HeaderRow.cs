namespace Strata.Learning.Data.Reading;

/// <summary>
/// Makes column names out of what a header says. Spaces around a name are removed, an empty name becomes <c>column_N</c> by its 1-based position, and the second
/// column of a name becomes <c>name_2</c> (the first free number). Letter case counts.
/// </summary>
internal static class HeaderRow
{
    public static string[] UniqueNames(IReadOnlyList<string> header, bool hasHeader, List<string> notes)
    {
        var names = new string[header.Count];
        var taken = new HashSet<string>(header.Select(name => name.Trim()).Where(name => name.Length > 0), StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var nextNumber = new Dictionary<string, int>(StringComparer.Ordinal);
        var unnamed = new List<string>();
        var renamed = new List<string>();
        int trimmed = 0;
        for (int i = 0; i < names.Length; i++)
        {
            string name = SpreadsheetText.Unguard(header[i].Trim());
            trimmed += name.Length > 0 && header[i].Trim().Length != header[i].Length ? 1 : 0;
            if (name.Length == 0)
            {
                name = taken.Contains($"column_{i + 1}") ? Free($"column_{i + 1}", taken, nextNumber) : $"column_{i + 1}";
                unnamed.Add(name);
                taken.Add(name);
            }
            else if (used.Contains(name))
            {
                name = Free(name, taken, nextNumber);
                renamed.Add(name);
                taken.Add(name);
            }

            used.Add(names[i] = name);
        }

        NoteIfAny(hasHeader ? unnamed : [], "had no name and is named", "had no names and are named", notes);
        NoteIfAny(renamed, "had the name of an earlier one and is named", "had the name of an earlier one and are named", notes);
        if (trimmed > 0)
        {
            notes.Add($"Spaces around {trimmed} column name{(trimmed == 1 ? " was" : "s were")} removed.");
        }

        return names;
    }

    /// <summary>Reads lines such as <c>COLUMN koi_period: Orbital Period [days]</c>.</summary>
    public static Dictionary<string, string> Descriptions(IEnumerable<string> comments)
    {
        const string Mark = "COLUMN ";
        var descriptions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string comment in comments.Where(comment => comment.StartsWith(Mark, StringComparison.Ordinal)))
        {
            int colon = comment.IndexOf(':', StringComparison.Ordinal);
            if (colon > Mark.Length)
            {
                descriptions[comment[Mark.Length..colon].Trim()] = comment[(colon + 1)..].Trim();
            }
        }

        return descriptions;
    }

    private static string Free(string name, HashSet<string> taken, Dictionary<string, int> nextNumber)
    {
        int number = nextNumber.GetValueOrDefault(name, 2);
        while (taken.Contains($"{name}_{number}"))
        {
            number++;
        }

        nextNumber[name] = number + 1;
        return $"{name}_{number}";
    }

    private static void NoteIfAny(List<string> names, string one, string many, List<string> notes)
    {
        if (names.Count > 0)
        {
            notes.Add($"{names.Count} column{(names.Count == 1 ? $" {one}" : $"s {many}")} {NearNames.List(names, 5)}.");
        }
    }
}
