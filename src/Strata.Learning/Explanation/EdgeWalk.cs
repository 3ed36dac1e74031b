using System.Runtime.CompilerServices;
using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

/// <summary>Walks a block of rows at once over all edges of trees, one row a lane, with what <see cref="ShapProgram"/> says is carried down and up.</summary>
/// <typeparam name="T">The register.</typeparam>
internal abstract unsafe class EdgeWalk<T>
    where T : unmanaged, IDoubleLanes<T>
{
    private const int MostRows = 64;

    /// <summary>What is kept of one depth of the walk: it moves between neighbouring depths, so a few of them are to fit the second-level cache.</summary>
    private const int LevelBytes = 32 * 1024;

    private readonly int mostPoints;
    private readonly double[] agrees;
    private readonly double[] knows;
    private readonly double[] product;
    private readonly double[] below;
    private readonly double[] edgeNumbers;

    /// <param name="trees">The trees that the programs are made from.</param>
    /// <param name="depth">Of the deepest program.</param>
    /// <param name="pointCount">Of the program with the most.</param>
    /// <param name="mostRows">More rows at once are not wanted.</param>
    protected EdgeWalk(TreeEnsemble trees, int depth, int pointCount, int mostRows)
    {
        Trees = trees;
        mostPoints = pointCount;
        int perRow = sizeof(double) * (2 + pointCount * (1 + trees.ValueWidth));
        BlockRows = T.Count * Math.Clamp(Math.Min(LevelBytes / perRow, Math.Min(mostRows, MostRows) + T.Count - 1) / T.Count, 1, MostRows / T.Count);
        int levels = depth + 1;
        agrees = new double[levels * BlockRows];
        knows = new double[levels * BlockRows];
        product = new double[levels * BlockRows * pointCount];
        below = new double[levels * BlockRows * pointCount * trees.ValueWidth];
        edgeNumbers = new double[4 * pointCount + 1];

        // Depth 0: every row has followed the empty path.
        Array.Fill(knows, BitConverter.UInt64BitsToDouble(ulong.MaxValue), 0, BlockRows);
        Array.Fill(product, 1, 0, BlockRows * pointCount);
    }

    /// <summary>How many rows are taken at once: a multiple of the lanes.</summary>
    public int BlockRows { get; }

    protected TreeEnsemble Trees { get; }

    /// <summary>Adds one tree's part for a block of rows.</summary>
    /// <param name="program">The tree.</param>
    /// <param name="features">The rows' values [features, BlockRows].</param>
    /// <param name="sums">Added to [.., BlockRows].</param>
    public abstract void Add(ShapProgram program, double[] features, double[] sums);

    /// <summary>Goes over all edges of one tree.</summary>
    /// <param name="program">The tree.</param>
    /// <param name="features">The rows' values [features, BlockRows].</param>
    protected void Walk(ShapProgram program, double[] features)
    {
        fixed (double* x = features, m = agrees, o = knows, p = product, g = below, numbers = program.Numbers, ownNumbers = edgeNumbers)
        fixed (ShapStep* first = program.Steps)
        {
            int blockRows = BlockRows, pointCount = program.PointCount, width = Trees.ValueWidth;
            long level = (long)blockRows * mostPoints;
            ShapStep* end = first + program.Steps.Length;
            for (ShapStep* step = first; step < end; step++)
            {
                int depth = step->Depth;
                var at = new EdgeVisit
                {
                    Step = step,
                    Numbers = program.Numbers.Length > 0 ? numbers + (long)step->Edge * program.NumbersPerEdge : ownNumbers,
                    Known = o + step->Known * blockRows,
                    Own = o + depth * blockRows,
                    ProductAbove = p + (depth - 1) * level,
                    BelowAbove = g + (depth - 1) * level * width,
                    BelowHere = g + depth * level * width,
                };
                if (program.Numbers.Length == 0)
                {
                    program.WriteNumbers(program.Shares[step->Edge], step->Kind == ShapStepKind.Leaf, edgeNumbers);
                }

                if (step->Kind == ShapStepKind.Leave)
                {
                    Leave(program, at);
                    continue;
                }

                double* agree = m + (depth - 1) * blockRows;
                if (!step->IsRight)
                {
                    Decide(step->Parent, x + (long)Trees.Feature[step->Parent] * blockRows, agree);
                }

                Follow(agree, at.Known, at.Own, step->IsRight);
                if (step->Kind == ShapStepKind.Leaf)
                {
                    Leaf(program, at);
                    continue;
                }

                Enter(at, p + depth * level, pointCount);
                new Span<double>(at.BelowHere, (int)(level * width)).Clear();
                Entered(program, at);
            }
        }
    }

    /// <summary>After the walk has gone down to an inner node.</summary>
    protected virtual void Entered(ShapProgram program, in EdgeVisit at)
    {
    }

    /// <summary>The walk goes down to a leaf and back: G of the node above is to be added to.</summary>
    protected abstract void Leaf(ShapProgram program, in EdgeVisit at);

    /// <summary>The walk comes back from an inner node, whose G is complete: the one above is to be added to.</summary>
    protected abstract void Leave(ShapProgram program, in EdgeVisit at);

    /// <summary>Masks of the rows that a node sends left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Decide(int node, double* values, double* goesLeft)
    {
        if (Trees.CategorySet[node] >= 0)
        {
            for (int row = 0; row < BlockRows; row++)
            {
                goesLeft[row] = Trees.GoesLeft(node, values[row]) ? BitConverter.UInt64BitsToDouble(ulong.MaxValue) : 0;
            }

            return;
        }

        T threshold = T.All(Trees.Threshold[node]);
        bool missingLeft = Trees.MissingLeft[node] != 0;
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
    private void Enter(in EdgeVisit at, double* here, int pointCount)
    {
        double* edge = at.Numbers, known = at.Known, own = at.Own, above = at.ProductAbove;
        int blockRows = BlockRows;
        T share = T.All(edge[4 * pointCount]);
        for (int q = 0; q < pointCount; q++)
        {
            T followed = T.All(edge[q]), left = T.All(edge[pointCount + q]);
            for (int row = 0; row < blockRows; row += T.Count)
            {
                T change = T.Select(T.Load(own + row), followed, T.Select(T.Load(known + row), left, share));
                T.Store(T.Multiply(T.Load(above + q * blockRows + row), change), here + q * blockRows + row);
            }
        }
    }
}

/// <summary>Where the walk is. Arrays over points are [points, BlockRows]; those below a node [ValueWidth, points, BlockRows].</summary>
internal unsafe ref struct EdgeVisit
{
    public ShapStep* Step;

    /// <summary>See <see cref="ShapProgram.WriteNumbers"/>.</summary>
    public double* Numbers;

    /// <summary>Masks of the rows that followed the feature's edges above, and of those that also follow this one.</summary>
    public double* Known, Own;

    /// <summary>P of the node above.</summary>
    public double* ProductAbove;

    /// <summary>G of the node above, and of this one.</summary>
    public double* BelowAbove, BelowHere;
}
