using Strata.Learning.Data;
using Strata.Learning.Trees.Binning;
using Strata.Learning.Trees.Growth;
using Strata.Tensors;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Forests;

/// <summary>Grows the trees of a forest, or a single one, whole trees in parallel; each tree's chance depends on its number only.</summary>
internal sealed class ForestFit
{
    /// <summary>Trees per thread between two reports.</summary>
    private const int TreesPerReport = 4;

    private readonly TrainingTable table;
    private readonly FitContext context;
    private readonly int[] rows;
    private readonly double[] weights;

    public ForestFit(TrainingTable table, FitContext context)
    {
        (this.table, this.context) = (table, context);
        context.Cancellation.ThrowIfCancellationRequested();
        weights = table.Weights ?? [.. Enumerable.Repeat(1.0, table.RowCount)];
        rows = [.. Enumerable.Range(0, table.RowCount).Where(row => weights[row] > 0)];
        DataException.ThrowIfAny(
        [
            .. table.Features.ColumnCount == 0 ? ["There are no columns to learn from."] : Array.Empty<string>(),
            .. rows.Length > 0 ? [] : new[] { table.RowCount == 0 ? "There are no rows to learn from." : "Every row has weight zero; at least one must count." },
        ]);
    }

    /// <param name="treeCount">How many trees; their mean is the model.</param>
    /// <param name="bootstrap">Whether each tree sees rows drawn with replacement.</param>
    /// <param name="maxBins">Most bins a column.</param>
    /// <param name="limits">How far trees grow, given the number of columns that vary.</param>
    public TreeEnsemble Run(int treeCount, bool bootstrap, int maxBins, Func<int, ForestLimits> limits)
    {
        float[]? binWeights = table.Weights is null ? null : [.. weights.Select(weight => (float)weight)];
        using var team = new ThreadTeam(Math.Min(context.Threads, Math.Max(treeCount, table.Features.ColumnCount)));
        IReadOnlyList<FeatureBins> bins = BinnedTable.FindBins(table.Features, rows, binWeights, maxBins, context.Seed, team);
        using BinnedTable binned = BinnedTable.Of(table.Features, bins, team);
        double mostWeight = weights.Sum() + (bootstrap ? rows.Length * weights.Max() : 0);
        var target = new ForestTarget(table.Target, mostWeight);
        using ForestWatch? watch = context is { Progress: not null, Watched: { RowCount: > 0 } watched } ? new ForestWatch(ModelSignature.Of(table), watched, bins, target, team) : null;
        var growers = new ForestGrower?[team.Size];
        var trees = new GrownTree[treeCount];
        try
        {
            for (int first = 0; first < treeCount; first += TreesPerReport * team.Size)
            {
                int count = Math.Min(TreesPerReport * team.Size, treeCount - first);
                team.Run(count, (item, member) =>
                {
                    ForestGrower grower = growers[member] ??= new ForestGrower(binned, target, limits(bins.Count), rows.Length);
                    trees[first + item] = GrowOne(first + item, bootstrap, grower, target);
                });
                context.Cancellation.ThrowIfCancellationRequested();
                context.Progress?.Report(new FitProgress(first + count - 1, treeCount, watch?.Add(trees.AsSpan(first, count)) ?? []));
            }
        }
        finally
        {
            foreach (ForestGrower? grower in growers)
            {
                grower?.Dispose();
            }
        }

        context.Cancellation.ThrowIfCancellationRequested();
        return Ensemble(trees, bins, target.Width);
    }

    private GrownTree GrowOne(int number, bool bootstrap, ForestGrower grower, ForestTarget target)
    {
        var random = RandomSource.For(context.Seed, $"tree {number}");
        grower.Rows.Clear();
        int[]? draws = bootstrap ? Draws(rows.Length, random) : null;
        for (int i = 0; i < rows.Length; i++)
        {
            int copies = draws?[i] ?? 1;
            if (copies > 0)
            {
                double weight = copies * weights[rows[i]];
                grower.Rows.Add(rows[i], weight, target.NodeValue(rows[i], weight));
            }
        }

        return grower.Grow(random, context.Cancellation);
    }

    /// <summary>How often each of the rows is drawn when as many are drawn as there are, with replacement.</summary>
    private static int[] Draws(int count, RandomSource random)
    {
        var draws = new int[count];
        for (int i = 0; i < count; i++)
        {
            draws[random.NextInt(count)]++;
        }

        return draws;
    }

    private TreeEnsemble Ensemble(GrownTree[] trees, IReadOnlyList<FeatureBins> bins, int width)
    {
        var builder = new TreeEnsembleBuilder(table.Features.ColumnCount, new double[width], width);
        foreach (GrownTree tree in trees)
        {
            tree.AddTo(builder, bins, output: 0, scale: 1.0 / trees.Length);
        }

        return builder.Build();
    }
}
