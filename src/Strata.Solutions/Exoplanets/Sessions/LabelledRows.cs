using Strata.Learning.Data;

namespace Strata.Solutions.Exoplanets.Sessions;

/// <summary>The rows of a table that can teach or judge a model: those that its preset counts and whose label means one of the classes.</summary>
/// <param name="Rows">0-based, ascending.</param>
/// <param name="Labels">The class of each of them.</param>
/// <param name="Column">The column that the labels come from.</param>
/// <param name="Notes">What was left out and why.</param>
internal sealed record LabelledRows(int[] Rows, string[] Labels, string Column, IReadOnlyList<string> Notes)
{
    /// <summary>Null when no column of the table says what its objects are.</summary>
    /// <exception cref="DataException">A label is no word for a verdict.</exception>
    public static LabelledRows? Of(SessionTable table, IReadOnlyList<string> classes)
    {
        if (LabelColumn.Find(table.Table, table.Mission) is not Column column)
        {
            return null;
        }

        string?[] labels = LabelColumn.Read(column, classes);
        int[] counted = Counted(table);
        int[] rows = [.. counted.Where(row => labels[row] is not null)];
        var notes = new List<string>();
        if (counted.Length < table.Table.RowCount)
        {
            notes.Add($"{table.Table.RowCount - counted.Length} rows left out: {table.Mission.Preset.Rows!.Reason}");
        }

        if (rows.Length < counted.Length)
        {
            notes.Add($"{counted.Length - rows.Length} rows left out: '{column.Name}' is empty or no settled verdict there.");
        }

        return new LabelledRows(rows, [.. rows.Select(row => labels[row]!)], column.Name, notes);
    }

    /// <summary>The rows that the preset's rule keeps, where the table has the rule's column.</summary>
    public static int[] Counted(SessionTable table) =>
        table.Mission.Preset.Rows is RowRule rule && table.Table.TryGet(rule.Column) is Column column
            ? [.. Enumerable.Range(0, column.Count).Where(row => column.TextAt(row) == rule.Value)]
            : [.. Enumerable.Range(0, table.Table.RowCount)];
}
