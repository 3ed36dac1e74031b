using Strata.Learning.Data;

namespace Strata.Learning.Linear;

/// <summary>The solutions of lasso or elastic net from the alpha at which all coefficients are zero down to a small part of it: which columns come in when.</summary>
/// <param name="Columns">The columns, as coefficients count them.</param>
/// <param name="Alphas">From large to small, evenly spaced by factors.</param>
/// <param name="Coefficients">[alphas][columns]</param>
/// <param name="Intercepts">One an alpha.</param>
/// <param name="Notes">Solutions that did not come down to the tolerance.</param>
public sealed record RegularizationPath(IReadOnlyList<string> Columns, double[] Alphas, double[][] Coefficients, double[] Intercepts, IReadOnlyList<string> Notes)
{
    /// <param name="table">Complete numbers and a target of numbers.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <param name="l1Ratio">The share of the penalty that is on absolute coefficients, above 0: 1 is lasso.</param>
    /// <param name="alphaCount">How many alphas.</param>
    /// <param name="smallestShare">The last alpha in parts of the first.</param>
    /// <param name="tolerance">The duality gap, in parts of the target's mean square, at which each solution may stop.</param>
    /// <param name="hasIntercept">Whether predictions have an intercept.</param>
    public static RegularizationPath Of(
        TrainingTable table, FitContext context, double l1Ratio = 1, int alphaCount = 100, double smallestShare = 1e-3, double tolerance = 1e-6, bool hasIntercept = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(alphaCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(l1Ratio);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(l1Ratio, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(smallestShare);
        NumberRows rows = NumberRows.Of(table, context, "A path", hasIntercept);
        var problem = new PenalizedLeastSquares(rows, l1Ratio);
        double largest = problem.LargestAlpha;
        if (!(largest > 0))
        {
            throw new DataException($"No column says anything about target '{table.Target.Name}': there is no path.");
        }

        double[] alphas = [.. Enumerable.Range(0, alphaCount).Select(i => largest * Math.Pow(smallestShare, alphaCount == 1 ? 0 : i / (alphaCount - 1.0)))];
        var solutions = alphas.Select(alpha => problem.Solve(FormattableString.Invariant($"Alpha {alpha:g4}"), alpha, tolerance, maxIterations: 10_000)).ToArray();
        return new RegularizationPath(
            [.. table.Features.Names], alphas, [.. solutions.Select(one => one.Coefficients)], [.. solutions.Select(one => one.Intercept)], [.. solutions.SelectMany(one => one.Ending.Notes)]);
    }
}
