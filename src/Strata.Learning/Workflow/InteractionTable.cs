using Strata.Learning.Data;

namespace Strata.Learning.Workflow;

/// <summary>Interactions as a table: a line per row, class (for several) and column, with a column per original feature; a line sums to that column's contribution.</summary>
public static class InteractionTable
{
    public static Frame Of(Interactions interactions)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        int outputs = interactions.Outputs.Count, columns = interactions.Columns.Count, lines = checked(interactions.RowCount * outputs * columns);
        string Free(string name) => FreeName(name, interactions.Columns);
        var table = new List<Column> { new Int64Column(Free("row"), [.. Enumerable.Range(0, lines).Select(line => (long)(line / columns / outputs))]) };
        if (outputs > 1)
        {
            table.Add(new CategoryColumn(Free("class"), [.. Enumerable.Range(0, lines).Select(line => line / columns % outputs)], interactions.Outputs));
        }

        table.Add(new CategoryColumn(Free("column"), [.. Enumerable.Range(0, lines).Select(line => line % columns)], interactions.Columns));
        for (int column = 0; column < columns; column++)
        {
            var values = new double[lines];
            for (int line = 0; line < lines; line++)
            {
                values[line] = interactions.Values[line * columns + column];
            }

            table.Add(new Float64Column(interactions.Columns[column], values));
        }

        return new Frame(table);
    }

    /// <summary>The name, with underscores before it as long as a feature is called so.</summary>
    internal static string FreeName(string name, IReadOnlyList<string> taken) => taken.Contains(name) ? FreeName($"_{name}", taken) : name;
}
