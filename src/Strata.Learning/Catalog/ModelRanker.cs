using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Explanation;
using Strata.Learning.Linear;
using Strata.Learning.Preparation;
using Strata.Tensors;

namespace Strata.Learning.Catalog;

/// <summary>
/// Fits an algorithm behind the preparation that suits it and tells what matters to its model: the gain of trees, the sizes of the coefficients of
/// standardised columns, or else what shuffling a column costs.
/// </summary>
internal sealed class ModelRanker(Algorithm algorithm, IRecipe recipe) : IColumnRanker
{
    private const int MostShuffledRows = 1000;

    /// <param name="text">An algorithm's name, with settings in brackets if need be.</param>
    /// <exception cref="DataException">There is no such algorithm or a setting does not fit.</exception>
    public static ModelRanker Of(string text)
    {
        IReadOnlyList<MemberText> read = MemberText.ReadList(text);
        if (read.Count != 1)
        {
            throw new DataException($"Step 'select_by_model' asks one algorithm, not {read.Count}: '{text}'.");
        }

        Algorithm algorithm = Algorithms.Named(read[0].Algorithm);
        return new ModelRanker(algorithm, algorithm.Recipe(read[0].Hyperparameters));
    }

    public double[] Importances(TrainingTable table, FitContext context)
    {
        if (!algorithm.Tasks.Contains(table.Target.Task))
        {
            throw new DataException($"{algorithm.Title} cannot predict '{table.Target.Name}', so that it cannot select columns for it; choose another algorithm for select_by_model.");
        }

        PipelineModel model = algorithm.Prepared(recipe).Fit(table, context);
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
