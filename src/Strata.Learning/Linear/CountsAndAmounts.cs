using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Linear;

/// <summary>
/// Generalised linear models with a logarithm for a link: minimises the weighted mean of half the unit deviances plus alpha |beta|² / 2, the intercept free, as
/// scikit-learn's PoissonRegressor, GammaRegressor and TweedieRegressor do.
/// </summary>
internal static class CountsAndAmounts
{
    /// <param name="rows">What to learn from.</param>
    /// <param name="names">The algorithm's name in the catalog, and its title.</param>
    /// <param name="power">The variance grows with this power of the mean: 1 Poisson, 2 gamma.</param>
    /// <param name="alpha">Strength of the penalty.</param>
    /// <param name="tolerance">Of the gradient by standardised columns, in its natural unit.</param>
    /// <param name="maxIterations">The most steps.</param>
    public static LinearNumberModel Fit(NumberRows rows, (string Algorithm, string Title, string Target) names, double power, double alpha, double tolerance, int maxIterations)
    {
        Check(rows.Target, names.Title, names.Target, positive: power >= 2);
        IPointLoss loss = power == 1 ? new PoissonPoints() : power == 2 ? new GammaPoints() : new TweediePoints(power);
        double mean = Mean(rows), unit = Math.Pow(mean, 2 - power);
        var penalty = new QuadraticPenalty(rows.Scaling, alpha, ofIntercept: 0);
        var objective = new PointObjective(rows.Matrix, loss, rows.Target, rows.Weights, rows.Scaling, rows.HasIntercept, penalty, rows.Threads);
        var start = new double[objective.Size];
        start[^1] = rows.HasIntercept ? Math.Log(mean) : 0;
        Lbfgs.Result result = new Lbfgs(objective, tolerance * unit, maxIterations).Minimize(start, (_, _) => rows.Threads.CancellationToken.ThrowIfCancellationRequested());
        (double[] coefficients, double intercept) = objective.InColumnsAsTheyAre(result.At);
        double gradient = result.LargestGradient / unit;
        return rows.Finish(names.Algorithm, NumberLink.Log, coefficients, intercept, SolverEnding.Of(names.Title, gradient <= tolerance, result.Iterations, "the gradient", gradient, tolerance));
    }

    private static void Check(double[] targets, string title, string name, bool positive)
    {
        int bad = Array.FindIndex(targets, value => positive ? value <= 0 : value < 0);
        if (bad >= 0)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"Target '{name}' is {targets[bad]} in row {bad + 1}; {title} takes numbers {(positive ? "above 0" : "of at least 0")}."));
        }
    }

    /// <summary>The weighted mean of the targets; where everything is zero half a unit is spread over the rows, whose logarithm is finite.</summary>
    private static double Mean(NumberRows rows)
    {
        double sum = 0;
        for (int row = 0; row < rows.Target.Length; row++)
        {
            sum += (rows.Weights?[row] ?? 1) * rows.Target[row];
        }

        return sum > 0 ? sum / rows.TotalWeight : 0.5 / (rows.Target.Length + 1);
    }
}
