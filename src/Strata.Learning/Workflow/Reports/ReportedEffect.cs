using Strata.Learning.Data;
using Strata.Learning.Explanation.Effects;

namespace Strata.Learning.Workflow.Reports;

/// <summary>What a model says along the values of one column: on average, and of some test rows alone.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Output">The class that it speaks of, or the name of the number.</param>
/// <param name="Labels">Each value as text.</param>
/// <param name="Means">By value, over the rows.</param>
/// <param name="Individual">By row and value.</param>
public sealed record ReportedEffect(string Column, string Output, IReadOnlyList<string> Labels, IReadOnlyList<double> Means, IReadOnlyList<IReadOnlyList<float>> Individual)
{
    private const int MostRows = 100, MostLines = 40;

    /// <summary>The values as numbers, ascending; null for levels.</summary>
    public IReadOnlyList<double>? Numbers { get; init; }

    /// <summary>Of the columns that matter most and have values along which an effect can be told; of several outputs the first.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Test rows.</param>
    /// <param name="columns">The most important first.</param>
    /// <param name="most">So many columns.</param>
    /// <param name="context">Threads and cancellation.</param>
    internal static IReadOnlyList<ReportedEffect> Of(IModel model, Frame rows, IEnumerable<string> columns, int most, FitContext context)
    {
        var options = new EffectOptions { MostRows = MostRows, Context = context with { Progress = null } };
        string[] told = [.. columns.Where(column => rows.Contains(column) && rows[column].HasNumbers && rows[column].MissingCount < rows.RowCount).Take(most)];
        return [.. told.Select(column => Of(PartialDependence.Of(model, rows, column, options, individual: true), model.Signature))];
    }

    private static ReportedEffect Of(PartialDependence effect, ModelSignature signature) => new(
        effect.Grid.Column,
        ReportedReasons.NameOf(effect.Outputs[0], signature),
        effect.Grid.Labels,
        effect.Means[0],
        [.. effect.Individual![0].Take(MostLines).Select(line => (IReadOnlyList<float>)[.. line.Select(value => (float)value)])])
    {
        Numbers = effect.Grid.Numbers,
    };
}
