using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Explanation.Cohorts;

/// <summary>Why a model answers otherwise of some rows than of others: which columns moved its answers apart, how these columns differ, and whether it treats both alike.</summary>
/// <param name="First">The one cohort's name.</param>
/// <param name="Second">The other's.</param>
/// <param name="FirstRows">Rows of the first.</param>
/// <param name="SecondRows">Rows of the second.</param>
/// <param name="Contributions">Of the explained rows, the largest difference first.</param>
/// <param name="Columns">The columns' distributions, the most different first.</param>
/// <param name="Fairness">Differences of what the model answers and, where the truth is known, of its errors.</param>
public sealed record CohortComparison(
    string First,
    string Second,
    int FirstRows,
    int SecondRows,
    IReadOnlyList<CohortContribution> Contributions,
    IReadOnlyList<CohortColumn> Columns,
    IReadOnlyList<CohortMeasure> Fairness)
{
    /// <summary>Compares two cohorts. The contributions of both are against the same background: both cohorts' explained rows, unless the options name another.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="DataException">A cohort has no rows, lacks a column of the model, or its truth is of another kind.</exception>
    public static CohortComparison Of(IModel model, Cohort first, Cohort second, CohortOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        options ??= new CohortOptions();
        ModelSignature signature = model.Signature;
        options.Check(signature, first, second);
        Frame one = signature.Features.Conform(first.Rows), other = signature.Features.Conform(second.Rows);
        Predictions saidOfOne = model.Predict(one, options.Context), saidOfOther = model.Predict(other, options.Context);
        return new CohortComparison(
            first.Name,
            second.Name,
            one.RowCount,
            other.RowCount,
            ByColumn(model, Part(one, options, "first"), Part(other, options, "second"), options),
            CohortDistributions.Of(one, other),
            CohortFairness.Of(signature, (saidOfOne, first.Truth), (saidOfOther, second.Truth), new CohortDraws(one.RowCount, other.RowCount, options, "bootstrap of fairness"), options.PositiveClass));
    }

    private static CohortContribution[] ByColumn(IModel model, Frame one, Frame other, CohortOptions options)
    {
        Frame both = model.Signature.Features.Conform(JoinedFrames.Of(one, other));
        ExplanationOptions asked = options.Explanation ?? new ExplanationOptions { Method = Explainer.CanExplain(model) ? ExplanationMethod.Path : ExplanationMethod.Permutation, Evaluations = 400 };
        Contributions told = Explainer.Explain(model, both, asked with { Context = options.Context });
        var draws = new CohortDraws(one.RowCount, other.RowCount, options, "bootstrap of contributions");
        var differences = new List<CohortContribution>();
        for (int output = 0; output < told.Outputs.Count; output++)
        {
            for (int column = 0; column < told.Columns.Count; column++)
            {
                double[] values = [.. Enumerable.Range(0, told.RowCount).Select(row => told.Of(row, output)[column])];
                double Mean(int[] rows, int start) => rows.Average(row => values[start + row]);
                CohortMeasure measure = draws.Difference(told.Columns[column], told.Outputs[output], rows => Mean(rows, 0), rows => Mean(rows, one.RowCount));
                differences.Add(new CohortContribution(measure.Name, measure.Output, measure.First!.Value, measure.Second!.Value, measure.Value!.Value, measure.Interval!));
            }
        }

        return [.. differences.OrderByDescending(difference => Math.Abs(difference.Difference))];
    }

    private static Frame Part(Frame rows, CohortOptions options, string which)
    {
        if (rows.RowCount <= options.MostExplainedRows)
        {
            return rows;
        }

        int[] chosen = [.. Enumerable.Range(0, rows.RowCount)];
        RandomSource.For(options.Context.Seed, $"explained rows of the {which} cohort").Shuffle<int>(chosen);
        return rows.Take([.. chosen.Take(options.MostExplainedRows).Order()]);
    }
}
