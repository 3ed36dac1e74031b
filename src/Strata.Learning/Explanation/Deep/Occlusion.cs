using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Deep;

/// <summary>How windows of an array are hidden.</summary>
public sealed record OcclusionOptions
{
    /// <summary>The column of series or images; null for the only one.</summary>
    public string? ArrayColumn { get; init; }

    /// <summary>Steps of a window, or both sides of a patch; null for a tenth of the steps, or an eighth of an image's longer side.</summary>
    public int? Window { get; init; }

    /// <summary>How far a window is moved each time; null for half its length.</summary>
    public int? Stride { get; init; }

    /// <summary>Whose mean by channel stands in for what is hidden; null takes the explained rows themselves.</summary>
    public Frame? Background { get; init; }

    public ExplainedOutput Output { get; init; } = ExplainedOutput.Prediction;

    /// <summary>Threads, cancellation, progress in rows.</summary>
    public FitContext Context { get; init; } = new();
}

/// <summary>
/// How much what any model says falls when a window of an array is hidden, moved over time or over an image (Zeiler and Fergus 2014). A place counts the mean over the windows that cover it.
/// </summary>
/// <param name="Row">0-based.</param>
/// <param name="Output">The target's name for one output, or the class.</param>
/// <param name="Prediction">What the model says of the row as it is.</param>
/// <param name="Map">Positive where hiding lowers it.</param>
public sealed record Occlusion(int Row, string Output, double Prediction, AttributionMap Map)
{
    private const long MostNumbers = 16L << 20;

    /// <summary>For each row and output one map, in this order; a row whose array is missing has none.</summary>
    /// <param name="model">Any model with a column of series or images.</param>
    /// <param name="rows">Columns are found by name and brought to the model's types first.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="DataException">There is no such column, or a window is of no length.</exception>
    public static IReadOnlyList<Occlusion> Of(IModel model, Frame rows, OcclusionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new OcclusionOptions();
        Frame explained = model.Signature.Features.Conform(rows);
        ArrayColumn column = ArrayCells.Named(explained, options.ArrayColumn);
        if (column.Type == ColumnType.Points || options.Window < 1 || options.Stride < 1)
        {
            throw new DataException(column.Type == ColumnType.Points
                ? $"Column '{column.Name}' holds points, over which no window moves; expected series or images."
                : $"The window is {options.Window} long and moves by {options.Stride}; expected at least 1 each.");
        }

        float[] baseline = ArrayCells.Means(ArrayCells.Named(model.Signature.Features.Conform(options.Background ?? rows), column.Name));
        var outputs = new ModelOutputs(model, options.Output);
        var told = new List<Occlusion>();
        var progress = new BlockProgress(options.Context, explained.RowCount);
        for (int row = 0; row < explained.RowCount; row++)
        {
            if (!column.IsMissing(row))
            {
                told.AddRange(OfRow(explained, row, column, baseline, outputs, options));
            }

            progress.Finished();
        }

        return told;
    }

    private static IEnumerable<Occlusion> OfRow(Frame rows, int row, ArrayColumn column, float[] baseline, ModelOutputs outputs, OcclusionOptions options)
    {
        (int height, int width) = CellRegion.SizeOf(column, row);
        int length = options.Window ?? Math.Max(1, column.Type == ColumnType.Image ? Math.Max(height, width) / 8 : width / 10);
        IReadOnlyList<CellRegion> windows = CellRegion.Windows(column, row, length, options.Stride ?? Math.Max(1, length / 2));
        double[] asItIs = outputs.Of(rows.Take([row]), options.Context);
        int atOnce = (int)Math.Clamp(MostNumbers / Math.Max(1, column.Values[row]!.Length), 1, windows.Count);
        var sums = new double[outputs.Count, height * width];
        var counts = new int[height * width];
        for (int first = 0; first < windows.Count; first += atOnce)
        {
            options.Context.Cancellation.ThrowIfCancellationRequested();
            CellRegion[] some = [.. windows.Skip(first).Take(atOnce)];
            double[] said = outputs.Of(ArrayCells.With(rows, row, column, [.. some.Select(window => Hidden(column.Values[row]!, window, width, baseline))]), options.Context);
            for (int i = 0; i < some.Length; i++)
            {
                foreach (int place in Places(some[i], width))
                {
                    counts[place]++;
                    for (int output = 0; output < outputs.Count; output++)
                    {
                        sums[output, place] += asItIs[output] - said[i * outputs.Count + output];
                    }
                }
            }
        }

        for (int output = 0; output < outputs.Count; output++)
        {
            double[] means = [.. counts.Select((count, place) => count == 0 ? 0 : sums[output, place] / count)];
            yield return new Occlusion(row, outputs.Names[output], asItIs[output], new AttributionMap(column.Name, height, width, column.Channels.Count == 1 ? column.Channels : ["all"], means));
        }
    }

    private static float[] Hidden(float[] cell, CellRegion window, int width, float[] baseline)
    {
        float[] hidden = [.. cell];
        window.Fill(hidden, width, baseline);
        return hidden;
    }

    private static IEnumerable<int> Places(CellRegion window, int width) =>
        Enumerable.Range(window.Top, window.Height).SelectMany(line => Enumerable.Range(line * width + window.Left, window.Width));
}
