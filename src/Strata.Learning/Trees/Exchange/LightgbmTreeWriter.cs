using System.Globalization;
using System.Text;
using Strata.Learning.Data;

namespace Strata.Learning.Trees.Exchange;

/// <summary>Writes one tree as LightGBM has it; <see cref="LightgbmTree"/> tells its rules.</summary>
/// <remarks>A category node whose missing values go left is turned round: LightGBM sends what is missing right, so the set becomes all levels that are not in it.</remarks>
internal sealed class LightgbmTreeWriter
{
    private readonly TreeEnsemble trees;
    private readonly IReadOnlyList<SchemaColumn> columns;
    private readonly IReadOnlySet<int> zeroIsMissing;
    private readonly TreePart? part;
    private readonly double rest;
    private readonly int[] inner, leaves, placeOf, rows;
    private readonly int first;

    /// <param name="trees">The ensemble.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="zeroIsMissing">Columns in which zero counts as missing.</param>
    /// <param name="part">The tree and which of its values; null for a tree of one leaf of value 0.</param>
    /// <param name="rest">What is added to every value.</param>
    public LightgbmTreeWriter(TreeEnsemble trees, IReadOnlyList<SchemaColumn> columns, IReadOnlySet<int> zeroIsMissing, TreePart? part, double rest)
    {
        (this.trees, this.columns, this.zeroIsMissing, this.part, this.rest) = (trees, columns, zeroIsMissing, part, rest);
        first = part is null ? 0 : trees.TreeStart[part.Tree];
        int[] nodes = part is null ? [] : [.. Enumerable.Range(first, trees.TreeStart[part.Tree + 1] - first)];
        (inner, leaves) = ([.. nodes.Where(node => !trees.IsLeaf(node))], [.. nodes.Where(trees.IsLeaf)]);
        placeOf = new int[nodes.Length];
        foreach ((int place, int node) in inner.Index())
        {
            placeOf[node - first] = place;
        }

        foreach ((int place, int node) in leaves.Index())
        {
            placeOf[node - first] = ~place;
        }

        rows = Rows(nodes.Length);
    }

    public string Lines()
    {
        var text = new StringBuilder();
        void Line(string key, IEnumerable<string> values) => text.Append(key).Append('=').AppendJoin(' ', values).Append('\n');
        (List<int> boundaries, List<uint> words, int[] setOf) = Sets();
        Line("num_leaves", [Text(Math.Max(1, leaves.Length))]);
        Line("num_cat", [Text(boundaries.Count - 1)]);
        Line("split_feature", inner.Select(node => Text(trees.Feature[node])));
        Line("split_gain", inner.Select(node => Text(trees.Gain[node])));
        Line("threshold", inner.Select((node, i) => setOf[i] >= 0 ? Text(setOf[i]) : Text(trees.Threshold[node])));
        Line("decision_type", inner.Select(node => Text(Decision(node))));
        Line("left_child", inner.Select(node => Text(placeOf[(IsTurned(node) ? trees.Right[node] : trees.Left[node]) - first])));
        Line("right_child", inner.Select(node => Text(placeOf[(IsTurned(node) ? trees.Left[node] : trees.Right[node]) - first])));
        Line("leaf_value", leaves.Length == 0 ? [Text(rest)] : leaves.Select(node => Text(Value(node))));
        Line("leaf_weight", leaves.Length == 0 ? ["0"] : leaves.Select(node => Text(trees.Cover[node])));
        Line("leaf_count", leaves.Length == 0 ? ["0"] : leaves.Select(node => Text(rows[node - first])));
        Line("internal_value", inner.Select(node => Text(Value(node))));
        Line("internal_weight", inner.Select(node => Text(trees.Cover[node])));
        Line("internal_count", inner.Select(node => Text(rows[node - first])));
        if (boundaries.Count > 1)
        {
            Line("cat_boundaries", boundaries.Select(boundary => Text(boundary)));
            Line("cat_threshold", words.Select(word => word.ToString(CultureInfo.InvariantCulture)));
        }

        Line("is_linear", ["0"]);
        Line("shrinkage", ["1"]);
        return text.ToString();
    }

    private static string Text(double value) => LightgbmWriter.Text(value);

    private double Value(int node) => trees.Value[node * trees.ValueWidth + part!.Value] + rest;

    private bool IsCategory(int node) => trees.CategorySet[node] >= 0;

    private bool IsTurned(int node) => IsCategory(node) && trees.MissingLeft[node] != 0;

    /// <summary>Bit 0: by categories; bit 1: missing goes left; bits 2 and 3: 1 where zero counts as missing, 2 where NaN does.</summary>
    private int Decision(int node) => IsCategory(node) ? 1 | 2 << 2 : (trees.MissingLeft[node] != 0 ? 2 : 0) | (zeroIsMissing.Contains(trees.Feature[node]) ? 1 : 2) << 2;

    /// <summary>The sets as words of 32 bits, where each begins, and for each inner node its set or -1.</summary>
    private (List<int> Boundaries, List<uint> Words, int[] SetOf) Sets()
    {
        var (boundaries, words, setOf) = (new List<int> { 0 }, new List<uint>(), new int[inner.Length]);
        foreach ((int i, int node) in inner.Index())
        {
            setOf[i] = -1;
            if (!IsCategory(node))
            {
                continue;
            }

            int[] codes = trees.CategorySets.Codes(trees.CategorySet[node]);
            if (IsTurned(node))
            {
                codes = [.. Enumerable.Range(0, columns[trees.Feature[node]].Levels?.Count ?? 0).Except(codes)];
            }

            var bits = new uint[codes.DefaultIfEmpty(0).Max() / 32 + 1];
            foreach (int code in codes)
            {
                bits[code / 32] |= 1u << (code % 32);
            }

            setOf[i] = boundaries.Count - 1;
            words.AddRange(bits);
            boundaries.Add(words.Count);
        }

        return (boundaries, words, setOf);
    }

    /// <summary>Rows a node; where the model does not know them (it was imported from XGBoost) the cover stands for them, at least one a leaf, for LightGBM explains by counts.</summary>
    private int[] Rows(int count)
    {
        var counts = new int[count];
        bool known = count > 0 && trees.RowCount[first] > 0;
        for (int i = count - 1; i >= 0; i--)
        {
            int node = first + i;
            counts[i] = known ? trees.RowCount[node]
                : trees.IsLeaf(node) ? (int)Math.Clamp(Math.Round(trees.Cover[node]), 1, 1e9)
                : (int)Math.Min(int.MaxValue, (long)counts[trees.Left[node] - first] + counts[trees.Right[node] - first]);
        }

        return counts;
    }
}
