using System.Text.Json;
using Strata.Learning.Data.Reading.Arrays;

namespace Strata.Learning.Data;

/// <summary>Makes columns of arrays of JSON values: lists of numbers, or of such lists.</summary>
public static class JsonArrays
{
    /// <summary>Whether a value is an array: lists within lists, all of one depth and length, of numbers and nulls. A list of nothing counts as missing.</summary>
    public static bool IsArray(JsonElement value) => value.ValueKind == JsonValueKind.Array && (value.GetArrayLength() == 0 || ArrayText.TryRead(value, out _, out _));

    /// <param name="name">Of the column.</param>
    /// <param name="values">Arrays, nulls and undefined values.</param>
    /// <returns>Null where they have unlike channels: as text, they may still be what somebody expects.</returns>
    public static ArrayColumn? ToColumn(string name, IReadOnlyList<JsonElement> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var cells = new ArrayCells(name, values.Count);
        for (int row = 0; row < values.Count; row++)
        {
            cells[row] = ArrayText.TryRead(values[row], out float[] cell, out int[] lengths) ? new NumberArray(lengths, cell) : null;
        }

        return cells.AreAlike ? cells.ToColumn() : null;
    }
}
