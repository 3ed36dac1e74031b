using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Tests.Ensembles;

/// <summary>Two blocks of columns that each tell something about the target, and one of noise.</summary>
internal static class SimulatedBlocks
{
    public static TrainingTable Of(LearningTask task, int rows = 150, ulong seed = 1)
    {
        var random = RandomSource.For(seed, "blocks");
        double[] a = Gaussians(random, rows), b = Gaussians(random, rows), score = [.. a.Zip(b, (one, other) => 2 * one + 1.5 * other + 0.5 * random.NextGaussian())];
        double[] Noisy(double[] signal) => [.. signal.Select(value => value + 0.3 * random.NextGaussian())];
        var features = new Frame(
            new Float64Column("a:1", Noisy(a)), new Float64Column("a:2", Noisy(a)), new Float64Column("b:1", Noisy(b)), new Float64Column("b:2", Noisy(b)),
            new Float64Column("c:1", Gaussians(random, rows)), new Float64Column("c:2", Gaussians(random, rows)));
        return new TrainingTable(features, task == LearningTask.Regression ? new NumberTarget("outcome", score) : new ClassTarget("outcome", [.. score.Select(value => value > 0 ? 1 : 0)], ["low", "high"]));
    }

    /// <summary>The rows with every value of a block missing where a row is asked for.</summary>
    public static Frame Without(Frame rows, string block, Func<int, bool> isMissing) => new(rows.Columns.Select(column => column.Name.StartsWith($"{block}:", StringComparison.Ordinal)
        ? new Float64Column(column.Name, [.. Enumerable.Range(0, rows.RowCount).Select(row => isMissing(row) ? double.NaN : column.NumberAt(row))])
        : column));

    private static double[] Gaussians(RandomSource random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
}
