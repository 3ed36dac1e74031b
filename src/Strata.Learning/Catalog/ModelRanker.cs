using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Linear;
using Strata.Learning.Preparation;
using Strata.Tensors;

namespace Strata.Learning.Catalog;

/// <summary>
/// Fits an algorithm with its defaults behind the default preparation and tells what matters to its model: the gain of trees, the sizes of the coefficients of
/// standardised columns, or else what shuffling a column costs.
/// </summary>
internal sealed class ModelRanker(Algorithm algorithm) : IColumnRanker
{
    private const int MostShuffledRows = 1000;

    public double[] Importances(TrainingTable table, FitContext context)
    {
        if (!algorithm.Tasks.Contains(table.Target.Task))
        {
            throw new DataException($"{algorithm.Title} cannot predict '{table.Target.Name}', so that it cannot select columns for it; choose another algorithm for select_by_model.");
        }

        PipelineModel model = algorithm.Prepared(algorithm.Recipe()).Fit(table, context);
        Dictionary<string, double> importanceOf = Of(model, table, context);
        return [.. table.Features.Names.Select(name => Math.Max(0, importanceOf.GetValueOrDefault(name)))];
    }

    private static Dictionary<string, double> Of(PipelineModel model, TrainingTable table, FitContext context)
    {
        if (model.Learner is LinearModel linear)
        {
            return OfCoefficients(model, linear);
        }

        IReadOnlyList<ColumnImportance> importances = Importance.OfTrees(model, ImportanceKind.Gain);
        if (importances.Count == 0)
        {
            int[] rows = [.. Enumerable.Range(0, table.RowCount)];
            RandomSource.For(context.Seed, "rows to rank columns by").Shuffle(rows.AsSpan());
            importances = PermutationImportance.Of(model, table.Take(rows.AsSpan(0, Math.Min(rows.Length, MostShuffledRows))), repeats: 2, seed: context.Seed, context: context);
        }

        return importances.ToDictionary(one => one.Column, one => one.Mean, StringComparer.Ordinal);
    }

    private static Dictionary<string, double> OfCoefficients(PipelineModel pipeline, LinearModel linear)
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        string[] columns = [.. linear.Signature.Features.Names];
        for (int at = 0; at < linear.Coefficients.Length; at++)
        {
            foreach (OriginShare origin in pipeline.OriginsOf(columns[at % columns.Length]))
            {
                sums[origin.Column] = sums.GetValueOrDefault(origin.Column) + origin.Share * Math.Abs(linear.Coefficients[at]);
            }
        }

        return sums;
    }
}
