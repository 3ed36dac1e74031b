using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>Columns of numbers that are one array a row. A row in which all are missing has none.</summary>
/// <param name="Name">Of the array column.</param>
/// <param name="Type">Series or image.</param>
/// <param name="Channels">Their names.</param>
/// <param name="Columns">In the order of the array, channels innermost.</param>
/// <param name="Width">Of an image: pixels in a row.</param>
public sealed record FoldRule(string Name, ColumnType Type, IReadOnlyList<string> Channels, IReadOnlyList<string> Columns, int Width = 0)
{
    private bool IsSound => Name is not null && Type is ColumnType.Series or ColumnType.Image && Channels is { Count: > 0 } && !Channels.Contains(null!) && Columns is { Count: > 0 } && !Columns.Contains(null!)
        && Columns.Count % (Channels.Count * Math.Max(1, Width)) == 0 && (Type == ColumnType.Image) == (Width > 0);

    /// <exception cref="ModelFileException">It cannot be what was written.</exception>
    internal void Check()
    {
        if (!IsSound)
        {
            throw new ModelFileException($"The columns of '{Name}' in the model file are no array.");
        }
    }

    public ArrayColumn Of(Frame rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var cells = new float[]?[rows.RowCount];
        for (int row = 0; row < cells.Length; row++)
        {
            cells[row] = new float[Columns.Count];
        }

        var numbers = new double[rows.RowCount];
        for (int i = 0; i < Columns.Count; i++)
        {
            rows[Columns[i]].CopyNumbers(numbers);
            for (int row = 0; row < cells.Length; row++)
            {
                float number = (float)numbers[row];
                cells[row]![i] = float.IsFinite(number) ? number : float.NaN;
            }
        }

        for (int row = 0; row < cells.Length; row++)
        {
            cells[row] = cells[row].AsSpan().ContainsAnyExcept(float.NaN) ? cells[row] : null;
        }

        int[]? widths = Width == 0 ? null : new int[cells.Length];
        widths?.AsSpan().Fill(Width);
        return new ArrayColumn(Name, Type, Channels, cells, widths);
    }
}
