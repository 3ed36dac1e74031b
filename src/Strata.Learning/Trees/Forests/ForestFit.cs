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
    private readonly ForestPlan plan;
    private readonly int[] rows;
    private readonly double[] weights;

    public ForestFit(TrainingTable table, FitContext context, ForestPlan plan)
    {
        (this.table, this.context, this.plan) = (table, context, plan);
        context.Cancellation.ThrowIfCancellationRequested();
        Target.Require(table.Target);
        weights = [.. table.Weights ?? Enumerable.Repeat(1.0, table.RowCount)];
        rows = [.. Enumerable.Range(0, table.RowCount).Where(row => weights[row] > 0)];
        DataException.ThrowIfAny(
        [
            .. table.Features.ColumnCount == 0 ? ["There are no columns to learn from."] : Array.Empty<string>(),
            .. rows.Length > 0 ? [] : new[] { table.RowCount == 0 ? "There are no rows to learn from." : "Every row has weight zero; at least one must count." },
        ]);
    }

    public ForestResult Run()
    {
        float[]? binWeights = table.Weights is null ? null : [.. weights.Select(weight => (float)weight)];
        using var team = new ThreadTeam(Math.Min(context.Threads, Math.Max(plan.Trees, table.Features.ColumnCount)));
        IReadOnlyList<FeatureBins> bins = BinnedTable.FindBins(table.Features, rows, binWeights, plan.MaxBins, context.Seed, team);
        using BinnedTable binned = BinnedTable.Of(table.Features, bins, team);
        double[] wholeFactors = BalanceClasses();
        var target = new ForestTarget(table.Target, plan.Draw.MostWeight(weights.Sum(), weights.Max(), rows.Length));
        ModelSignature signature = ModelSignature.Of(table);
        using ForestWatch? watch = context is { Progress: not null, Watched: { RowCount: > 0 } watched } ? new ForestWatch(signature, watched, bins, target, team) : null;
        OutOfBagSums? outOfBag = plan.OutOfBag && !plan.Draw.IsAll ? new OutOfBagSums(binned, rows, target.Width) : null;
        var trees = new GrownTree[plan.Trees];
        var growers = new ForestGrower?[team.Size];
        try
        {
            for (int first = 0; first < trees.Length; first += TreesPerReport * team.Size)
            {
                var batch = new GrownTree[Math.Min(TreesPerReport * team.Size, trees.Length - first)];
                var copies = new int[batch.Length][];
                team.Run(batch.Length, (item, member) =>
                {
                    ForestGrower grower = growers[member] ??= new ForestGrower(binned, target, plan.Limits(bins.Count), rows.Length, plan.ClassWeights == ForestClassWeights.None ? 0 : table.Target.Classes.Count);
                    batch[item] = GrowOne(first + item, grower, target, wholeFactors, out copies[item]);
                });
                context.Cancellation.ThrowIfCancellationRequested();
                batch.CopyTo(trees, first);
                outOfBag?.Add(batch, copies, team);
                context.Progress?.Report(new FitProgress(first + batch.Length - 1, trees.Length, watch?.Add(batch) ?? []));
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
        return new ForestResult(Ensemble(trees, bins, target.Width), outOfBag?.Judge(table, signature));
    }

    private GrownTree GrowOne(int number, ForestGrower grower, ForestTarget target, double[] wholeFactors, out int[] copies)
    {
        var random = RandomSource.For(context.Seed, $"tree {number}");
        int[] drawn = copies = plan.Draw.IsAll ? [] : plan.Draw.Copies(rows.Length, random);
        double Weight(int i) => drawn.Length == 0 ? weights[rows[i]] : drawn[i] * weights[rows[i]];
        double[]? factors = plan.ClassWeights == ForestClassWeights.BalancedPerTree && table.Target is ClassTarget classes ? ClassFactors(classes, Weight) : null;
        grower.Rows.Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            double weight = Weight(i);
            if (weight > 0)
            {
                weight *= factors?[((ClassTarget)table.Target).Codes[rows[i]]] ?? 1;
                grower.Rows.Add(rows[i], weight, target.NodeValue(rows[i], weight));
            }
        }

        return grower.Grow(random, context.Cancellation, factors ?? wholeFactors);
    }

    /// <summary>Multiplies each row's weight by its class's factor, where the whole table is to be balanced, and returns the factors.</summary>
    private double[] BalanceClasses()
    {
        if (plan.ClassWeights != ForestClassWeights.Balanced || table.Target is not ClassTarget classes)
        {
            return [];
        }

        double[] factors = ClassFactors(classes, i => table.Weights?[rows[i]] ?? 1);
        foreach (int row in rows)
        {
            weights[row] = (table.Weights?[row] ?? 1) * factors[classes.Codes[row]];
        }

        return factors;
    }

    private double[] ClassFactors(ClassTarget classes, Func<int, double> weight)
    {
        var sums = new double[classes.Classes.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            sums[classes.Codes[rows[i]]] += weight(i);
        }

        return ClassBalance.Factors(sums);
    }

    /// <summary>Moves the trees into an ensemble; each is forgotten once it is there.</summary>
    private TreeEnsemble Ensemble(GrownTree?[] trees, IReadOnlyList<FeatureBins> bins, int width)
    {
        var builder = new TreeEnsembleBuilder(table.Features.ColumnCount, new double[width], width, trees.Sum(tree => tree!.Nodes.Count));
        foreach (ref GrownTree? tree in trees.AsSpan())
        {
            tree!.AddTo(builder, bins, output: 0, scale: 1.0 / trees.Length);
            tree = null;
        }

        return builder.Build();
    }
}
