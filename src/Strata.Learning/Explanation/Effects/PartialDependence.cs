using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Effects;

/// <summary>
/// What a model says on average when one column has the same value in every row (Friedman 2001), and, as individual conditional expectation (ICE; Goldstein et al. 2015), what it says of each
/// row. Where columns go together it asks the model for rows that there are not: compare <see cref="AccumulatedEffects"/>.
/// </summary>
/// <param name="Grid">The column's values.</param>
/// <param name="Outputs">The target's name for one output, or the classes.</param>
/// <param name="Means">By output and value.</param>
/// <param name="Rows">The 0-based rows that it was measured on.</param>
/// <param name="Individual">By output, row and value; null where not asked for.</param>
public sealed record PartialDependence(
    EffectGrid Grid,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<IReadOnlyList<double>> Means,
    IReadOnlyList<int> Rows,
    IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>>? Individual = null)
{
    /// <summary>Measures one column's effect.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="rows">Columns are found by name and brought to the model's types first.</param>
    /// <param name="column">Numbers, dates, levels, or true and false.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="individual">Whether each row's line is told too.</param>
    /// <exception cref="DataException">A column is missing or of another kind, or has no values to tell an effect along.</exception>
    public static PartialDependence Of(IModel model, Frame rows, string column, EffectOptions? options = null, bool individual = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new EffectOptions();
        options.Check();
        var changed = new ChangedRows(model, rows, options.Output, options.MostRows, options.Context);
        var grid = GridValues.Of(changed.Rows[column], options.Points);
        int points = grid.Count, outputs = changed.Outputs.Count, count = changed.Rows.RowCount;
        double[] said = changed.Said(count * points, at => at / points, (grid.Values, at => at % points));
        double At(int output, int row, int point) => said[(row * points + point) * outputs + output];
        return new PartialDependence(
            grid.Grid,
            changed.Outputs.Names,
            [.. Enumerable.Range(0, outputs).Select(output => (IReadOnlyList<double>)[.. Enumerable.Range(0, points).Select(point => Enumerable.Range(0, count).Average(row => At(output, row, point)))])],
            changed.Places,
            individual ? [.. Enumerable.Range(0, outputs).Select(output => (IReadOnlyList<IReadOnlyList<double>>)[.. Enumerable.Range(0, count).Select(row => (IReadOnlyList<double>)[.. Enumerable.Range(0, points).Select(point => At(output, row, point))])])] : null);
    }
}
