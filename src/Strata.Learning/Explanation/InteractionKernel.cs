using System.Runtime.CompilerServices;
using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

/// <summary>Runs <see cref="ShapProgram"/>s for the interactions of a block of rows.</summary>
/// <remarks>
/// Of a leaf of value v the pair i, j gets twice v ∫_0^1 g_i g_j Π_k f_k dt with g = (o - z) / f, which is the Shapley interaction index (Grabisch and Roubens 1999) as
/// <see cref="ShapProgram"/> integrates. The sum over all pairs on a path is built edge by edge: an edge of feature i adds G times what it changes of g_i times g_j for each other feature
/// j above, by j's lowest edge.
/// </remarks>
/// <typeparam name="T">The register.</typeparam>
internal sealed unsafe class InteractionKernel<T> : EdgeWalk<T>
    where T : unmanaged, IDoubleLanes<T>
{
    /// <summary>A block's sums of all pairs are to fit the second-level cache.</summary>
    private const int SumBytes = 1 << 20;

    private readonly int pairCount, mostPoints;
    private readonly double[] effectOfDepth;
    private readonly double[] weighted;
    private readonly int[] featureOfDepth;
    private readonly List<(int Depth, int Pair)> others = [];
    private double* target;

    /// <inheritdoc cref="ShapKernel{T}"/>
    public InteractionKernel(TreeEnsemble trees, int depth, int pointCount, int rowCount)
        : base(trees, depth, pointCount, Math.Max(1, Math.Min(rowCount, SumBytes / (sizeof(double) * Math.Max(1, PairCount(trees.FeatureCount) * trees.OutputCount)))))
    {
        (pairCount, mostPoints) = (PairCount(trees.FeatureCount), pointCount);
        effectOfDepth = new double[(depth + 1) * pointCount * BlockRows];
        weighted = new double[pointCount * T.Count];
        featureOfDepth = new int[depth + 1];
    }

    /// <summary>Of different features, each pair once.</summary>
    public static int PairCount(int features) => checked((int)(features * (features - 1L) / 2));

    /// <summary>The place of the pair of two different features.</summary>
    public static int PairOf(int a, int b, int features)
    {
        int low = Math.Min(a, b), high = Math.Max(a, b);
        return (int)(low * (2L * features - low - 1) / 2) + high - low - 1;
    }

    /// <summary>Adds one tree's interactions of a block of rows, twice each.</summary>
    /// <param name="program">The tree.</param>
    /// <param name="features">The rows' values [features, BlockRows].</param>
    /// <param name="sums">Added to [outputs, pairs, BlockRows].</param>
    public override void Add(ShapProgram program, double[] features, double[] sums)
    {
        fixed (double* all = sums)
        {
            target = all + (long)program.Output * pairCount * BlockRows;
            Walk(program, features);
        }
    }

    protected override void Entered(ShapProgram program, in EdgeVisit at)
    {
        int depth = at.Step->Depth;
        featureOfDepth[depth] = Trees.Feature[at.Step->Parent];
        double z = program.Shares[at.Step->Edge].Own;
        fixed (double* all = effectOfDepth)
        {
            double* own = all + (long)depth * mostPoints * BlockRows;
            for (int q = 0; q < program.PointCount; q++, own += BlockRows)
            {
                double t = program.Rule.Points[q];
                T followed = T.All((1 - z) / (t + (1 - t) * z)), left = T.All(-1 / (1 - t));
                for (int row = 0; row < BlockRows; row += T.Count)
                {
                    T.Store(T.Select(T.Load(at.Own + row), followed, left), own + row);
                }
            }
        }
    }

    protected override void Leaf(ShapProgram program, in EdgeVisit at)
    {
        FindOthers(at);
        AddLeaf(at, program.PointCount);
    }

    protected override void Leave(ShapProgram program, in EdgeVisit at)
    {
        FindOthers(at);
        AddInner(at, program.PointCount);
    }

    /// <summary>The lowest edge above of every feature but this edge's.</summary>
    private void FindOthers(in EdgeVisit at)
    {
        others.Clear();
        int feature = Trees.Feature[at.Step->Parent];
        for (int depth = at.Step->Depth - 1; depth > 0; depth--)
        {
            int other = featureOfDepth[depth];
            if (other != feature && !Repeats(other, depth, at.Step->Depth))
            {
                others.Add((depth, PairOf(feature, other, Trees.FeatureCount)));
            }
        }
    }

    private bool Repeats(int feature, int depth, int end) => featureOfDepth.AsSpan(depth + 1, end - depth - 1).Contains(feature);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddLeaf(in EdgeVisit at, int pointCount)
    {
        int blockRows = BlockRows, width = Trees.ValueWidth;
        double* edge = at.Numbers;
        T share = T.All(edge[4 * pointCount]);
        fixed (double* values = &Trees.Value[at.Step->Node * width], h = weighted)
        {
            for (int row = 0; row < blockRows; row += T.Count)
            {
                T follows = T.Load(at.Own + row), before = T.Load(at.Known + row);
                for (int q = 0; q < pointCount; q++)
                {
                    T p = T.Load(at.ProductAbove + q * blockRows + row);
                    T effect = T.Select(follows, T.All(edge[2 * pointCount + q]), T.And(before, T.All(edge[3 * pointCount + q])));
                    T.Store(T.Multiply(effect, p), h + q * T.Count);
                    p = T.Multiply(p, T.Select(follows, T.All(edge[q]), T.Select(before, T.All(edge[pointCount + q]), share)));
                    for (int k = 0; k < width; k++)
                    {
                        double* to = at.BelowAbove + (k * pointCount + q) * blockRows + row;
                        T.Store(T.MultiplyAdd(T.All(values[k]), p, T.Load(to)), to);
                    }
                }

                AddPairs(h, pointCount, row, values, width, target);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddInner(in EdgeVisit at, int pointCount)
    {
        int blockRows = BlockRows, width = Trees.ValueWidth;
        double* edge = at.Numbers;
        double one = 1;
        fixed (double* h = weighted)
        {
            for (int k = 0; k < width; k++)
            {
                double* from = at.BelowHere + (long)k * pointCount * blockRows, to = at.BelowAbove + (long)k * pointCount * blockRows;
                for (int row = 0; row < blockRows; row += T.Count)
                {
                    T follows = T.Load(at.Own + row), before = T.Load(at.Known + row);
                    for (int q = 0; q < pointCount; q++)
                    {
                        T g = T.Load(from + q * blockRows + row);
                        T effect = T.Select(follows, T.All(edge[2 * pointCount + q]), T.And(before, T.All(edge[3 * pointCount + q])));
                        T.Store(T.Multiply(effect, g), h + q * T.Count);
                        T.Store(T.Add(g, T.Load(to + q * blockRows + row)), to + q * blockRows + row);
                    }

                    AddPairs(h, pointCount, row, &one, 1, target + (long)k * pairCount * blockRows);
                }
            }
        }
    }

    /// <summary>Adds to each output's sums its factor times Σ_q h g for every feature above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPairs(double* h, int pointCount, int row, double* factors, int outputs, double* sums)
    {
        int blockRows = BlockRows;
        fixed (double* effects = effectOfDepth)
        {
            foreach ((int depth, int pair) in others)
            {
                double* other = effects + (long)depth * mostPoints * blockRows + row;
                T sum = T.Multiply(T.Load(h), T.Load(other));
                for (int q = 1; q < pointCount; q++)
                {
                    sum = T.MultiplyAdd(T.Load(h + q * T.Count), T.Load(other + q * blockRows), sum);
                }

                for (int k = 0; k < outputs; k++)
                {
                    double* to = sums + ((long)k * pairCount + pair) * blockRows + row;
                    T.Store(T.MultiplyAdd(T.All(factors[k]), sum, T.Load(to)), to);
                }
            }
        }
    }
}
