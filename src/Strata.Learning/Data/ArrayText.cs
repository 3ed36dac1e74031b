using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Strata.Learning.Data;

/// <summary>Arrays as JSON text: <c>[1,2,3]</c>, <c>[[1,2],[3,4]]</c> or, for images, a list of rows of pixels. A missing number is null.</summary>
internal static class ArrayText
{
    private const int Deepest = 3;

    /// <param name="cell">The numbers, channels innermost.</param>
    /// <param name="channels">How many channels; one is not given a list of its own.</param>
    /// <param name="width">Of an image: its columns.</param>
    public static string Write(float[] cell, int channels, int? width)
    {
        var text = new StringBuilder(cell.Length * 8);
        int rowLength = channels * (width ?? 0);
        text.Append('[');
        for (int i = 0; i < cell.Length; i++)
        {
            if (rowLength > 0 && i % rowLength == 0)
            {
                text.Append(i > 0 ? ",[" : "[");
            }
            else if (i > 0)
            {
                text.Append(',');
            }

            if (channels > 1 && i % channels == 0)
            {
                text.Append('[');
            }

            _ = float.IsFinite(cell[i]) ? text.Append(cell[i].ToString("R", CultureInfo.InvariantCulture)) : text.Append("null");
            if (channels > 1 && i % channels == channels - 1)
            {
                text.Append(']');
            }

            if (rowLength > 0 && i % rowLength == rowLength - 1)
            {
                text.Append(']');
            }
        }

        return text.Append(']').ToString();
    }

    /// <summary>Reads a cell back.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="cell">The numbers, the last dimension innermost.</param>
    /// <param name="lengths">The length of each dimension, one to three.</param>
    public static bool TryRead(string text, out float[] cell, out int[] lengths)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return TryRead(json.RootElement, out cell, out lengths);
        }
        catch (JsonException)
        {
            (cell, lengths) = ([], []);
            return false;
        }
    }

    /// <summary>The same of a JSON value: lists within lists, all of one depth and length, of numbers and nulls.</summary>
    public static bool TryRead(JsonElement value, out float[] cell, out int[] lengths)
    {
        var found = new List<int>();
        JsonElement inner = value;
        while (inner.ValueKind == JsonValueKind.Array && inner.GetArrayLength() > 0 && found.Count <= Deepest)
        {
            found.Add(inner.GetArrayLength());
            inner = inner[0];
        }

        lengths = [.. found];
        var numbers = new List<float>();
        bool reads = found.Count is >= 1 and <= Deepest && Fill(value, lengths, numbers);
        cell = reads ? [.. numbers] : [];
        return reads;
    }

    private static bool Fill(JsonElement value, ReadOnlySpan<int> lengths, List<float> numbers)
    {
        if (lengths.IsEmpty)
        {
            float number = float.NaN;
            bool isNumber = value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out number) && float.IsFinite(number));
            numbers.Add(number);
            return isNumber;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != lengths[0])
        {
            return false;
        }

        foreach (JsonElement part in value.EnumerateArray())
        {
            if (!Fill(part, lengths[1..], numbers))
            {
                return false;
            }
        }

        return true;
    }
}
