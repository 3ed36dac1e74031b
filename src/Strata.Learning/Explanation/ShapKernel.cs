using System.Runtime.CompilerServices;
using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

/// <summary>Runs <see cref="ShapProgram"/>s over a block of rows at once, one row a lane.</summary>
/// <typeparam name="T">The register.</typeparam>
internal sealed unsafe class ShapKernel<T>
    where T : unmanaged, IDoubleLanes<T>
{
    private const int MostRows = 64;

    /// <summary>What is kept of one depth of the walk: it moves between neighbouring depths, so a few of them are to fit the second-level cache.</summary>
    private const int LevelBytes = 32 * 1024;

    private readonly TreeEnsemble trees;
    private readonly int mostPoints;
    private readonly double[] agrees;
    private readonly double[] knows;
    private readonly double[] product;
    private readonly double[] below;

    /// <param name="trees">The trees that the programs were made from.</param>
    /// <param name="depth">Of the deepest program.</param>
    /// <param name="pointCount">Of the program with the most.</param>
    /// <param name="rowCount">How many rows there are at the most.</param>
    public ShapKernel(TreeEnsemble trees, int depth, int pointCount, int rowCount)
    {
        this.trees = trees;
        mostPoints = pointCount;
        int perRow = sizeof(double) * (2 + pointCount * (1 + trees.ValueWidth));
        BlockRows = T.Count * Math.Clamp(Math.Min(LevelBytes / perRow, Math.Min(rowCount, MostRows) + T.Count - 1) / T.Count, 1, MostRows / T.Count);
        int levels = depth + 1;
        agrees = new double[levels * BlockRows];
        knows = new double[levels * BlockRows];
        product = new double[levels * BlockRows * pointCount];
        below = new double[levels * BlockRows * pointCount * trees.ValueWidth];

        // Depth 0: every row has followed the empty path.
        Array.Fill(knows, BitConverter.UInt64BitsToDouble(ulong.MaxValue), 0, BlockRows);
        Array.Fill(product, 1, 0, BlockRows * pointCount);
    }

    /// <summary>How many rows <see cref="Add"/> takes at once: a multiple of the lanes.</summary>
    public int BlockRows { get; }

    /// <summary>Adds one tree's contributions of a block of rows.</summary>
    /// <param name="program">The tree.</param>
    /// <param name="features">The rows' values [features, BlockRows].</param>
    /// <param name="contributions">Added to [outputs, features, BlockRows].</param>
    public void Add(ShapProgram program, double[] features, double[] contributions)
    {
        fixed (double* x = features, phi = contributions, m = agrees, o = knows, p = product, g = below, numbers = program.Constants)
        fixed (ShapStep* first = program.Steps)
        {
            int blockRows = BlockRows, pointCount = program.PointCount, width = trees.ValueWidth;
            long level = (long)blockRows * mostPoints;
            ShapStep* end = first + program.Steps.Length;
            for (ShapStep* step = first; step < end; step++)
            {
                int feature = trees.Feature[step->Parent], depth = step->Depth;
                double* edge = numbers + step->Constants;
                double* gains = phi + ((long)program.Output * trees.FeatureCount + feature) * blockRows;
                double* known = o + step->Known * blockRows, own = o + depth * blockRows;
                double* above = p + (depth - 1) * level, here = p + depth * level;
                double* belowAbove = g + (depth - 1) * level * width, belowHere = g + depth * level * width;
                if (step->Kind == ShapStepKind.Leave)
                {
                    Leave(edge, known, own, belowHere, belowAbove, gains, pointCount);
                    continue;
                }

                double* agree = m + (depth - 1) * blockRows;
                if (!step->IsRight)
                {
                    Decide(step->Parent, x + (long)feature * blockRows, agree);
                }

                Follow(agree, known, own, step->IsRight);
                if (step->Kind == ShapStepKind.Enter)
                {
                    Enter(edge, known, own, above, here, pointCount);
                    new Span<double>(belowHere, (int)(level * width)).Clear();
                }
                else
                {
                    Leaf(edge, step->Node, known, own, above, belowAbove, gains, pointCount);
                }
            }
        }
    }

    /// <summary>Masks of the rows that a node sends left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Decide(int node, double* values, double* goesLeft)
    {
        if (trees.CategorySet[node] >= 0)
        {
            for (int row = 0; row < BlockRows; row++)
            {
                goesLeft[row] = trees.GoesLeft(node, values[row]) ? BitConverter.UInt64BitsToDouble(ulong.MaxValue) : 0;
            }

            return;
        }

        T threshold = T.All(trees.Threshold[node]);
        bool missingLeft = trees.MissingLeft[node] != 0;
        for (int at = 0; at < BlockRows; at += T.Count)
        {
            T value = T.Load(values + at);
            T.Store(missingLeft ? T.NotAbove(value, threshold) : T.AtMost(value, threshold), goesLeft + at);
        }
    }

    /// <summary>Masks of the rows that followed all of the feature's edges down to this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Follow(double* goesLeft, double* known, double* own, bool isRight)
    {
        for (int at = 0; at < BlockRows; at += T.Count)
        {
            T before = T.Load(known + at), left = T.Load(goesLeft + at);
            T.Store(isRight ? T.AndNot(before, left) : T.And(before, left), own + at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Enter(double* edge, double* known, double* own, double* above, double* here, int pointCount)
    {
        int blockRows = BlockRows;
        T share = T.All(edge[4 * pointCount]);
        for (int q = 0; q < pointCount; q++)
        {
            T followed = T.All(edge[q]), left = T.All(edge[pointCount + q]);
            for (int at = 0; at < blockRows; at += T.Count)
            {
                T change = T.Select(T.Load(own + at), followed, T.Select(T.Load(known + at), left, share));
                T.Store(T.Multiply(T.Load(above + q * blockRows + at), change), here + q * blockRows + at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Leaf(double* edge, int leaf, double* known, double* own, double* above, double* belowAbove, double* gains, int pointCount)
    {
        int blockRows = BlockRows, width = trees.ValueWidth;
        T share = T.All(edge[4 * pointCount]);
        fixed (double* values = &trees.Value[leaf * width])
        {
            for (int at = 0; at < blockRows; at += T.Count)
            {
                T follows = T.Load(own + at), before = T.Load(known + at), sum = T.All(0);
                for (int q = 0; q < pointCount; q++)
                {
                    T p = T.Load(above + q * blockRows + at);
                    T effect = T.Select(follows, T.All(edge[2 * pointCount + q]), T.And(before, T.All(edge[3 * pointCount + q])));
                    sum = T.MultiplyAdd(effect, p, sum);
                    p = T.Multiply(p, T.Select(follows, T.All(edge[q]), T.Select(before, T.All(edge[pointCount + q]), share)));
                    for (int k = 0; k < width; k++)
                    {
                        double* to = belowAbove + (k * pointCount + q) * blockRows + at;
                        T.Store(T.MultiplyAdd(T.All(values[k]), p, T.Load(to)), to);
                    }
                }

                for (int k = 0; k < width; k++)
                {
                    double* to = gains + (long)k * trees.FeatureCount * blockRows + at;
                    T.Store(T.MultiplyAdd(T.All(values[k]), sum, T.Load(to)), to);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Leave(double* edge, double* known, double* own, double* belowHere, double* belowAbove, double* gains, int pointCount)
    {
        int blockRows = BlockRows, width = trees.ValueWidth;
        for (int k = 0; k < width; k++)
        {
            double* from = belowHere + (long)k * pointCount * blockRows, to = belowAbove + (long)k * pointCount * blockRows;
            double* gain = gains + (long)k * trees.FeatureCount * blockRows;
            for (int at = 0; at < blockRows; at += T.Count)
            {
                T follows = T.Load(own + at), before = T.Load(known + at), sum = T.Load(gain + at);
                for (int q = 0; q < pointCount; q++)
                {
                    T g = T.Load(from + q * blockRows + at);
                    T effect = T.Select(follows, T.All(edge[2 * pointCount + q]), T.And(before, T.All(edge[3 * pointCount + q])));
                    sum = T.MultiplyAdd(effect, g, sum);
                    T.Store(T.Add(g, T.Load(to + q * blockRows + at)), to + q * blockRows + at);
                }

                T.Store(sum, gain + at);
            }
        }
    }
}
