namespace Strata.Learning.Data;

/// <summary>A table in memory: named, typed columns of equal length. Immutable; every change returns a new frame that shares the columns.</summary>
public sealed class Frame
{
    private readonly Dictionary<string, int> indexOf;

    /// <exception cref="DataException">Two columns share a name, or their lengths differ.</exception>
    public Frame(params IEnumerable<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Columns = [.. columns];
        RowCount = Columns.Count == 0 ? 0 : Columns[0].Count;
        indexOf = new Dictionary<string, int>(Columns.Count, StringComparer.Ordinal);
        var problems = new List<string>();
        for (int i = 0; i < Columns.Count; i++)
        {
            Column column = Columns[i];
            if (column.Count != RowCount)
            {
                problems.Add($"Column '{column.Name}' has {column.Count} rows but '{Columns[0].Name}' has {RowCount}.");
            }

            if (!indexOf.TryAdd(column.Name, i))
            {
                problems.Add($"Column '{column.Name}' stands twice, at {indexOf[column.Name] + 1} and {i + 1}.");
            }
        }

        DataException.ThrowIfAny(problems);
    }

    public IReadOnlyList<Column> Columns { get; }

    public int RowCount { get; }

    public int ColumnCount => Columns.Count;

    public IEnumerable<string> Names => Columns.Select(column => column.Name);

    public Schema Schema => new([.. Columns.Select(SchemaColumn.Of)]);

    /// <exception cref="DataException">There is no such column; the message lists near names.</exception>
    public Column this[string name] => TryGet(name) ?? throw DataException.NoSuchColumn(name, Names);

    public Column? TryGet(string name) => indexOf.TryGetValue(name, out int i) ? Columns[i] : null;

    public bool Contains(string name) => indexOf.ContainsKey(name);

    public Frame Select(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new Frame(names.Select(name => this[name]));
    }

    /// <summary>All columns but these; a name that is not there is an error.</summary>
    public Frame Drop(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var dropped = names.ToHashSet(StringComparer.Ordinal);
        foreach (string name in dropped)
        {
            _ = this[name];
        }

        return new Frame(Columns.Where(column => !dropped.Contains(column.Name)));
    }

    /// <summary>With the column in place of the one of that name, or at the end.</summary>
    public Frame With(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return indexOf.TryGetValue(column.Name, out int at)
            ? new Frame(Columns.Select((old, i) => i == at ? column : old))
            : new Frame(Columns.Append(column));
    }

    /// <summary>The rows at the given 0-based indices, in that order; an index may repeat.</summary>
    public Frame Take(ReadOnlySpan<int> rows)
    {
        var taken = new Column[Columns.Count];
        TakenRows? places = Columns.Any(column => column is SparseNumberColumn) ? new TakenRows(rows, RowCount) : null;
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = Columns[i] is SparseNumberColumn sparse ? sparse.Take(places!) : Columns[i].Take(rows);
        }

        return new Frame(taken);
    }
}
