using Strata.Learning.Trees.Binning;
using Strata.Learning.Trees.Growth;
using Strata.Tensors;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Forests;

/// <summary>Grows AdaBoost's trees one after the other.</summary>
internal sealed class AdaBoostFit
{
    /// <summary>What the rows' weights sum to, and the bits after the point that each is rounded to: sums of them are exact, and no order of rows changes a tree.</summary>
    private const double WholeWeight = 1 << 20, Grain = 1.0 / (1 << 20);

    private readonly AdaBoost recipe;
    private readonly TrainingTable table;
    private readonly FitContext context;
    private readonly ModelSignature signature;
    private readonly double[] weights;

    public AdaBoostFit(AdaBoost recipe, TrainingTable table, FitContext context)
    {
        (this.recipe, this.table, this.context) = (recipe, table, context);
        context.Cancellation.ThrowIfCancellationRequested();
        Target.Require(table.Target);
        table.RequireSomethingToLearn();
        signature = ModelSignature.Of(table);
        weights = [.. table.Weights ?? Enumerable.Repeat(1.0, table.RowCount)];
        Normalise();
    }

    public IModel Run()
    {
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => weights[row] > 0)];
        float[]? binWeights = table.Weights is null ? null : [.. table.Weights.Select(weight => (float)(weight / table.Weights.Max()))];
        using var team = new ThreadTeam(Math.Max(1, Math.Min(context.Threads, table.Features.ColumnCount)));
        IReadOnlyList<FeatureBins> bins = BinnedTable.FindBins(table.Features, rows, binWeights, recipe.MaxBins, context.Seed, team);
        using BinnedTable binned = BinnedTable.Of(table.Features, bins, team);
        var target = new ForestTarget(table.Target, 2 * WholeWeight);
        var limits = new ForestLimits { MaxDepth = recipe.MaxDepth, MinRowsPerLeaf = Grain, MinRowsPerSplit = Grain };
        using var grower = new ForestGrower(binned, target, limits, rows.Length);
        var trees = new List<(GrownTree Tree, double Say)>();
        for (int round = 0; round < recipe.Trees; round++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            GrownTree tree = Grow(grower, target, round);
            double[] wrongs = Wrongs(tree, binned);
            if (Say(wrongs, trees.Count == 0) is not double say)
            {
                break;
            }

            trees.Add((tree, say));
            bool perfect = wrongs.All(wrong => wrong == 0);
            context.Progress?.Report(new FitProgress(perfect ? recipe.Trees - 1 : round, recipe.Trees, new Dictionary<string, double>()));
            if (perfect)
            {
                break;
            }

            Reweigh(wrongs, say);
        }

        return Model(trees, bins, target.Width);
    }

    private GrownTree Grow(ForestGrower grower, ForestTarget target, int round)
    {
        var random = RandomSource.For(context.Seed, $"round {round}");
        int[]? copies = table.Target is NumberTarget ? Copies(random) : null;
        grower.Rows.Clear();
        for (int row = 0; row < weights.Length; row++)
        {
            double weight = copies?[row] ?? Math.Round(weights[row] / Grain) * Grain;
            if (weight > 0)
            {
                grower.Rows.Add(row, weight, target.NodeValue(row, weight));
            }
        }

        return grower.Grow(random, context.Cancellation);
    }

    /// <summary>How often each row is drawn when as many are drawn as there are, by weight: R2 learns from a sample, which also keeps its trees apart.</summary>
    private int[] Copies(RandomSource random)
    {
        var (copies, ends) = (new int[weights.Length], new double[weights.Length]);
        double sum = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            ends[row] = sum += weights[row];
        }

        for (int i = 0; i < weights.Length; i++)
        {
            int row = Array.BinarySearch(ends, random.NextDouble() * sum);
            copies[Math.Min(row >= 0 ? row + 1 : ~row, weights.Length - 1)]++;
        }

        return copies;
    }

    /// <summary>How wrong the tree is about each row: 1 or 0 for classes, the error as a share of the largest for numbers.</summary>
    private unsafe double[] Wrongs(GrownTree tree, BinnedTable binned)
    {
        var wrongs = new double[weights.Length];
        for (int row = 0; row < wrongs.Length; row++)
        {
            ReadOnlySpan<double> values = tree.Values(tree.LeafOf(binned.Rows + (long)row * binned.Stride));
            wrongs[row] = weights[row] == 0 ? 0
                : table.Target is ClassTarget classes ? (ClassOf(values) == classes.Codes[row] ? 0 : 1)
                : Math.Abs(((NumberTarget)table.Target).Values[row] - values[0]);
        }

        double largest = wrongs.Max();
        return table.Target is ClassTarget || largest == 0 ? wrongs : [.. wrongs.Select(wrong => wrong / largest)];
    }

    /// <summary>The tree's weight; null when it is no better than guessing and others are there.</summary>
    private double? Say(double[] wrongs, bool isFirst)
    {
        double error = weights.Zip(wrongs, (weight, wrong) => weight * wrong).Sum() / weights.Sum();
        int classes = signature.Classes.Count;
        double chance = classes > 0 ? 1 - 1.0 / classes : 0.5;
        return error <= 0 ? 1
            : error >= chance ? isFirst ? 1 : null
            : recipe.LearningRate * (Math.Log((1 - error) / error) + (classes > 0 ? Math.Log(classes - 1) : 0));
    }

    /// <summary>More weight for what was wrong. With classes <c>w exp(say x wrong)</c>; with numbers <c>w beta^(1 - wrong)</c>, the same but for a factor of all.</summary>
    private void Reweigh(double[] wrongs, double say)
    {
        for (int row = 0; row < weights.Length; row++)
        {
            weights[row] *= Math.Exp(say * (wrongs[row] - 1));
        }

        Normalise();
    }

    private void Normalise()
    {
        double scale = WholeWeight / weights.Sum();
        for (int row = 0; row < weights.Length; row++)
        {
            weights[row] *= scale;
        }
    }

    private IModel Model(List<(GrownTree Tree, double Say)> trees, IReadOnlyList<FeatureBins> bins, int width)
    {
        var builder = new TreeEnsembleBuilder(table.Features.ColumnCount, new double[width], width);
        double all = trees.Sum(tree => tree.Say);
        foreach ((GrownTree tree, double say) in trees)
        {
            if (table.Target is ClassTarget)
            {
                Votes(tree, width).AddTo(builder, bins, output: 0, scale: say / all);
            }
            else
            {
                tree.AddTo(builder, bins, output: 0);
            }
        }

        TreeEnsemble ensemble = builder.Build();
        return table.Target is ClassTarget ? new AdaBoostModel(signature, ensemble) : new AdaBoostMedianModel(signature, ensemble, [.. trees.Select(tree => tree.Say)]);
    }

    /// <summary>The tree with votes in place of shares: 1 for its class, and for the others what makes the sum 0.</summary>
    private static GrownTree Votes(GrownTree tree, int width)
    {
        var voting = new GrownTree(width);
        Span<double> votes = stackalloc double[width];
        for (int node = 0; node < tree.Nodes.Count; node++)
        {
            int code = ClassOf(tree.Values(node));
            if (width == 1)
            {
                votes[0] = code == 1 ? 1 : -1;
            }
            else
            {
                votes.Fill(-1.0 / (width - 1));
                votes[code] = 1;
            }

            voting.Add(votes, tree.Nodes[node].Cover, tree.Nodes[node].RowCount);
            voting.Nodes[node] = tree.Nodes[node];
        }

        return voting;
    }

    /// <summary>The class with the largest share, the first of equals.</summary>
    private static int ClassOf(ReadOnlySpan<double> shares)
    {
        if (shares.Length == 1)
        {
            return shares[0] > 0.5 ? 1 : 0;
        }

        int best = 0;
        for (int k = 1; k < shares.Length; k++)
        {
            best = shares[k] > shares[best] ? k : best;
        }

        return best;
    }
}
