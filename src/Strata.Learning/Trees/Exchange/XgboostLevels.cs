using System.Globalization;
using System.Text;
using System.Text.Json;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>The level names in an XGBoost file: those of a Strata export, or from version 3.1 on those of the data frame it was trained on.</summary>
internal static class XgboostLevels
{
    public static Dictionary<int, IReadOnlyList<string>> Of(JsonPlace learner, JsonPlace model, string[] features)
    {
        var levels = new Dictionary<int, IReadOnlyList<string>>();
        if (model.Find("cats")?.Find("enc") is { } columns && columns.Length == features.Length)
        {
            foreach ((int feature, JsonPlace column) in columns.Items().Index())
            {
                if (NamesOf(column) is { Count: > 0 } names)
                {
                    levels[feature] = names;
                }
            }
        }

        if (learner.Find("attributes")?.Find(XgboostReader.LevelsAttribute) is { } attribute)
        {
            foreach ((string column, IReadOnlyList<string> names) in Parse(attribute))
            {
                levels[Array.IndexOf(features, column) is >= 0 and int at ? at : throw attribute.Unexpected("levels of the model's own columns")] = names;
            }
        }

        return levels;
    }

    private static Dictionary<string, IReadOnlyList<string>> Parse(JsonPlace attribute)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(attribute.Text(), ModelFileJson.Options) is { } levels && levels.Values.All(names => names is not null && !names.Contains(null!))
                ? levels
                : throw attribute.Unexpected("level names by column");
        }
        catch (JsonException)
        {
            throw attribute.Unexpected("level names by column");
        }
    }

    /// <summary>Texts laid end to end as bytes with the place where each begins, or numbers.</summary>
    private static List<string> NamesOf(JsonPlace column)
    {
        if (column.Find("offsets") is not { } offsetsPlace)
        {
            return [.. column["values"].Items().Select(value => value.Text())];
        }

        int[] offsets = offsetsPlace.Wholes(-1);
        byte[] bytes = [.. column["values"].Wholes(-1).Select(value => (byte)value)];
        var names = new List<string>();
        for (int i = 0; i + 1 < offsets.Length; i++)
        {
            names.Add(offsets[i] >= 0 && offsets[i] <= offsets[i + 1] && offsets[i + 1] <= bytes.Length
                ? Encoding.UTF8.GetString(bytes.AsSpan(offsets[i]..offsets[i + 1]))
                : throw new ModelFileException($"{offsetsPlace.Path}[{i + 1}] is {offsets[i + 1].ToString(CultureInfo.InvariantCulture)}; the names have {bytes.Length} bytes."));
        }

        return names;
    }
}
