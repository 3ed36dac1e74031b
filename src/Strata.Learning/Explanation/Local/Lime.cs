using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Explanation.Local;

/// <summary>Explains single predictions of any model by a linear model of few terms that follows it near the row (LIME; Ribeiro, Singh and Guestrin 2016), and says how well it does.</summary>
public static class Lime
{
    /// <summary>For each row and output one explanation, in this order; a row whose array is missing has none.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="rows">Columns are found by name and brought to the model's types first.</param>
    /// <param name="options">How near rows are made; null for the defaults.</param>
    /// <exception cref="DataException">A column is missing or of another kind, or an option is out of its range.</exception>
    public static IReadOnlyList<LimeExplanation> Explain(IModel model, Frame rows, LimeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new LimeOptions();
        options.Check();
        Schema features = model.Signature.Features;
        Frame explained = features.Conform(rows), background = features.Conform(options.Background ?? rows);
        if (background.RowCount == 0)
        {
            throw new DataException("The background has no rows; expected at least one to take values from.");
        }

        Func<int, RandomSource, Neighborhood?> near = options.ArrayColumn is null ? OfColumns(explained, background, features, options) : OfParts(explained, background, options);
        var outputs = new ModelOutputs(model, options.Output);
        var explanations = new List<LimeExplanation>();
        var progress = new BlockProgress(options.Context, explained.RowCount);
        for (int row = 0; row < explained.RowCount; row++)
        {
            options.Context.Cancellation.ThrowIfCancellationRequested();
            if (near(row, RandomSource.For(options.Context.Seed, FormattableString.Invariant($"near row {row}"))) is Neighborhood rowsNear)
            {
                explanations.AddRange(Explained(row, rowsNear, outputs, options));
            }

            progress.Finished();
        }

        return explanations;
    }

    private static Func<int, RandomSource, Neighborhood?> OfColumns(Frame explained, Frame background, Schema features, LimeOptions options)
    {
        var table = new PerturbedTable(background, explained, features);
        return (row, random) => options.Perturbation == LimePerturbation.Gaussian ? new MovedRows(table, row, options.Samples, random) : new DrawnRows(table, row, options.Samples, random);
    }

    private static Func<int, RandomSource, Neighborhood?> OfParts(Frame explained, Frame background, LimeOptions options)
    {
        ArrayColumn column = ArrayCells.Named(explained, options.ArrayColumn);
        if (column.Type == ColumnType.Points)
        {
            throw new DataException($"Column '{column.Name}' holds points, which have no neighbouring parts; expected series or images.");
        }

        float[] baseline = ArrayCells.Means(ArrayCells.Named(background, column.Name));
        return (row, random) => CellRegion.Cut(column, row, options.Parts) is { Count: > 0 } parts ? new MaskedParts(explained, row, column, parts, baseline, options.Samples, random) : null;
    }

    private static IEnumerable<LimeExplanation> Explained(int row, Neighborhood near, ModelOutputs outputs, LimeOptions options)
    {
        double[] said = Said(near, outputs, options.Context);
        double width = options.KernelWidth * options.KernelWidth * near.Width;
        double[] weights = [.. Enumerable.Range(0, near.Samples).Select(sample => Math.Exp(-near.SquaredDistance(sample) / width))];
        for (int output = 0; output < outputs.Count; output++)
        {
            double[] own = [.. Enumerable.Range(0, near.Samples).Select(sample => said[sample * outputs.Count + output])];
            var line = LocalLine.Fit(near.Coordinates, near.Width, own, weights, options.Ridge, options.MostTerms);
            yield return new LimeExplanation(
                row, outputs.Names[output], own[0], line.At(near.Coordinates.AsSpan(0, near.Width)), line.Intercept, line.Fidelity, [.. line.Terms.Select((term, i) => near.Term(term, line.Weights[i]))]);
        }
    }

    /// <summary>[samples, outputs]</summary>
    private static double[] Said(Neighborhood near, ModelOutputs outputs, FitContext context)
    {
        var said = new double[near.Samples * outputs.Count];
        for (int first = 0; first < near.Samples; first += near.BatchRows)
        {
            int count = Math.Min(near.BatchRows, near.Samples - first);
            outputs.Of(near.Rows(first, count), context).CopyTo(said, first * outputs.Count);
        }

        return said;
    }
}
