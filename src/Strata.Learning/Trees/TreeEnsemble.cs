using Strata.Learning.ModelFiles;
using Strata.Learning.Trees.Scoring;

namespace Strata.Learning.Trees;

/// <summary>
/// A sum of binary decision trees over one vector of features, as flat arrays over the nodes of all trees: what boosting, forests and single trees all become.
/// </summary>
/// <remarks>
/// The raw score of output <c>k</c> is <c>BaseScores[k]</c> plus, over the trees <c>t</c>, <c>Value[leaf * ValueWidth + k - TreeOutput[t]]</c> where that index lies within the
/// leaf's <see cref="ValueWidth"/> values. The nodes of tree <c>t</c> are <c>TreeStart[t] .. TreeStart[t + 1]</c>, its root the first of them; children follow their parent.
/// A node sends a row left when the value is at most <see cref="Threshold"/>, or, for categories, when the level's code is in its set; a missing value (NaN) goes
/// where <see cref="MissingLeft"/> says.
/// </remarks>
public sealed class TreeEnsemble
{
    private readonly Lazy<CompiledTrees?> compiled;
    private readonly Lazy<RowWalk> rowWalk;

    public TreeEnsemble()
    {
        compiled = new Lazy<CompiledTrees?>(() => CompiledTrees.Of(this));
        rowWalk = new Lazy<RowWalk>(() => new RowWalk(this));
    }

    public required int FeatureCount { get; init; }

    /// <summary>The scores before any tree [outputs].</summary>
    public required double[] BaseScores { get; init; }

    /// <summary>How many consecutive outputs each leaf adds to: 1 for boosting, all outputs for a forest of class probabilities.</summary>
    public required int ValueWidth { get; init; }

    /// <summary>First node of each tree, and the node count at the end [trees + 1].</summary>
    public required int[] TreeStart { get; init; }

    /// <summary>The first output that each tree adds to [trees].</summary>
    public required int[] TreeOutput { get; init; }

    /// <summary>The feature that a node splits on, or -1 for a leaf [nodes].</summary>
    public required int[] Feature { get; init; }

    /// <summary>Values at most this go left; unused by leaves and category splits [nodes].</summary>
    public required double[] Threshold { get; init; }

    /// <summary>1 where a missing value goes left, else 0 [nodes].</summary>
    public required byte[] MissingLeft { get; init; }

    /// <summary>The node's set in <see cref="CategorySets"/> of level codes that go left, or -1 where the split is not by categories [nodes].</summary>
    public required int[] CategorySet { get; init; }

    public required CategorySets CategorySets { get; init; }

    /// <summary>The child, as an index into the nodes of all trees; -1 for leaves [nodes].</summary>
    public required int[] Left { get; init; }

    /// <inheritdoc cref="Left"/>
    public required int[] Right { get; init; }

    /// <summary>What a row that ends here adds to the outputs, row-major [nodes, ValueWidth]; inner nodes hold what they would add as leaves.</summary>
    public required double[] Value { get; init; }

    /// <summary>By how much the split lowered the training loss (in the units of the grower's gain); 0 for leaves [nodes].</summary>
    public required double[] Gain { get; init; }

    /// <summary>Sum of the training rows' hessians (boosting) or weights (forests) here [nodes].</summary>
    public required double[] Cover { get; init; }

    /// <summary>Number of training rows here, whatever their weight [nodes].</summary>
    public required int[] RowCount { get; init; }

    /// <summary>The form for scoring many rows, made on first use.</summary>
    internal CompiledTrees? Compiled => compiled.Value;

    public int TreeCount => TreeOutput.Length;

    public int NodeCount => Feature.Length;

    public int OutputCount => BaseScores.Length;

    public bool IsLeaf(int node) => Feature[node] < 0;

    /// <summary>Whether the node sends this value left.</summary>
    public bool GoesLeft(int node, double value)
    {
        if (double.IsNaN(value))
        {
            return MissingLeft[node] != 0;
        }

        int set = CategorySet[node];
        return set < 0 ? value <= Threshold[node] : CategorySets.Contains(set, value);
    }

    /// <summary>The leaf of a tree in which a row ends. <paramref name="row"/> has one number a feature, by the rule of <see cref="Data.Column.NumberAt"/>.</summary>
    public int LeafOf(int tree, ReadOnlySpan<double> row)
    {
        int node = TreeStart[tree];
        while (!IsLeaf(node))
        {
            node = GoesLeft(node, row[Feature[node]]) ? Left[node] : Right[node];
        }

        return node;
    }

