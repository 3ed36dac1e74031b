namespace Strata.Learning.Trees;

/// <summary>Collects trees, node by node, into a <see cref="TreeEnsemble"/>.</summary>
/// <param name="featureCount">How many features the trees may split on.</param>
/// <param name="baseScores">The scores before any tree [outputs].</param>
/// <param name="valueWidth">Values of each leaf.</param>
/// <param name="capacity">Nodes to make room for; more are taken as they come.</param>
public sealed class TreeEnsembleBuilder(int featureCount, double[] baseScores, int valueWidth = 1, int capacity = 0)
{
    private readonly List<int> treeStart = [0], treeOutput = [];
    private readonly NodeArray<int> feature = new(capacity), categorySet = new(capacity), left = new(capacity), right = new(capacity), rowCount = new(capacity);
    private readonly NodeArray<double> threshold = new(capacity), value = new(checked(capacity * valueWidth)), gain = new(capacity), cover = new(capacity);
    private readonly NodeArray<byte> missingLeft = new(capacity);
    private readonly List<int> setStart = [0];
    private readonly List<long> setWords = [];

    public int TreeCount => treeOutput.Count;

    public int NodeCount => feature.Count;

    /// <summary>Ends the tree whose nodes were added since the last one ended.</summary>
    public void EndTree(int output = 0)
    {
        treeOutput.Add(output);
        treeStart.Add(NodeCount);
    }

    /// <summary>Adds a leaf and returns its node index. The first node of a tree is its root; children are added after their parent.</summary>
    public int AddLeaf(ReadOnlySpan<double> values, double coverSum, int rows)
    {
        if (values.Length != valueWidth)
        {
            throw new ArgumentException($"A leaf has {valueWidth} values, not {values.Length}.", nameof(values));
        }

        feature.Add(-1);
        threshold.Add(0);
        missingLeft.Add(0);
        categorySet.Add(-1);
        left.Add(-1);
        right.Add(-1);
        gain.Add(0);
        value.AddRange(values);
        cover.Add(coverSum);
        rowCount.Add(rows);
        return NodeCount - 1;
    }

    /// <summary>Makes a leaf that was added before into a split by a threshold.</summary>
    public void Split(int node, int onFeature, double atThreshold, bool missingGoesLeft, int leftNode, int rightNode, double splitGain = 0)
    {
        (feature[node], threshold[node], missingLeft[node]) = (onFeature, atThreshold, missingGoesLeft ? (byte)1 : (byte)0);
        (left[node], right[node], gain[node]) = (leftNode, rightNode, splitGain);
    }

    /// <summary>Makes a leaf that was added before into a split by level codes: those given go left.</summary>
    public void SplitCategories(int node, int onFeature, IReadOnlyCollection<int> leftCodes, bool missingGoesLeft, int leftNode, int rightNode, double splitGain = 0)
    {
        ArgumentNullException.ThrowIfNull(leftCodes);
        Split(node, onFeature, 0, missingGoesLeft, leftNode, rightNode, splitGain);
        var words = new long[leftCodes.Count == 0 ? 1 : leftCodes.Max() / 64 + 1];
        foreach (int code in leftCodes)
        {
            words[code >> 6] |= 1L << (code & 63);
        }

        categorySet[node] = setStart.Count - 1;
        setWords.AddRange(words);
        setStart.Add(setWords.Count);
    }

    /// <summary>Appends all trees of another ensemble over the same features; their base scores are left aside.</summary>
    public void AddTrees(TreeEnsemble trees)
    {
        ArgumentNullException.ThrowIfNull(trees);
        if (trees.FeatureCount != featureCount || trees.ValueWidth != valueWidth || trees.OutputCount != baseScores.Length)
        {
            throw new ArgumentException("The ensembles differ in features, outputs or values per leaf.", nameof(trees));
        }

        int nodes = NodeCount, sets = setStart.Count - 1, words = setWords.Count;
        treeStart.AddRange(trees.TreeStart.Skip(1).Select(start => start + nodes));
        treeOutput.AddRange(trees.TreeOutput);
        feature.AddRange(trees.Feature);
        threshold.AddRange(trees.Threshold);
        missingLeft.AddRange(trees.MissingLeft);
        categorySet.AddRange([.. trees.CategorySet.Select(set => set < 0 ? set : set + sets)]);
        left.AddRange([.. trees.Left.Select(node => node < 0 ? node : node + nodes)]);
        right.AddRange([.. trees.Right.Select(node => node < 0 ? node : node + nodes)]);
        value.AddRange(trees.Value);
        gain.AddRange(trees.Gain);
        cover.AddRange(trees.Cover);
        rowCount.AddRange(trees.RowCount);
        setStart.AddRange(trees.CategorySets.Start.Skip(1).Select(start => start + words));
        setWords.AddRange(trees.CategorySets.Words);
    }

    /// <summary>The ensemble of what was added; the builder is at its end then.</summary>
    /// <exception cref="InvalidOperationException">What was added is not a forest of trees.</exception>
    public TreeEnsemble Build()
    {
        var ensemble = new TreeEnsemble
        {
            FeatureCount = featureCount,
            BaseScores = [.. baseScores],
            ValueWidth = valueWidth,
            TreeStart = [.. treeStart],
            TreeOutput = [.. treeOutput],
            Feature = feature.ToArray(),
            Threshold = threshold.ToArray(),
            MissingLeft = missingLeft.ToArray(),
            CategorySet = categorySet.ToArray(),
            CategorySets = new CategorySets([.. setStart], [.. setWords]),
            Left = left.ToArray(),
            Right = right.ToArray(),
            Value = value.ToArray(),
            Gain = gain.ToArray(),
            Cover = cover.ToArray(),
            RowCount = rowCount.ToArray(),
        };
        return TreeEnsembleCheck.FirstProblem(ensemble) is string problem ? throw new InvalidOperationException($"The trees are not sound: {problem}") : ensemble;
    }
}
