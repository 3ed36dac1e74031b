using Strata.Learning.Data;

namespace Strata.Learning.Workflow;

/// <summary>Contributions as a table: a column per original feature and <c>bias</c>; for several classes a line per row and class, with a <c>class</c> column.</summary>
public static class ContributionTable
{
    public static Frame Of(Contributions contributions)
    {
        ArgumentNullException.ThrowIfNull(contributions);
        int outputs = contributions.Outputs.Count, columns = contributions.Columns.Count, lines = contributions.RowCount * outputs;
        var table = new List<Column>();
        for (int column = 0; column < columns; column++)
        {
            var values = new double[lines];
            for (int line = 0; line < lines; line++)
            {
                values[line] = contributions.Values[line * columns + column];
            }

            table.Add(new Float64Column(contributions.Columns[column], values));
        }

        table.Add(new Float64Column(InteractionTable.FreeName("bias", contributions.Columns), contributions.Bias));
        if (outputs > 1)
        {
            table.Add(new CategoryColumn(InteractionTable.FreeName("class", contributions.Columns), [.. Enumerable.Range(0, lines).Select(line => line % outputs)], contributions.Outputs));
        }

        return new Frame(table);
    }
}
