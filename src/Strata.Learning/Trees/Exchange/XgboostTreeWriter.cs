using System.Globalization;
using System.Text.Json;
using Strata.Learning.Data;

namespace Strata.Learning.Trees.Exchange;

/// <summary>Writes one tree as XGBoost has it; <see cref="XgboostTree"/> tells its rules.</summary>
/// <remarks>
/// The children of a category node are exchanged, for XGBoost's set goes right. A node that sends no level left, only what is missing, keeps its sides: XGBoost takes no empty set, so
/// all levels go right.
/// </remarks>
/// <param name="json">Where it goes.</param>
/// <param name="trees">The ensemble.</param>
/// <param name="columns">Its columns.</param>
/// <param name="part">The tree and which of its values; null for a tree of one leaf of value 0.</param>
/// <param name="rest">What is added to every value.</param>
internal sealed class XgboostTreeWriter(Utf8JsonWriter json, TreeEnsemble trees, IReadOnlyList<SchemaColumn> columns, TreePart? part, double rest)
{
    /// <summary>The parent of a root.</summary>
    private const int NoParent = int.MaxValue;

    private readonly int first = part is null ? 0 : trees.TreeStart[part.Tree];
    private readonly int count = part is null ? 1 : trees.TreeStart[part.Tree + 1] - trees.TreeStart[part.Tree];

    public void Write(int id)
    {
        int[] parents = Parents();
        json.WriteStartObject();
        Numbers("base_weights", Value);
        Categories();
        Wholes("default_left", node => !IsLeaf(node) && trees.MissingLeft[node] != 0 != IsTurned(node) ? 1 : 0);
        json.WriteNumber("id", id);
        Wholes("left_children", node => IsLeaf(node) ? -1 : (IsTurned(node) ? trees.Right[node] : trees.Left[node]) - first);
        Numbers("loss_changes", node => IsLeaf(node) ? 0 : Single(trees.Gain[node]));
        Wholes("parents", node => parents[node - first]);
        Wholes("right_children", node => IsLeaf(node) ? -1 : (IsTurned(node) ? trees.Left[node] : trees.Right[node]) - first);
        Numbers("split_conditions", node => IsLeaf(node) ? Value(node) : IsCategory(node) ? 0 : Float32Threshold.Exclusive(trees.Threshold[node], columns[trees.Feature[node]].Type is ColumnType.Float32 or ColumnType.Int64 or ColumnType.Boolean));
        Wholes("split_indices", node => IsLeaf(node) ? 0 : trees.Feature[node]);
        Wholes("split_type", node => IsCategory(node) ? 1 : 0);
        Numbers("sum_hessian", node => part is null ? 0 : Single(trees.Cover[node]));
        XgboostWriter.Parameters(json, "tree_param", ("num_deleted", "0"), ("num_feature", XgboostWriter.Text(trees.FeatureCount)), ("num_nodes", XgboostWriter.Text(count)), ("size_leaf_vector", "0"));
        json.WriteEndObject();
    }

    private bool IsLeaf(int node) => part is null || trees.IsLeaf(node);

    private bool IsCategory(int node) => part is not null && !trees.IsLeaf(node) && trees.CategorySet[node] >= 0;

    private bool IsTurned(int node) => IsCategory(node) && trees.CategorySets.Codes(trees.CategorySet[node]).Length > 0;

    private float Value(int node) => Single((part is null ? 0 : trees.Value[node * trees.ValueWidth + part.Value]) + rest);

    private static float Single(double value) => float.IsFinite((float)value) ? (float)value : throw new DataException($"The trees hold the number {value}, which is too large for XGBoost's floats.");

    private int[] Parents()
    {
        var parents = new int[count];
        parents[0] = NoParent;
        for (int node = first; node < first + count; node++)
        {
            if (!IsLeaf(node))
            {
                parents[trees.Left[node] - first] = parents[trees.Right[node] - first] = node - first;
            }
        }

        return parents;
    }

    private void Categories()
    {
        int[] nodes = [.. Enumerable.Range(first, count).Where(IsCategory)];
        int[][] sets = [.. nodes.Select(node => IsTurned(node) ? trees.CategorySets.Codes(trees.CategorySet[node]) : [.. Enumerable.Range(0, columns[trees.Feature[node]].Levels?.Count ?? 1)])];
        List(sets.SelectMany(set => set), "categories");
        List(nodes.Select(node => node - first), "categories_nodes");
        int start = 0;
        List(sets.Select(set => (start += set.Length) - set.Length), "categories_segments");
        List(sets.Select(set => set.Length), "categories_sizes");
    }

    private void Wholes(string name, Func<int, int> of) => List(Enumerable.Range(first, count).Select(of), name);

    private void List(IEnumerable<int> values, string name)
    {
        json.WriteStartArray(name);
        foreach (int value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private void Numbers(string name, Func<int, float> of)
    {
        json.WriteStartArray(name);
        for (int node = first; node < first + count; node++)
        {
            // XGBoost takes a number for a float only where it has a point or an exponent.
            string text = of(node).ToString("R", CultureInfo.InvariantCulture);
            json.WriteRawValue(text.AsSpan().ContainsAny('.', 'E') ? text : text + "E0");
        }

        json.WriteEndArray();
    }
}
