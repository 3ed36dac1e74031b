namespace Strata.Learning.Data;

/// <summary>Arrays thinned out to be looked at: evenly spaced steps, pixels and points, and the first channels.</summary>
public static class ArrayPreview
{
    private const int MostSteps = 96;
    private const int MostPixels = 32;
    private const int MostPoints = 256;
    private const int MostChannels = 3;

    /// <summary>As <see cref="Column.TextAt"/>, of a thinned array where the row's is larger; null when it is missing.</summary>
    public static string? TextOf(ArrayColumn column, int row)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (column.Values[row] is not float[] cell)
        {
            return null;
        }

        int channels = column.Channels.Count, shown = Math.Min(channels, MostChannels);
        (int height, int width) = column.Type == ColumnType.Image ? column.SizeOf(row) : (column.StepsOf(row), 1);
        int most = column.Type switch { ColumnType.Image => MostPixels, ColumnType.Points => MostPoints, _ => MostSteps };
        (int high, int wide) = (Math.Min(height, most), Math.Min(width, most));
        var thinned = new float[high * wide * shown];
        for (int y = 0; y < high; y++)
        {
            for (int x = 0; x < wide; x++)
            {
                int from = ((int)((long)y * height / high) * width + (int)((long)x * width / wide)) * channels;
                cell.AsSpan(from, shown).CopyTo(thinned.AsSpan((y * wide + x) * shown));
            }
        }

        return ArrayText.Write(thinned, shown, column.Type == ColumnType.Image ? wide : null);
    }
}
