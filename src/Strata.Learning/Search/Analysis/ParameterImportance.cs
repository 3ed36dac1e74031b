namespace Strata.Learning.Search.Analysis;

/// <summary>How much of an objective's variation over the space one parameter explains by itself (functional ANOVA, Hutter et al. 2014).</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Share">From 0 to 1; what the shares of all parameters leave to 1 is explained by several together.</param>
/// <param name="Deviation">Standard deviation of the share over the trees of the forest that was asked.</param>
public sealed record ParameterImportance(string Parameter, double Share, double Deviation)
{
    /// <summary>The parameters by their share, largest first; empty where completed trials are fewer than four or all of one value.</summary>
    /// <param name="space">Where was searched.</param>
    /// <param name="trials">All trials; the completed ones count.</param>
    /// <param name="seed">Of the forest.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static IReadOnlyList<ParameterImportance> Of(SearchSpace space, IReadOnlyList<Trial> trials, ulong seed = 0, FitContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(trials);
        if (Surrogate.Of(space, trials, seed, context ?? new FitContext()) is not Surrogate surrogate)
        {
            return [];
        }

        double[][] shares = [.. surrogate.Trees.Select(tree => Shares(tree, space.Count)).OfType<double[]>()];
        return shares.Length == 0
            ? []
            : [.. space.Parameters.Select((parameter, i) => Summary(parameter.Name, [.. shares.Select(tree => tree[i])])).OrderByDescending(importance => importance.Share)];
    }

    private static ParameterImportance Summary(string name, double[] shares)
    {
        double mean = shares.Average();
        return new ParameterImportance(name, mean, Math.Sqrt(shares.Average(share => (share - mean) * (share - mean))));
    }

    /// <summary>V_i / V of one tree for each parameter; null for a tree of one value.</summary>
    private static double[]? Shares(Surrogate.Leaf[] leaves, int dimensions)
    {
        double mean = leaves.Sum(leaf => leaf.Value * leaf.Volume);
        double variance = leaves.Sum(leaf => (leaf.Value - mean) * (leaf.Value - mean) * leaf.Volume);
        return variance > 0 ? [.. Enumerable.Range(0, dimensions).Select(i => MarginalVariance(leaves, i, mean) / variance)] : null;
    }

    /// <summary>The variance, over one parameter, of the tree's mean over all the others.</summary>
    private static double MarginalVariance(Surrogate.Leaf[] leaves, int dimension, double mean)
    {
        Surrogate.Leaf[] solid = [.. leaves.Where(leaf => leaf.Sides[dimension].Width > 0)];
        double Part(Surrogate.Leaf leaf) => (leaf.Value - mean) * leaf.Volume / leaf.Sides[dimension].Width;
        return leaves[0].Sides[dimension].Codes is null
            ? IntervalVariance(solid, dimension, Part)
            : Enumerable.Range(0, (int)leaves[0].Sides[dimension].High).Average(code => Math.Pow(solid.Where(leaf => leaf.Sides[dimension].Contains(code)).Sum(Part), 2));
    }

    /// <summary>Walks the edges of the boxes from 0 to 1; between two of them the mean is constant.</summary>
    private static double IntervalVariance(Surrogate.Leaf[] leaves, int dimension, Func<Surrogate.Leaf, double> part)
    {
        double[] edges = [.. leaves.SelectMany(leaf => new[] { leaf.Sides[dimension].Low, leaf.Sides[dimension].High }).Distinct().Order()];
        var steps = new double[edges.Length];
        foreach (Surrogate.Leaf leaf in leaves)
        {
            steps[Array.BinarySearch(edges, leaf.Sides[dimension].Low)] += part(leaf);
            steps[Array.BinarySearch(edges, leaf.Sides[dimension].High)] -= part(leaf);
        }

        double level = 0, variance = 0;
        for (int i = 0; i + 1 < edges.Length; i++)
        {
            level += steps[i];
            variance += level * level * (edges[i + 1] - edges[i]);
        }

        return variance;
    }
}