    /// <summary>The raw scores of one row, without allocating once the first row has been scored. Safe to call from several threads.</summary>
    /// <param name="row">One number a feature, by the rule of <see cref="Data.Column.NumberAt"/>.</param>
    /// <param name="scores">Overwritten [outputs].</param>
    public void Score(ReadOnlySpan<double> row, Span<double> scores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(row.Length, FeatureCount);
        BaseScores.CopyTo(scores);
        if (FeatureCount == 0)
        {
            AddTo(scores, row);
            return;
        }

        rowWalk.Value.Add(row, scores[..OutputCount]);
    }

    /// <summary>Adds all trees' values for one row, node by node as the arrays say: what every faster form is held to.</summary>
    internal void AddTo(Span<double> scores, ReadOnlySpan<double> row)
    {
        for (int tree = 0; tree < TreeCount; tree++)
        {
            int leaf = LeafOf(tree, row);
            for (int k = 0; k < ValueWidth; k++)
            {
                scores[TreeOutput[tree] + k] += Value[leaf * ValueWidth + k];
            }
        }
    }

    /// <summary>The most splits between a root and one of its leaves; 0 when no tree has a split.</summary>
    public int Depth()
    {
        var depth = new int[NodeCount];
        int deepest = 0;
        for (int node = 0; node < NodeCount; node++)
        {
            if (!IsLeaf(node))
            {
                depth[Left[node]] = depth[Right[node]] = depth[node] + 1;
            }

            deepest = Math.Max(deepest, depth[node]);
        }

        return deepest;
    }

    /// <summary>For each feature, the sum over all its splits [features].</summary>
    public double[] Importance(TreeImportance kind)
    {
        var sums = new double[FeatureCount];
        for (int node = 0; node < NodeCount; node++)
        {
            if (!IsLeaf(node))
            {
                sums[Feature[node]] += kind switch
                {
                    TreeImportance.Gain => Gain[node],
                    TreeImportance.Cover => Cover[node],
                    _ => 1,
                };
            }
        }

        return sums;
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Set("feature_count", FeatureCount);
        writer.Set("value_width", ValueWidth);
        writer.Tensor("base_scores", BaseScores);
        writer.Tensor("tree_start", TreeStart);
        writer.Tensor("tree_output", TreeOutput);
        writer.Tensor("feature", Feature);
        writer.Tensor("threshold", Threshold);
        writer.Tensor("missing_left", MissingLeft);
        writer.Tensor("category_set", CategorySet);
        writer.Tensor("category_set_start", CategorySets.Start);
        writer.Tensor("category_words", CategorySets.Words);
        writer.Tensor("left", Left);
        writer.Tensor("right", Right);
        writer.Tensor("value", Value, Feature.Length, ValueWidth);
        writer.Tensor("gain", Gain);
        writer.Tensor("cover", Cover);
        writer.Tensor("row_count", RowCount);
    }

    /// <exception cref="ModelFileException">Something is absent, of another size, or not a forest of trees.</exception>
    public static TreeEnsemble Read(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        int width = reader.Get<int>("value_width");
        int[] feature = reader.Tensor<int>("feature", -1);
        int count = feature.Length;
        var ensemble = new TreeEnsemble
        {
            FeatureCount = reader.Get<int>("feature_count"),
            ValueWidth = width,
            BaseScores = reader.Tensor<double>("base_scores", -1),
            TreeStart = reader.Tensor<int>("tree_start", -1),
            TreeOutput = reader.Tensor<int>("tree_output", -1),
            Feature = feature,
            Threshold = reader.Tensor<double>("threshold", count),
            MissingLeft = reader.Tensor<byte>("missing_left", count),
            CategorySet = reader.Tensor<int>("category_set", count),
            CategorySets = new CategorySets(reader.Tensor<int>("category_set_start", -1), reader.Tensor<long>("category_words", -1)),
            Left = reader.Tensor<int>("left", count),
            Right = reader.Tensor<int>("right", count),
            Value = reader.Tensor<double>("value", count, width),
            Gain = reader.Tensor<double>("gain", count),
            Cover = reader.Tensor<double>("cover", count),
            RowCount = reader.Tensor<int>("row_count", count),
        };
        return TreeEnsembleCheck.FirstProblem(ensemble) is string problem ? throw new ModelFileException($"The trees of the model file are damaged: {problem}") : ensemble;
    }
}

/// <summary>What is summed over a feature's splits to say how important it was.</summary>
public enum TreeImportance
{
    /// <summary>How much its splits lowered the training loss.</summary>
    Gain,

    /// <summary>How much training weight its splits saw.</summary>
    Cover,

    /// <summary>How many splits it has.</summary>
    Splits,
}
