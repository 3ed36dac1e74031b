namespace Strata.Learning.Data;

/// <summary>
/// An array of single-precision numbers in each row, of the row's own length: a series [steps, channels], an image [height, width, channels] or points
/// [points, coordinates]. NaN is a missing step; a cell may be missing as a whole.
/// </summary>
public sealed class ArrayColumn : Column
{
    /// <param name="name">Of the column.</param>
    /// <param name="type"><see cref="ColumnType.Series"/>, <see cref="ColumnType.Image"/> or <see cref="ColumnType.Points"/>.</param>
    /// <param name="channels">The names of the innermost dimension, at least one.</param>
    /// <param name="values">A cell a row, the channels innermost; null is missing. Nobody writes to them any more.</param>
    /// <param name="widths">Of images: the columns of each row's image.</param>
    /// <exception cref="DataException">A cell's length does not fit the channels or its width.</exception>
    public ArrayColumn(string name, ColumnType type, IReadOnlyList<string> channels, float[]?[] values, int[]? widths = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentNullException.ThrowIfNull(values);
        if (!type.IsArray() || channels.Count == 0 || (type == ColumnType.Image) != (widths is not null) || (widths is not null && widths.Length != values.Length))
        {
            throw new ArgumentException($"Column '{name}' of type {type} with {channels.Count} channels and {widths?.Length ?? 0} widths for {values.Length} rows is no column of arrays.");
        }

        (Type, Channels, Values, Widths) = (type, channels, values, widths);
        DataException.ThrowIfAny([.. Enumerable.Range(0, values.Length).Where(row => values[row] is float[] cell && (cell.Length == 0 || cell.Length % RowLength(row) != 0)).Take(10).Select(row =>
            $"Column '{name}' has {values[row]!.Length} numbers in row {row + 1}; expected a multiple of {RowLength(row)}{(widths is null ? $", one for each of {channels.Count} channels" : $", {channels.Count} for each of {widths[row]} columns")}.")]);
    }

    /// <summary>The name of the channel where there is only one.</summary>
    public static IReadOnlyList<string> OneChannel { get; } = ["value"];

    public override ColumnType Type { get; }

    public IReadOnlyList<string> Channels { get; }

    public float[]?[] Values { get; }

    /// <summary>Of images: the columns of each row's image; else null.</summary>
    public int[]? Widths { get; }

    public override int Count => Values.Length;

    public override bool HasNumbers => false;

    /// <summary>Steps, points or pixels of a row; 0 where it is missing.</summary>
    public int StepsOf(int row) => (Values[row]?.Length ?? 0) / Channels.Count;

    /// <summary>Of an image: its rows and columns; 0 where it is missing.</summary>
    public (int Height, int Width) SizeOf(int row) => Values[row] is float[] cell ? (cell.Length / RowLength(row), Widths![row]) : (0, 0);

    public override bool IsMissing(int row) => Values[row] is null;

    public override double NumberAt(int row) => throw new InvalidOperationException($"Column '{Name}' holds arrays and has no single numbers.");

    /// <summary>JSON: a list of numbers for a series of one channel, of lists with a number for each channel otherwise; for images a list of such a list for each of its rows. A missing step is null.</summary>
    public override string? TextAt(int row) => Values[row] is float[] cell ? ArrayText.Write(cell, Channels.Count, Widths?[row]) : null;

    public override Column Take(ReadOnlySpan<int> rows) => new ArrayColumn(this, Name, Gather(Values, rows), Widths is null ? null : Gather(Widths, rows));

    public override Column Named(string name) => new ArrayColumn(this, name, Values, Widths);

    public override bool IsSame(int a, int b) => ReferenceEquals(Values[a], Values[b])
        || (Values[a] is float[] one && Values[b] is float[] other && Widths?[a] == Widths?[b] && one.AsSpan().SequenceEqual(other));

    private ArrayColumn(ArrayColumn of, string name, float[]?[] values, int[]? widths)
        : base(name) => (Type, Channels, Values, Widths) = (of.Type, of.Channels, values, widths);

    /// <summary>Numbers of one step, or of one row of pixels.</summary>
    private int RowLength(int row) => Math.Max(1, Channels.Count * (Widths?[row] ?? 1));
}
