using Strata.Learning.Data;

namespace Strata.Learning.Explanation;

/// <summary>Neighbouring steps of a series, or a patch of an image. Places are 0-based.</summary>
/// <param name="Top">First line of pixels; 0 for series.</param>
/// <param name="Left">First step, or first column of pixels.</param>
/// <param name="Height">Lines of pixels; 1 for series.</param>
/// <param name="Width">Steps, or columns of pixels.</param>
public sealed record CellRegion(int Top, int Left, int Height, int Width)
{
    /// <summary>In words, counted from 1.</summary>
    public string Words(ColumnType type) => type == ColumnType.Image
        ? $"rows {Top + 1} to {Top + Height}, columns {Left + 1} to {Left + Width}"
        : $"{(type == ColumnType.Series ? "steps" : "points")} {Left + 1} to {Left + Width}";

    /// <summary>A cell cut into equal parts: along the steps, or along both sides of an image; fewer where it has fewer steps. None of a missing cell.</summary>
    public static IReadOnlyList<CellRegion> Cut(ArrayColumn column, int row, int parts)
    {
        ArgumentNullException.ThrowIfNull(column);
        (int height, int width) = SizeOf(column, row);
        (int Start, int Length)[] lines = Cut(height, column.Type == ColumnType.Image ? parts : 1), steps = Cut(width, parts);
        return [.. lines.SelectMany(line => steps.Select(step => new CellRegion(line.Start, step.Start, line.Length, step.Length)))];
    }

    /// <summary>Windows that are moved over a cell, the last one up to its end.</summary>
    internal static IReadOnlyList<CellRegion> Windows(ArrayColumn column, int row, int length, int stride)
    {
        (int height, int width) = SizeOf(column, row);
        int[] Starts(int whole, int window) => whole == 0 ? [] : [.. Enumerable.Range(0, (Math.Max(0, whole - window) + stride - 1) / stride + 1).Select(i => Math.Min(i * stride, Math.Max(0, whole - window)))];
        bool isImage = column.Type == ColumnType.Image;
        return [.. (isImage ? Starts(height, length) : [.. Enumerable.Range(0, height)]).SelectMany(top => Starts(width, length).Select(left =>
            new CellRegion(top, left, isImage ? Math.Min(length, height) : 1, Math.Min(length, width))))];
    }

    /// <summary>Lines and steps of a cell; a series has one line.</summary>
    internal static (int Height, int Width) SizeOf(ArrayColumn column, int row) => column.Type == ColumnType.Image ? column.SizeOf(row) : (column.StepsOf(row) > 0 ? 1 : 0, column.StepsOf(row));

    /// <summary>Puts a number for each channel into the region of a cell.</summary>
    /// <param name="cell">Written to.</param>
    /// <param name="width">Steps of the cell, or columns of its image.</param>
    /// <param name="baseline">By channel.</param>
    internal void Fill(Span<float> cell, int width, ReadOnlySpan<float> baseline)
    {
        int channels = baseline.Length;
        for (int line = Top; line < Top + Height; line++)
        {
            Span<float> own = cell.Slice((line * width + Left) * channels, Width * channels);
            for (int i = 0; i < own.Length; i++)
            {
                own[i] = baseline[i % channels];
            }
        }
    }

    private static (int Start, int Length)[] Cut(int whole, int parts)
    {
        int count = Math.Min(whole, parts);
        return [.. Enumerable.Range(0, count).Select(i => ((int)((long)whole * i / count), (int)((long)whole * (i + 1) / count) - (int)((long)whole * i / count)))];
    }
}
