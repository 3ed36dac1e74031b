using Strata.Learning.Data;

namespace Strata.Learning.Explanation;

/// <summary>One shuffle of some columns, by the rows that it changes: a row that gets its own values again needs no new prediction.</summary>
/// <param name="Group">Index of the columns' group.</param>
/// <param name="Repeat">Which of the group's shuffles it is.</param>
/// <param name="Rows">The rows that change.</param>
/// <param name="Sources">The row that each of them gets the columns' values from.</param>
internal sealed record ColumnShuffle(int Group, int Repeat, int[] Rows, int[] Sources)
{
    /// <param name="columns">The columns that are shuffled together.</param>
    /// <param name="order">The row that each row gets values from.</param>
    /// <param name="group">Index of the columns' group.</param>
    /// <param name="repeat">Which of the group's shuffles it is.</param>
    public static ColumnShuffle Of(IReadOnlyList<Column> columns, int[] order, int group, int repeat)
    {
        IEnumerable<int> looked = Enumerable.Range(0, order.Length);
        if (columns.All(column => column is SparseNumberColumn))
        {
            var entries = columns.SelectMany(column => ((SparseNumberColumn)column).Rows).ToHashSet();
            looked = looked.Where(row => entries.Contains(row) || entries.Contains(order[row]));
        }

        int[] rows = [.. looked.Where(row => columns.Any(column => !column.IsSame(row, order[row])))];
        return new ColumnShuffle(group, repeat, rows, Array.ConvertAll(rows, row => order[row]));
    }

    /// <summary>The changed rows of some shuffles, one after another.</summary>
    public static Frame Changed(Frame frame, IReadOnlyList<ColumnShuffle> shuffles, IReadOnlyList<ColumnGroup> groups)
    {
        int[] rows = [.. shuffles.SelectMany(shuffle => shuffle.Rows)];
        var partsOf = new Dictionary<string, List<(int First, int[] Sources)>>(StringComparer.Ordinal);
        int first = 0;
        foreach (ColumnShuffle shuffle in shuffles)
        {
            foreach (string name in groups[shuffle.Group].Columns)
            {
                if (!partsOf.TryGetValue(name, out List<(int First, int[] Sources)>? parts))
                {
                    partsOf[name] = parts = [];
                }

                parts.Add((first, shuffle.Sources));
            }

            first += shuffle.Rows.Length;
        }

        return new Frame(frame.Take(rows).Columns.Select(column => partsOf.TryGetValue(column.Name, out var parts) ? WithParts(column, rows, frame[column.Name], parts) : column));
    }

    /// <summary>The taken rows with other sources in some stretches.</summary>
    private static Column WithParts(Column taken, int[] rows, Column from, List<(int First, int[] Sources)> parts)
    {
        if (taken is not SparseNumberColumn sparse)
        {
            int[] sources = [.. rows];
            foreach ((int first, int[] own) in parts)
            {
                own.CopyTo(sources, first);
            }

            return from.Take(sources);
        }

        SortedDictionary<int, double> entries = new(sparse.Rows.Zip(sparse.Values).ToDictionary(pair => pair.First, pair => pair.Second));
        foreach ((int first, int[] own) in parts)
        {
            for (int i = 0; i < own.Length; i++)
            {
                entries[first + i] = from.NumberAt(own[i]);
            }
        }

        return new SparseNumberColumn(sparse.Name, sparse.Count, [.. entries.Keys], [.. entries.Values], sparse.Common, sparse.Type);
    }
}
