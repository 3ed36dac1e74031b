using System.Globalization;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>Reads LightGBM's text model (versions 2 to 4).</summary>
internal static class LightgbmReader
{
    private const int MostClasses = 65_536;

    public static ForeignModel Read(ReadOnlySpan<byte> bytes)
    {
        LightgbmText text = LightgbmText.Parse(bytes);
        LightgbmLines head = text.Head;
        int outputs = head.Find("num_tree_per_iteration")?.Whole(1, MostClasses) ?? head["num_class"].Whole(1, MostClasses);
        string[] features = head["feature_names"].Words();
        if (head["max_feature_idx"].Whole(0, int.MaxValue - 1) + 1 != features.Length)
        {
            throw head["feature_names"].Unexpected($"max_feature_idx + 1 = {head["max_feature_idx"].Value} + 1 names");
        }

        (ForeignObjective? objective, double scale) = LightgbmObjectives.Read(head.Find("objective"));
        if (objective is not null && (objective.Task == LearningTask.MulticlassClassification) != (outputs > 1))
        {
            throw new ModelFileException($"The model has {outputs} trees a round, which does not suit objective '{objective.Name}'.");
        }

        if (text.Trees.Count % outputs != 0)
        {
            throw new ModelFileException($"The model has {text.Trees.Count} trees, which are no whole rounds of {outputs}.");
        }

        var zeros = new ZeroColumns(features);
        ForeignTree[] trees = [.. text.Trees.Select((lines, i) => Tree(lines, i % outputs, zeros))];
        var notes = new List<string>();
        if (scale != 1)
        {
            notes.Add($"The scores are multiplied by {scale.ToString(CultureInfo.InvariantCulture)} (LightGBM's sigmoid parameter), so that they are log-odds; probabilities are the same.");
        }

        Dictionary<int, int[]> known = KnownCodes(head.Find("feature_infos"), features.Length);
        HashSet<int> categories = [.. known.Keys, .. trees.SelectMany(tree => Enumerable.Range(0, tree.NodeCount).Where(node => tree.LeftCodes[node] is not null).Select(node => tree.Feature[node]))];
        return new ForeignModel
        {
            Format = TreeModelFormat.Lightgbm,
            Origin = $"LightGBM {head.Find("version")?.Value ?? string.Empty}, {head.Find("objective")?.Value ?? "no objective"}{(head.Find("average_output") is null ? string.Empty : ", average of the trees")}",
            Features = features,
            OutputCount = outputs,
            BaseScores = new double[outputs],
            Objective = objective,
            Trees = trees,
            TreesPerRound = outputs,
            Scale = scale,
            IsAveraged = head.Find("average_output") is not null,
            Categories = categories,
            Levels = LightgbmLevels.Of(text.PandasCategorical, [.. categories.Order()], known, notes),
            KnownCodes = known.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<int>)pair.Value),
            ZeroIsMissing = zeros.Columns,
            Notes = notes,
        };
    }

    private static ForeignTree Tree(LightgbmLines lines, int output, ZeroColumns zeros)
    {
        ForeignTree tree = LightgbmTree.Read(lines, zeros.Add);
        tree.Output = output;
        return tree;
    }

    /// <summary>The codes of each category column: its info is codes between colons, where a range in brackets is a number and <c>none</c> a column that was never used.</summary>
    private static Dictionary<int, int[]> KnownCodes(LightgbmLine? line, int count)
    {
        string[] infos = line?.Words() ?? [];
        if (infos.Length != 0 && infos.Length != count)
        {
            throw line!.Unexpected($"{count} values, one a column");
        }

        var known = new Dictionary<int, int[]>();
        for (int i = 0; i < infos.Length; i++)
        {
            if (infos[i] != "none" && !infos[i].StartsWith('['))
            {
                known[i] = [.. infos[i].Split(':').Select(code => int.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= -1 ? value : throw line!.Unexpected("'none', a range in brackets, or codes between colons for each column")).Where(code => code >= 0)];
            }
        }

        return known;
    }

    /// <summary>Which columns take zero for missing: a matter of the column, not of the node.</summary>
    private sealed class ZeroColumns(string[] features)
    {
        private readonly Dictionary<int, bool> known = [];

        public HashSet<int> Columns => [.. known.Where(pair => pair.Value).Select(pair => pair.Key)];

        public void Add(int feature, bool zeroIsMissing)
        {
            if (!known.TryAdd(feature, zeroIsMissing) && known[feature] != zeroIsMissing)
            {
                throw new ModelFileException($"Column '{features.ElementAtOrDefault(feature)}' takes zero for missing at some splits and not at others.");
            }
        }
    }
}
