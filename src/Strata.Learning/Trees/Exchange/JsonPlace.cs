using System.Globalization;
using System.Text.Json;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>A value in a JSON model file together with where it stands; everything asked of it is checked, and what is wrong is told with the place.</summary>
internal readonly record struct JsonPlace(JsonElement Element, string Path)
{
    public JsonPlace this[string name] => Find(name) ?? throw new ModelFileException($"{Path} has no '{name}'.");

    public int Length => Element.ValueKind == JsonValueKind.Array ? Element.GetArrayLength() : throw Unexpected("a list");

    public JsonPlace? Find(string name)
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            throw Unexpected("an object");
        }

        return Element.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null ? new JsonPlace(found, $"{Path}.{name}") : null;
    }

    public IEnumerable<JsonPlace> Items()
    {
        _ = Length;
        string path = Path;
        return Element.EnumerateArray().Select((item, i) => new JsonPlace(item, $"{path}[{i}]"));
    }

    public string Text() => Element.ValueKind switch
    {
        JsonValueKind.String => Element.GetString()!,
        JsonValueKind.Number => Element.GetRawText(),
        _ => throw Unexpected("text"),
    };

    /// <summary>A whole number, also one that is written as text.</summary>
    public int Whole(int least, int most) =>
        int.TryParse(Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw Unexpected($"a whole number from {least} to {most}");

    /// <summary>A list of whole numbers [count]; -1 for any count.</summary>
    public int[] Wholes(int count)
    {
        Require(count);
        var values = new int[Length];
        int i = 0;
        foreach (JsonElement item in Element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out values[i]))
            {
                throw new JsonPlace(item, $"{Path}[{i}]").Unexpected("a whole number");
            }

            i++;
        }

        return values;
    }

    /// <summary>A list of floats [count]; null stands for NaN.</summary>
    public float[] Singles(int count)
    {
        Require(count);
        var values = new float[Length];
        int i = 0;
        foreach (JsonElement item in Element.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Null)
            {
                values[i] = float.NaN;
            }
            else if (item.ValueKind != JsonValueKind.Number || !item.TryGetSingle(out values[i]))
            {
                throw new JsonPlace(item, $"{Path}[{i}]").Unexpected("a number");
            }

            i++;
        }

        return values;
    }

    /// <summary>A list of true or false, or of 1 and 0 [count].</summary>
    public bool[] Flags(int count)
    {
        Require(count);
        var values = new bool[Length];
        int i = 0;
        foreach (JsonElement item in Element.EnumerateArray())
        {
            values[i] = item.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number when item.TryGetInt32(out int flag) && flag is 0 or 1 => item.GetInt32() == 1,
                _ => throw new JsonPlace(item, $"{Path}[{i}]").Unexpected("1 or 0"),
            };
            i++;
        }

        return values;
    }

    public ModelFileException Unexpected(string expectation)
    {
        string raw = Element.ValueKind is JsonValueKind.Object ? "an object" : Element.ValueKind is JsonValueKind.Array ? $"a list of {Element.GetArrayLength()}" : Element.GetRawText();
        return new ModelFileException($"{Path} is {(raw.Length > 60 ? raw[..60] + "…" : raw)}; expected {expectation}.");
    }

    private void Require(int count)
    {
        if (count >= 0 && Length != count)
        {
            throw new ModelFileException($"{Path} has {Length} values; expected {count}.");
        }
    }
}
