using System.Runtime.CompilerServices;
using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

/// <summary>Runs <see cref="ShapProgram"/>s for the contributions of a block of rows.</summary>
/// <typeparam name="T">The register.</typeparam>
/// <param name="trees">The trees that the programs were made from.</param>
/// <param name="depth">Of the deepest program.</param>
/// <param name="pointCount">Of the program with the most.</param>
/// <param name="rowCount">How many rows there are at the most.</param>
internal sealed unsafe class ShapKernel<T>(TreeEnsemble trees, int depth, int pointCount, int rowCount) : EdgeWalk<T>(trees, depth, pointCount, rowCount)
    where T : unmanaged, IDoubleLanes<T>
{
    private double* target;

    /// <summary>Adds one tree's contributions of a block of rows.</summary>
    /// <param name="program">The tree.</param>
    /// <param name="features">The rows' values [features, BlockRows].</param>
    /// <param name="sums">Added to [outputs, features, BlockRows].</param>
    public override void Add(ShapProgram program, double[] features, double[] sums)
    {
        fixed (double* phi = sums)
        {
            target = phi + (long)program.Output * Trees.FeatureCount * BlockRows;
            Walk(program, features);
        }
    }

    protected override void Leaf(ShapProgram program, in EdgeVisit at) =>
        Leaf(at.Numbers, at.Step->Node, at.Known, at.Own, at.ProductAbove, at.BelowAbove, Gains(at), program.PointCount);

    protected override void Leave(ShapProgram program, in EdgeVisit at) =>
        Leave(at.Numbers, at.Known, at.Own, at.BelowHere, at.BelowAbove, Gains(at), program.PointCount);

    private double* Gains(in EdgeVisit at) => target + (long)Trees.Feature[at.Step->Parent] * BlockRows;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Leaf(double* edge, int leaf, double* known, double* own, double* above, double* belowAbove, double* gains, int pointCount)
    {
        int blockRows = BlockRows, width = Trees.ValueWidth;
        T share = T.All(edge[4 * pointCount]);
        fixed (double* values = &Trees.Value[leaf * width])
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
                    double* to = gains + (long)k * Trees.FeatureCount * blockRows + at;
                    T.Store(T.MultiplyAdd(T.All(values[k]), sum, T.Load(to)), to);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Leave(double* edge, double* known, double* own, double* belowHere, double* belowAbove, double* gains, int pointCount)
    {
        int blockRows = BlockRows, width = Trees.ValueWidth;
        for (int k = 0; k < width; k++)
        {
            double* from = belowHere + (long)k * pointCount * blockRows, to = belowAbove + (long)k * pointCount * blockRows;
            double* gain = gains + (long)k * Trees.FeatureCount * blockRows;
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
