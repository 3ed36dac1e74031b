using System.Runtime.Intrinsics;
using Strata.Learning.Data;
using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

/// <summary>
/// Exact Shapley values and interactions of an ensemble of trees in which what is not known of a row is averaged over the training weight along the paths (Lundberg et al. 2020,
/// "tree path dependent"). They add up to the raw score to rounding error. <see cref="ShapProgram"/> says how they are computed.
/// </summary>
public sealed class TreeShap
{
    /// <summary>Larger ensembles keep only the shape of the walk, and work out an edge's numbers when they come by.</summary>
    private const int MostNodesWithNumbers = 200_000;

    /// <summary>Interactions grow with the square of the columns: more numbers than this, 4 GiB, are refused.</summary>
    private const long MostInteractionNumbers = 512L << 20;

    private readonly TreeEnsemble trees;
    private readonly Lock gate = new();
    private ShapProgram[]? prepared;

    public TreeShap(TreeEnsemble trees)
    {
        ArgumentNullException.ThrowIfNull(trees);
        this.trees = trees;
        Bias = ScoresOfNothingKnown(trees);
    }

    /// <summary>The raw scores when nothing is known of a row [outputs].</summary>
    public IReadOnlyList<double> Bias { get; }

    /// <summary>How much each feature moves each raw score, row-major [rows, outputs, features].</summary>
    /// <param name="columns">One array a feature with a number a row, by the rule of <see cref="Column.NumberAt"/>.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="threads">At most so many run at once; the result does not depend on it.</param>
    public double[] Contributions(IReadOnlyList<double[]> columns, int rowCount, int threads = 1) =>
        Contributions(columns, rowCount, new FitContext { Threads = threads });

    /// <inheritdoc cref="Contributions(IReadOnlyList{double[]}, int, int)"/>
    /// <param name="columns">One array a feature.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="context">Threads, on which the result does not depend; cancellation; progress in blocks of rows.</param>
    public double[] Contributions(IReadOnlyList<double[]> columns, int rowCount, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(context);
        ShapColumns.Check(trees, columns, rowCount);
        var values = new double[checked(rowCount * trees.OutputCount * trees.FeatureCount)];
        if (trees.TreeCount > 0)
        {
            var rows = new RowBlocks(trees, Programs(context), columns, rowCount, context);
            if (Vector512.IsHardwareAccelerated)
            {
                rows.Contributions<Lanes512>(values);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                rows.Contributions<Lanes256>(values);
            }
            else
            {
                rows.Contributions<Lanes128>(values);
            }
        }

        return values;
    }

    /// <summary>
    /// How much each pair of features moves each raw score together, row-major [rows, outputs, features, features]: symmetric, half of a pair's effect on either side; on the
    /// diagonal what a feature does alone. A row of the matrix sums to the feature's contribution.
    /// </summary>
    /// <param name="columns">One array a feature.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="context">Threads, on which the result does not depend; cancellation; progress in blocks of rows.</param>
    /// <exception cref="DataException">The answer would not fit memory.</exception>
    public double[] Interactions(IReadOnlyList<double[]> columns, int rowCount, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(context);
        ShapColumns.Check(trees, columns, rowCount);
        long numbers = (long)rowCount * trees.OutputCount * trees.FeatureCount * trees.FeatureCount;
        if (numbers > MostInteractionNumbers)
        {
            throw new DataException($"Interactions of {trees.FeatureCount} columns in {rowCount} rows are {numbers} numbers; at most {MostInteractionNumbers} are worked out at a time. Take fewer rows.");
        }

        double[] contributions = Contributions(columns, rowCount, context with { Progress = null }), values = new double[numbers];
        if (trees.TreeCount > 0)
        {
            var rows = new RowBlocks(trees, Programs(context), columns, rowCount, context);
            if (Vector512.IsHardwareAccelerated)
            {
                rows.Interactions<Lanes512>(values);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                rows.Interactions<Lanes256>(values);
            }
            else
            {
                rows.Interactions<Lanes128>(values);
            }
        }

        FillDiagonals(contributions, values);
        return values;
    }

    internal ShapProgram[] Prepare(FitContext context, bool keepNumbers)
    {
        var programs = new ShapProgram[trees.TreeCount];
        Parallel.For(0, programs.Length, context.ParallelOptions, tree => programs[tree] = ShapProgram.Of(trees, tree, keepNumbers));
        return programs;
    }

    private ShapProgram[] Programs(FitContext context)
    {
        lock (gate)
        {
            return prepared ??= Prepare(context, keepNumbers: trees.NodeCount <= MostNodesWithNumbers);
        }
    }

    /// <summary>What a feature does alone: its contribution less its part in all pairs.</summary>
    private void FillDiagonals(double[] contributions, double[] values)
    {
        int features = trees.FeatureCount;
        for (int at = 0; at < contributions.Length; at++)
        {
            Span<double> own = values.AsSpan(at * features, features);
            int feature = at % features;
            double pairs = 0;
            foreach (double half in own)
            {
                pairs += half;
            }

            own[feature] = contributions[at] - pairs;
        }
    }

    private static double[] ScoresOfNothingKnown(TreeEnsemble trees)
    {
        double[] scores = [.. trees.BaseScores];
        var share = new double[trees.NodeCount];
        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            share[trees.TreeStart[tree]] = 1;
            for (int node = trees.TreeStart[tree]; node < trees.TreeStart[tree + 1]; node++)
            {
                if (!trees.IsLeaf(node))
                {
                    double left = ShapProgram.LeftShare(trees, node);
                    share[trees.Left[node]] = share[node] * left;
                    share[trees.Right[node]] = share[node] * (1 - left);
                    continue;
                }

                for (int k = 0; k < trees.ValueWidth; k++)
                {
                    scores[trees.TreeOutput[tree] + k] += share[node] * trees.Value[node * trees.ValueWidth + k];
                }
            }
        }

        return scores;
    }
}
