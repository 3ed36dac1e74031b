using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Effects;

/// <summary>What a model says on average when two columns have the same values in every row (Friedman 2001).</summary>
/// <param name="First">Values of the one column.</param>
/// <param name="Second">Values of the other.</param>
/// <param name="Outputs">The target's name for one output, or the classes.</param>
/// <param name="Means">By output, value of the first and value of the second.</param>
/// <param name="RowCount">How many rows it was measured on.</param>
public sealed record PairDependence(EffectGrid First, EffectGrid Second, IReadOnlyList<string> Outputs, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Means, int RowCount)
{
    /// <summary>Rows times pairs of values that are predicted at the most.</summary>
    private const long MostPredictions = 50_000_000;

    /// <summary>Measures the effect of two columns.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="rows">Columns are found by name and brought to the model's types first.</param>
    /// <param name="first">The one column.</param>
    /// <param name="second">The other.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="DataException">A column is missing, of another kind, or twice the same; or there would be too many predictions.</exception>
    public static PairDependence Of(IModel model, Frame rows, string first, string second, EffectOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new EffectOptions();
        options.Check();
        if (first == second)
        {
            throw new DataException($"Column '{first}' is given twice; expected two columns.");
        }

        var changed = new ChangedRows(model, rows, options.Output, options.MostRows, options.Context);
        GridValues one = GridValues.Of(changed.Rows[first], options.Points), other = GridValues.Of(changed.Rows[second], options.Points);
        int count = changed.Rows.RowCount, cells = one.Count * other.Count, outputs = changed.Outputs.Count;
        if ((long)count * cells > MostPredictions)
        {
            throw new DataException($"{cells} pairs of values in {count} rows are {(long)count * cells} predictions; expected at most {MostPredictions}. Take fewer rows or points.");
        }

        // Cell by cell, so that memory holds one cell's rows for each of the first column's values.
        var means = new double[outputs, one.Count, other.Count];
        for (int i = 0; i < one.Count; i++)
        {
            int value = i;
            double[] said = changed.Said(count * other.Count, at => at % count, (one.Values, _ => value), (other.Values, at => at / count));
            for (int at = 0; at < said.Length; at++)
            {
                means[at % outputs, i, at / outputs / count] += said[at] / count;
            }
        }

        return new PairDependence(
            one.Grid,
            other.Grid,
            changed.Outputs.Names,
            [.. Enumerable.Range(0, outputs).Select(output => (IReadOnlyList<IReadOnlyList<double>>)[.. Enumerable.Range(0, one.Count).Select(i => (IReadOnlyList<double>)[.. Enumerable.Range(0, other.Count).Select(j => means[output, i, j])])])],
            count);
    }
}
