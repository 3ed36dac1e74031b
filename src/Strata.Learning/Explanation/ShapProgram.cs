using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

/// <summary>What a step of a <see cref="ShapProgram"/> does.</summary>
internal enum ShapStepKind
{
    /// <summary>Goes down to an inner node.</summary>
    Enter,

    /// <summary>Goes down to a leaf and back.</summary>
    Leaf,

    /// <summary>Comes back from an inner node, all below it being done.</summary>
    Leave,
}

/// <summary>One step of a walk over all edges of a tree.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Node">The node at the lower end of the edge.</param>
/// <param name="Parent">The node at its upper end.</param>
/// <param name="IsRight">Whether the edge goes right; the left one comes first and finds out where each row goes.</param>
/// <param name="Depth">Of the lower end; 1 below the root.</param>
/// <param name="Known">Depth of the nearest edge above that the same feature decided, or 0.</param>
/// <param name="Edge">The edge's number, counted from 0 as the walk goes down.</param>
internal readonly record struct ShapStep(ShapStepKind Kind, int Node, int Parent, bool IsRight, int Depth, int Known, int Edge);

/// <summary>Shares of training weight on the way to an edge.</summary>
/// <param name="Own">The feature's share including this edge: z.</param>
/// <param name="Above">The feature's share at its edge above, 1 for none.</param>
/// <param name="Edge">This edge's share alone: z / above, also where both are 0.</param>
internal readonly record struct EdgeShares(double Own, double Above, double Edge);

/// <summary>
/// One tree made ready for Shapley values: the walk over its edges, and for each edge the numbers that do not depend on the row.
/// </summary>
/// <remarks>
/// A leaf of value v under features j adds v Π_j (o_j or z_j) to the score of a row of which only some features are known: o_j, 0 or 1, says whether
/// the row follows all of the feature's splits on the path and stands for known features; z_j, the share of training weight that does, stands for the others (Lundberg et al.
/// 2020). Averaging a feature's effect over all orders of becoming known is averaging over a chance t of each other feature to be known:
///   φ_i = v (o_i - z_i) ∫_0^1 Π_{j≠i} f_j(t) dt,   f_j(t) = t o_j + (1 - t) z_j.
/// The product is a polynomial of degree below the number d of features, so Gauss's rule with ⌈d / 2⌉ points is exact, and all its terms are positive: nothing
/// cancels. At each point t the walk carries P = Π f_j down and G = Σ v P of the leaves back up; an edge adds Σ_t w (o - z) / f · G to its feature,
/// less the same of the feature's edge above, which it replaces (the summation along edges is that of Linear TreeSHAP, Yu et al. 2022).
/// </remarks>
internal sealed class ShapProgram
{
    private readonly TreeEnsemble trees;
    private readonly List<ShapStep> steps = [];
    private readonly List<EdgeShares> shares = [];

    private ShapProgram(TreeEnsemble trees, int tree)
    {
        this.trees = trees;
        Output = trees.TreeOutput[tree];
    }

    public ShapStep[] Steps { get; private set; } = [];

    /// <summary>By edge.</summary>
    public EdgeShares[] Shares { get; private set; } = [];

    /// <summary>By edge, as <see cref="WriteNumbers"/> writes them; empty where they are worked out again and again to save memory.</summary>
    public double[] Numbers { get; private set; } = [];

    /// <summary>How many numbers an edge has.</summary>
    public int NumbersPerEdge => 4 * PointCount + 1;

    /// <summary>The points t, with their weights.</summary>
    public GaussLegendre Rule { get; private set; } = GaussLegendre.Of(1);

    public int PointCount => Rule.Points.Length;

    /// <summary>Edges on the longest path.</summary>
    public int Depth { get; private set; }

    /// <summary>The first output that the tree adds to.</summary>
    public int Output { get; }

    /// <param name="trees">The ensemble.</param>
    /// <param name="tree">Which of its trees.</param>
    /// <param name="keepNumbers">Whether to work out all that does not depend on rows ahead: faster for few rows, at some 200 bytes a node.</param>
    public static ShapProgram Of(TreeEnsemble trees, int tree, bool keepNumbers)
    {
        var program = new ShapProgram(trees, tree);
        int mostFeatures = 0;
        program.Walk(tree, (edge, _) => mostFeatures = Math.Max(mostFeatures, edge.Features), _ => { });
        program.Rule = GaussLegendre.Of(Math.Max(1, (mostFeatures + 1) / 2));
        program.Compile(tree, keepNumbers);
        return program;
    }

    /// <summary>The share of an inner node's training weight that went left; of its rows where there is no weight.</summary>
    public static double LeftShare(TreeEnsemble trees, int node)
    {
        double left = trees.Cover[trees.Left[node]], right = trees.Cover[trees.Right[node]];
        return left + right > 0 ? left / (left + right) : (trees.RowCount[trees.Left[node]] + 1.0) / (trees.RowCount[trees.Left[node]] + trees.RowCount[trees.Right[node]] + 2.0);
    }

