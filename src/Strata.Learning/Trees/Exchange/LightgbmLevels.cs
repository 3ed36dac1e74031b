using System.Text.Json;

namespace Strata.Learning.Trees.Exchange;

/// <summary>The level names of a LightGBM model that was trained on a pandas data frame: a list of lists, one a category column in the frame's order.</summary>
internal static class LightgbmLevels
{
    /// <param name="line">The file's last line, or null.</param>
    /// <param name="categories">The category columns in order.</param>
    /// <param name="known">The codes that the file lists for each.</param>
    /// <param name="notes">Gets a sentence when the lists cannot be told apart.</param>
    public static Dictionary<int, IReadOnlyList<string>> Of(LightgbmLine? line, int[] categories, Dictionary<int, int[]> known, List<string> notes)
    {
        string[][] lists = line is null ? [] : Parse(line);
        if (lists.Length == 0 || categories.Length == 0)
        {
            return [];
        }

        // The file does not say which column a list belongs to: it also has lists of columns that were never used or whose codes were taken as numbers.
        bool fits = lists.Length == categories.Length && categories.Zip(lists).All(pair => known.GetValueOrDefault(pair.First) is not int[] codes || codes.All(code => code < pair.Second.Length));
        if (!fits)
        {
            notes.Add($"The file has {lists.Length} lists of category names for {categories.Length} category columns, and does not say which is whose: the levels are named by their codes. Name them with --categories.");
            return [];
        }

        return categories.Zip(lists).ToDictionary(pair => pair.First, pair => (IReadOnlyList<string>)pair.Second);
    }

    private static string[][] Parse(LightgbmLine line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line.Value);
            return json.RootElement.ValueKind switch
            {
                JsonValueKind.Null => [],
                JsonValueKind.Array => [.. new JsonPlace(json.RootElement, line.Place).Items().Select(list => list.Items().Select(Name).ToArray())],
                _ => throw line.Unexpected("lists of names"),
            };
        }
        catch (JsonException)
        {
            throw line.Unexpected("lists of names in JSON");
        }
    }

    private static string Name(JsonPlace place) => place.Element.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => place.Text(),
    };
}
