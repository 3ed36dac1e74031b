using Strata.Learning.Data;
using Strata.Learning.Trees;
using Strata.Tensors;

namespace Strata.Learning.Tests.Trees.Exchange;

/// <summary>Made rows for every kind of target, and a boosted model of them.</summary>
internal static class ExchangeTable
{
    /// <summary>A kind is a task, or an objective by its name.</summary>
    public static GradientBoostingModel Boosted(string kind, TrainingTable table)
    {
        BoostingObjective objective = Enum.TryParse(kind.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true, out BoostingObjective given) ? given : BoostingObjective.Automatic;
        return new GradientBoosting { Trees = 12, LearningRate = 0.2, MinRowsPerLeaf = 5, Objective = objective }.Fit(table, new FitContext { Seed = 3, Threads = 1 });
    }

    /// <summary>Numbers that are floats, so that rounding to float changes none; categories and gaps in both.</summary>
    public static TrainingTable Of(string kind, int rows)
    {
        var chance = new RandomSource(11);
        string[] colours = ["red", "green", "blue", "yellow", "violet"];
        var (a, b, colour, flag, y) = (new double[rows], new double[rows], new string?[rows], new bool[rows], new double[rows]);
        for (int row = 0; row < rows; row++)
        {
            (a[row], b[row], flag[row]) = ((float)chance.NextGaussian(), chance.NextInt(9) - 4, chance.NextInt(2) == 1);
            string own = colours[chance.NextInt(5)];
            colour[row] = chance.NextInt(5) == 0 ? null : own;
            y[row] = Math.Sin(2 * a[row]) + 0.2 * b[row] + (own is "red" or "blue" ? 1 : 0) + (flag[row] ? 0.5 : 0) + 0.1 * chance.NextGaussian();
            a[row] = chance.NextInt(4) == 0 ? double.NaN : a[row];
        }

        double[] sorted = [.. y.Order()];
        int Class(double value, int count) => Math.Min(count - 1, Array.FindIndex(sorted, other => other >= value) * count / rows);
        Target target = kind switch
        {
            "two classes" => new ClassTarget("y", [.. y.Select(value => Class(value, 2))], ["no", "yes"]),
            "four classes" => new ClassTarget("y", [.. y.Select(value => Class(value, 4))], ["a", "b", "c", "d"]),
            "poisson" or "gamma" or "tweedie" => new NumberTarget("y", [.. y.Select(value => Math.Ceiling(Math.Exp(value)))]),
            "lambda_rank" or "pairwise_rank" => new NumberTarget("y", [.. y.Select(value => (double)Class(value, 4))]),
            _ => new NumberTarget("y", [.. y.Select(value => 50 + 5 * value)]),
        };
        int[]? queries = kind.EndsWith("_rank", StringComparison.Ordinal) ? [.. Enumerable.Range(0, rows).Select(row => row / 20)] : null;
        return new TrainingTable(new Frame(new Float64Column("a", a), new Float64Column("b", b), CategoryColumn.Of("colour", colour), new BooleanColumn("flag", flag)), target, groups: queries);
    }
}
