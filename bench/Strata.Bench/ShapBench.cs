using System.Runtime.InteropServices;
using System.Text.Json;
using Strata.Learning;
using Strata.Learning.Explanation;
using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;

namespace Strata.Bench;

/// <summary>TreeSHAP of trees and rows that peers/shap.py wrote: its time, and the largest difference from the peer's values.</summary>
internal static class ShapBench
{
    /// <param name="args"><c>--data</c> is a directory with trees.json, rows.f32, contributions.f32 [rows, features + bias] and interactions.f32 of the first rows.</param>
    public static int Run(string[] args)
    {
        var options = new Options(args);
        string directory = options.Text("data") ?? throw new ArgumentException("Give --data DIR, the directory that peers/shap.py wrote.");
        int threads = options.Number("threads", Environment.ProcessorCount);
        Dump dump = JsonSerializer.Deserialize<Dump>(File.ReadAllText(Path.Combine(directory, "trees.json")), ModelFileJson.Options)!;
        float[] rows = Floats(Path.Combine(directory, "rows.f32")), expected = Floats(Path.Combine(directory, "contributions.f32"));
        int rowCount = rows.Length / dump.FeatureCount;
        double[][] columns = [.. Enumerable.Range(0, dump.FeatureCount).Select(j => Enumerable.Range(0, rowCount).Select(row => (double)rows[row * dump.FeatureCount + j]).ToArray())];
        TreeEnsemble trees = dump.Ensemble();

        // Each repeat makes the trees ready anew: nothing is kept from the one before.
        double[] values = [];
        Timing timing = Timing.Of(options.Number("repeats", 5), () => values = new TreeShap(trees).Contributions(columns, rowCount, threads));
        double difference = 0;
        for (int row = 0; row < rowCount; row++)
        {
            for (int j = 0; j < dump.FeatureCount; j++)
            {
                difference = Math.Max(difference, Math.Abs(values[row * dump.FeatureCount + j] - expected[row * (dump.FeatureCount + 1) + j]));
            }
        }

        var context = new FitContext { Threads = threads };
        int pairRows = Math.Min(rowCount, options.Number("pair-rows", 500)), backgroundRows = Math.Min(rowCount, options.Number("background", 100));
        float[] expectedPairs = Floats(Path.Combine(directory, "interactions.f32"));
        double[] pairs = [];
        Timing pairTiming = Timing.Of(options.Number("repeats", 5), () => pairs = new TreeShap(trees).Interactions(columns, pairRows, context));
        Timing mixtureTiming = Timing.Of(options.Number("repeats", 5), () => new InterventionalShap(trees, columns, backgroundRows, context).Contributions(columns, rowCount, context));
        Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                seconds = timing.MedianWall,
                processor_seconds = timing.MedianProcessor,
                largest_difference = difference,
                pair_seconds = pairTiming.MedianWall,
                pair_processor_seconds = pairTiming.MedianProcessor,
                largest_pair_difference = LargestPairDifference(pairs, expectedPairs, dump.FeatureCount),
                interventional_seconds = mixtureTiming.MedianWall,
                interventional_processor_seconds = mixtureTiming.MedianProcessor,
                threads,
            },
            ModelFileJson.Options));
        return 0;
    }

    /// <param name="ours">[rows, features, features]</param>
    /// <param name="theirs">[rows, features + bias, features + bias]</param>
    /// <param name="features">The number of features.</param>
    private static double LargestPairDifference(double[] ours, float[] theirs, int features)
    {
        double difference = 0;
        for (int at = 0; at < ours.Length; at++)
        {
            int row = at / (features * features), i = at / features % features, j = at % features;
            difference = Math.Max(difference, Math.Abs(ours[at] - theirs[(row * (features + 1) + i) * (features + 1) + j]));
        }

        return difference;
    }

    private static float[] Floats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();

    private sealed record Dump(int FeatureCount, double Base, Tree[] Trees)
    {
        public TreeEnsemble Ensemble()
        {
            var builder = new TreeEnsembleBuilder(FeatureCount, [Base]);
            foreach (Tree tree in Trees)
            {
                tree.AddTo(builder);
                builder.EndTree();
            }

            return builder.Build();
        }
    }

    /// <summary>One tree as arrays by node; -1 for a leaf's children.</summary>
    private sealed record Tree(int[] Feature, double[] Threshold, int[] Left, int[] Right, int[] MissingLeft, double[] Value, double[] Cover)
    {
        public void AddTo(TreeEnsembleBuilder builder)
        {
            int first = builder.NodeCount;
            for (int node = 0; node < Feature.Length; node++)
            {
                builder.AddLeaf([Value[node]], Cover[node], 0);
            }

            for (int node = 0; node < Feature.Length; node++)
            {
                if (Left[node] >= 0)
                {
                    builder.Split(first + node, Feature[node], Threshold[node], MissingLeft[node] == 1, first + Left[node], first + Right[node]);
                }
            }
        }
    }
}
