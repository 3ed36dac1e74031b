using Strata.Learning.Data;
using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

/// <summary>
/// Exact Shapley values of an ensemble of trees in which what is not known of a row is taken from background rows, each in turn (Lundberg et al. 2020, "interventional").
/// They add up to the raw score less its mean over the background, to rounding error. <see cref="LeafEffects"/> says how they are computed.
/// </summary>
public sealed class InterventionalShap
{
    /// <summary>Leaves of more features than this look at the different background patterns one by one; so do those for which the room is used up.</summary>
    private const int MostTableFeatures = 11;

    /// <summary>Numbers in all tables together: 128 MiB.</summary>
    private const long MostTableNumbers = 16L << 20;

    /// <summary>Patterns in all lists together, at the most: 512 MiB.</summary>
    private const long MostListed = 32L << 20;

    private const int BlockRows = 16;

    private readonly TreeEnsemble trees;
    private readonly PathPatterns[] paths;
    private readonly LeafEffects[][] effects;

    /// <param name="trees">The ensemble.</param>
    /// <param name="background">One array a feature with a number a background row, by the rule of <see cref="Column.NumberAt"/>.</param>
    /// <param name="backgroundRows">The number of background rows, at least 1.</param>
    /// <param name="context">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="DataException">A path asks for too many different features, or the trees are too large for the background.</exception>
    public InterventionalShap(TreeEnsemble trees, IReadOnlyList<double[]> background, int backgroundRows, FitContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(trees);
        ArgumentNullException.ThrowIfNull(background);
        ArgumentOutOfRangeException.ThrowIfLessThan(backgroundRows, 1);
        ShapColumns.Check(trees, background, backgroundRows);
        this.trees = trees;
        context ??= new FitContext();
        double[][] rows = [.. Enumerable.Range(0, backgroundRows).Select(row => background.Select(column => column[row]).ToArray())];
        paths = new PathPatterns[trees.TreeCount];
        effects = new LeafEffects[trees.TreeCount][];
        Bias = MeanScores(rows);
        for (int tree = 0; tree < paths.Length; tree++)
        {
            paths[tree] = new PathPatterns(trees, tree);
        }

        bool[][] asTable = TablesThatFit();
        long listed = asTable.Sum(leaves => leaves.Count(table => !table)) * (long)backgroundRows;
        if (listed > MostListed)
        {
            throw new DataException($"Trees of {trees.NodeCount} nodes cannot be explained against {backgroundRows} background rows within memory; take fewer, or the path method.");
        }

        Parallel.For(0, paths.Length, context.ParallelOptions, tree => effects[tree] = EffectsOf(paths[tree], rows, asTable[tree]));
    }

    /// <summary>The mean raw scores of the background [outputs].</summary>
    public IReadOnlyList<double> Bias { get; }

    /// <summary>How much each feature moves each raw score away from the background's mean, row-major [rows, outputs, features].</summary>
    /// <param name="columns">One array a feature with a number a row.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="context">Threads, on which the result does not depend; cancellation; progress in blocks of rows.</param>
    public double[] Contributions(IReadOnlyList<double[]> columns, int rowCount, FitContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ShapColumns.Check(trees, columns, rowCount);
        context ??= new FitContext();
        var values = new double[checked(rowCount * trees.OutputCount * trees.FeatureCount)];
        int blocks = (rowCount + BlockRows - 1) / BlockRows;
        var progress = new BlockProgress(context, blocks);
        Parallel.For(0, blocks, context.ParallelOptions, block =>
        {
            AddBlock(columns, block * BlockRows, Math.Min(rowCount, (block + 1) * BlockRows), values, context.Cancellation);
            progress.Finished();
        });
        return values;
    }

    private void AddBlock(IReadOnlyList<double[]> columns, int from, int to, double[] values, CancellationToken cancellation)
    {
        int width = trees.OutputCount * trees.FeatureCount;
        double[][] rows = [.. Enumerable.Range(from, to - from).Select(row => columns.Select(column => column[row]).ToArray())];
        var scratch = new ulong[paths.Select(path => path.ScratchLength).DefaultIfEmpty().Max()];
        var patterns = new ulong[paths.Select(path => path.Leaves.Length).DefaultIfEmpty().Max()];
        Span<double> shares = stackalloc double[64];
        for (int tree = 0; tree < paths.Length; tree++)
        {
            cancellation.ThrowIfCancellationRequested();
            PathPatterns path = paths[tree];
            for (int row = from; row < to; row++)
            {
                path.Of(rows[row - from], scratch.AsSpan(0, path.ScratchLength), patterns);
                Span<double> own = values.AsSpan(row * width + trees.TreeOutput[tree] * trees.FeatureCount, trees.ValueWidth * trees.FeatureCount);
                for (int leaf = 0; leaf < path.Leaves.Length; leaf++)
                {
                    if (effects[tree][leaf].Of(patterns[leaf], shares))
                    {
                        AddLeaf(path.Leaves[leaf], shares, own);
                    }
                }
            }
        }
    }

    private void AddLeaf(PathLeaf leaf, ReadOnlySpan<double> shares, Span<double> own)
    {
        for (int k = 0; k < trees.ValueWidth; k++)
        {
            double value = trees.Value[leaf.Node * trees.ValueWidth + k];
            Span<double> ofOutput = own.Slice(k * trees.FeatureCount, trees.FeatureCount);
            for (int i = 0; i < leaf.Features.Length; i++)
            {
                ofOutput[leaf.Features[i]] += value * shares[i];
            }
        }
    }

    private static LeafEffects[] EffectsOf(PathPatterns path, double[][] background, bool[] asTable)
    {
        var counts = new Dictionary<ulong, int>[path.Leaves.Length];
        for (int leaf = 0; leaf < counts.Length; leaf++)
        {
            counts[leaf] = [];
        }

        ulong[] scratch = new ulong[path.ScratchLength], patterns = new ulong[counts.Length];
        foreach (double[] row in background)
        {
            path.Of(row, scratch, patterns);
            for (int leaf = 0; leaf < counts.Length; leaf++)
            {
                counts[leaf][patterns[leaf]] = counts[leaf].GetValueOrDefault(patterns[leaf]) + 1;
            }
        }

        return [.. counts.Select((ofLeaf, leaf) => new LeafEffects(path.Leaves[leaf].Features.Length, ofLeaf, background.Length, asTable[leaf]))];
    }

    /// <summary>Tree by tree, the leaves that get a table until the room is used up.</summary>
    private bool[][] TablesThatFit()
    {
        long numbers = 0;
        return
        [
            .. paths.Select(path => path.Leaves.Select(leaf =>
            {
                int d = leaf.Features.Length;
                bool fits = d <= MostTableFeatures && numbers + LeafEffects.TableLength(d) <= MostTableNumbers;
                numbers += fits ? LeafEffects.TableLength(d) : 0;
                return fits;
            }).ToArray()),
        ];
    }

    private double[] MeanScores(double[][] rows)
    {
        double[] means = new double[trees.OutputCount], scores = new double[trees.OutputCount];
        foreach (double[] row in rows)
        {
            trees.Score(row, scores);
            for (int k = 0; k < means.Length; k++)
            {
                means[k] += scores[k] / rows.Length;
            }
        }

        return means;
    }
}
