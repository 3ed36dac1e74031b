namespace Strata.Learning.Onnx.Evaluation;

/// <summary>Operations of <c>ai.onnx.ml</c>: codes of texts, and trees.</summary>
internal static class TableOperations
{
    public static IEnumerable<(string, Func<OnnxNode, OnnxTensor?[], OnnxTensor>)> All { get; } = [("LabelEncoder", Codes), ("TreeEnsembleRegressor", Trees)];

    private static OnnxTensor Codes(OnnxNode node, OnnxTensor?[] inputs)
    {
        Dictionary<string, long> codeOf = node.Get<string[]>("keys_strings").Zip(node.Get<long[]>("values_int64s")).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        long otherwise = node.Get<long>("default_int64");
        return OnnxTensor.Of(OnnxElement.Int64, inputs[0]!.Shape, inputs[0]!.Texts.Select(text => (double)codeOf.GetValueOrDefault(text, otherwise)));
    }

    private static OnnxTensor Trees(OnnxNode node, OnnxTensor?[] inputs)
    {
        OnnxTensor rows = inputs[0]!;
        long[] trees = node.Get<long[]>("nodes_treeids"), ids = node.Get<long[]>("nodes_nodeids"), features = node.Get<long[]>("nodes_featureids");
        long[] yes = node.Get<long[]>("nodes_truenodeids"), no = node.Get<long[]>("nodes_falsenodeids"), missing = node.Get<long[]>("nodes_missing_value_tracks_true");
        string[] modes = node.Get<string[]>("nodes_modes");
        double[] bounds = node.Get<OnnxTensor>("nodes_values_as_tensor").Numbers;
        Dictionary<(long, long), int> placeOf = trees.Zip(ids).Index().ToDictionary(pair => (pair.Item.First, pair.Item.Second), pair => pair.Index);
        var values = trees.Select(_ => new List<(long Output, double Weight)>()).ToArray();
        long[] leafTrees = node.Get<long[]>("target_treeids"), leafNodes = node.Get<long[]>("target_nodeids"), outputs = node.Get<long[]>("target_ids");
        double[] weights = node.Get<OnnxTensor>("target_weights_as_tensor").Numbers;
        for (int i = 0; i < leafTrees.Length; i++)
        {
            values[placeOf[(leafTrees[i], leafNodes[i])]].Add((outputs[i], weights[i]));
        }

        int[] roots = [.. trees.Select((tree, i) => (tree, i)).GroupBy(pair => pair.tree, (_, nodes) => nodes.First().i)];
        int width = (int)node.Get<long>("n_targets"), columns = rows.Shape[1];
        double[] sums = [.. Enumerable.Repeat(node.Get<OnnxTensor>("base_values_as_tensor").Numbers, rows.Shape[0]).SelectMany(numbers => numbers)];
        Parallel.For(0, rows.Shape[0], row =>
        {
            foreach (int root in roots)
            {
                int at = root;
                while (modes[at] != "LEAF")
                {
                    double value = rows.Numbers[row * columns + features[at]];
                    bool isYes = double.IsNaN(value) ? missing[at] != 0 : value <= bounds[at];
                    at = placeOf[(trees[at], isYes ? yes[at] : no[at])];
                }

                foreach ((long output, double weight) in values[at])
                {
                    sums[row * width + output] += weight;
                }
            }
        });
        return OnnxTensor.Of(OnnxElement.Float, [rows.Shape[0], width], sums);
    }
}
