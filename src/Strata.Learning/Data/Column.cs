namespace Strata.Learning.Data;

/// <summary>One named, typed column of a <see cref="Frame"/>. Columns are immutable: nobody writes to the arrays once a column holds them.</summary>
public abstract class Column
{
    private int missingCount = -1;

    protected Column(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    public string Name { get; }

    public abstract ColumnType Type { get; }

    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Whether the values are ordered numbers: everything but categories and text.</summary>
    public bool IsNumeric => Type is ColumnType.Float32 or ColumnType.Float64 or ColumnType.Int64 or ColumnType.Boolean or ColumnType.Date;

    /// <summary>Whether <see cref="NumberAt"/> answers: everything but text and arrays.</summary>
    public virtual bool HasNumbers => true;

    public int MissingCount => missingCount >= 0 ? missingCount : missingCount = CountMissing();

    public abstract bool IsMissing(int row);

    /// <summary>The value as a number: NaN when missing, 0 or 1 for booleans, seconds since 1970 for dates, the level's code for categories (NaN when missing).</summary>
    /// <exception cref="InvalidOperationException">The column is text or holds arrays.</exception>
    public abstract double NumberAt(int row);

    /// <summary>The value as invariant text that reads back to the same value, or null when missing.</summary>
    public abstract string? TextAt(int row);

    /// <summary>Whether two rows hold the same value, or both none.</summary>
    public virtual bool IsSame(int a, int b) => HasNumbers ? NumberAt(a).Equals(NumberAt(b)) : TextAt(a) == TextAt(b);

    /// <summary>All values as numbers, by the rule of <see cref="NumberAt"/>. <paramref name="destination"/> has one place a row.</summary>
    public void CopyNumbers(Span<double> destination) => CopyNumbers(0, destination[..Count]);

    /// <summary>The values from a 0-based row on as numbers, as many as <paramref name="destination"/> has places.</summary>
    public virtual void CopyNumbers(int start, Span<double> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = NumberAt(start + i);
        }
    }

    /// <summary>The rows at the given 0-based indices, in that order; an index may repeat.</summary>
    public abstract Column Take(ReadOnlySpan<int> rows);

    /// <summary>The same values under another name.</summary>
    public abstract Column Named(string name);

    protected virtual int CountMissing()
    {
        int missing = 0;
        for (int row = 0; row < Count; row++)
        {
            if (IsMissing(row))
            {
                missing++;
            }
        }

        return missing;
    }

    protected static T[] Gather<T>(T[] values, ReadOnlySpan<int> rows)
    {
        var taken = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            taken[i] = values[rows[i]];
        }

        return taken;
    }
}
