namespace Strata.Learning.Data;

/// <summary>Makes a number column of values that come row by row, of which most are 0 and not given.</summary>
internal sealed class SparseColumnBuilder
{
    private readonly List<int> rows = [];
    private readonly List<double> values = [];

    /// <summary>Adds to the value of a row; rows never descend.</summary>
    public void Add(int row, double value)
    {
        if (rows.Count > 0 && rows[^1] == row)
        {
            values[^1] += value;
        }
        else
        {
            rows.Add(row);
            values.Add(value);
        }
    }

    /// <summary>Divides the value that was given last.</summary>
    public void DivideLast(double by) => values[^1] /= by;

    /// <summary>The column of so many rows: in full where many differ from 0.</summary>
    public Column ToColumn(string name, int count, ColumnType type = ColumnType.Float64)
    {
        var column = new SparseNumberColumn(name, count, [.. rows], [.. values], type: type);
        return SparseNumberColumn.Pays(rows.Count, count) ? column : column.InFull();
    }
}