    /// <summary>
    /// Of an edge, for every point t: how P changes when the row follows the edge, and when it followed the feature's edge above but not this one; what G is multiplied by in
    /// the same two cases; then one number: how P changes when the row had left the feature's path before. For a leaf what G would be multiplied by is already times the change of P.
    /// </summary>
    /// <param name="shares">Of the edge.</param>
    /// <param name="isLeaf">Whether the edge ends at a leaf.</param>
    /// <param name="numbers">Where they go.</param>
    public void WriteNumbers(in EdgeShares shares, bool isLeaf, Span<double> numbers)
    {
        int count = PointCount;
        (double z, double above, _) = shares;
        for (int q = 0; q < count; q++)
        {
            double t = Rule.Points[q], w = Rule.Weights[q];
            double factor = t + (1 - t) * z, factorAbove = t + (1 - t) * above;
            double followed = factor / factorAbove, left = (1 - t) * z / factorAbove;
            double gain = w * ((1 - z) / factor - (1 - above) / factorAbove), loss = w * (-1 / (1 - t) - (1 - above) / factorAbove);
            numbers[q] = followed;
            numbers[count + q] = left;
            numbers[2 * count + q] = isLeaf ? gain * followed : gain;
            numbers[3 * count + q] = isLeaf ? loss * left : loss;
        }

        numbers[4 * count] = shares.Edge;
    }

    private void Compile(int tree, bool keepNumbers)
    {
        Walk(
            tree,
            (edge, path) =>
            {
                double above = edge.Known == 0 ? 1 : path[edge.Known].OwnShare;
                steps.Add(new ShapStep(
                    trees.IsLeaf(edge.Node) ? ShapStepKind.Leaf : ShapStepKind.Enter, edge.Node, edge.Parent, trees.Right[edge.Parent] == edge.Node, edge.Depth, edge.Known, shares.Count));
                shares.Add(new EdgeShares(edge.OwnShare, above, edge.Share));
                Depth = Math.Max(Depth, edge.Depth);
            },
            edge => steps.Add(steps[edge.Step] with { Kind = ShapStepKind.Leave }));
        (Steps, Shares) = ([.. steps], [.. shares]);
        if (keepNumbers)
        {
            Numbers = new double[Shares.Length * NumbersPerEdge];
            foreach (ShapStep step in Steps.Where(step => step.Kind != ShapStepKind.Leave))
            {
                WriteNumbers(Shares[step.Edge], step.Kind == ShapStepKind.Leaf, Numbers.AsSpan(step.Edge * NumbersPerEdge, NumbersPerEdge));
            }
        }
    }

    /// <summary>Visits every edge, left before right, with the edges above it by their depth; leaving an inner node is told after all below it.</summary>
    private void Walk(int tree, Action<Edge, List<Edge>> enter, Action<Edge> leave)
    {
        int root = trees.TreeStart[tree];
        var path = new List<Edge> { new(root, -1, 0, 0, 1, 1, 0, -1) };
        var waiting = new Stack<(int Node, int Parent, int Depth)>();
        int step = 0;
        void Push(int node, int depth)
        {
            if (!trees.IsLeaf(node))
            {
                waiting.Push((trees.Right[node], node, depth));
                waiting.Push((trees.Left[node], node, depth));
            }
        }

        void LeaveDownTo(int depth)
        {
            while (path.Count > depth)
            {
                if (path.Count > 1 && !trees.IsLeaf(path[^1].Node))
                {
                    leave(path[^1]);
                    step++;
                }

                path.RemoveAt(path.Count - 1);
            }
        }

        Push(root, 1);
        while (waiting.TryPop(out (int Node, int Parent, int Depth) next))
        {
            LeaveDownTo(next.Depth);
            Edge edge = EdgeTo(next.Node, next.Parent, next.Depth, path, step++);
            enter(edge, path);
            path.Add(edge);
            Push(next.Node, next.Depth + 1);
        }

        LeaveDownTo(0);
    }

    private Edge EdgeTo(int node, int parent, int depth, List<Edge> path, int step)
    {
        int known = depth - 1;
        while (known > 0 && trees.Feature[path[known].Parent] != trees.Feature[parent])
        {
            known--;
        }

        double left = LeftShare(trees, parent), share = trees.Left[parent] == node ? left : 1 - left;
        return new Edge(
            node, parent, depth, known, share, path[known].OwnShare * share, path[depth - 1].Features + (known == 0 ? 1 : 0), step);
    }

    /// <param name="Node">The lower end.</param>
    /// <param name="Parent">The upper end.</param>
    /// <param name="Depth">Of the lower end.</param>
    /// <param name="Known">Depth of the nearest edge above of the same feature, or 0.</param>
    /// <param name="Share">Of the parent's training weight.</param>
    /// <param name="OwnShare">Product of the shares of the feature's edges down to here.</param>
    /// <param name="Features">Number of different features down to here.</param>
    /// <param name="Step">The step that enters it.</param>
    private readonly record struct Edge(int Node, int Parent, int Depth, int Known, double Share, double OwnShare, int Features, int Step);
}
