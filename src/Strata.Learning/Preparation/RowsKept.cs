using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Leaves out training rows.</summary>
internal static class RowsKept
{
    /// <exception cref="DataException">No row would be left.</exception>
    public static (TrainingTable Kept, IReadOnlyList<string> Notes) Of(string step, TrainingTable table, bool[] kept)
    {
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => kept[row])];
        int dropped = table.RowCount - rows.Length;
        if (rows.Length == 0)
        {
            throw new DataException($"Step '{step}' would leave out every one of {table.RowCount} training rows; loosen it, or leave it out.");
        }

        string note = $"Step '{step}' left out {dropped} of {table.RowCount} training rows.";
        return dropped == 0 ? (table, []) : (table.Take(rows), [note]);
    }
}
