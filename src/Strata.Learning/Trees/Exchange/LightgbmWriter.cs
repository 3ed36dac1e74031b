using System.Globalization;
using System.Text;
using System.Text.Json;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>Writes LightGBM's text model, version 4. LightGBM has no base score: it goes into the leaves of the first round, as LightGBM itself does it.</summary>
internal static class LightgbmWriter
{
    public static ExportedModel Write(OutgoingModel model)
    {
        SchemaColumn[] columns = [.. model.Signature.Features.Columns];
        string[] names = OutgoingNames.Of(columns.Select(column => column.Name), c => !char.IsWhiteSpace(c) && !char.IsControl(c), model.Notes);
        ExportedColumn[] exported = [.. columns.Select((column, i) => new ExportedColumn(names[i], column.Levels))];
        string objective = model.IsShares ? "none" : LightgbmObjectives.For(model.Objective, model.Link, model.OutputCount);
        List<string> trees = Trees(model, columns);
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');
        Line("tree");
        Line("version=v4");
        Line($"num_class={Text(model.OutputCount)}");
        Line($"num_tree_per_iteration={Text(model.OutputCount)}");
        Line("label_index=0");
        Line($"max_feature_idx={Text(columns.Length - 1)}");
        if (!model.IsShares)
        {
            Line($"objective={objective}");
        }

        Line($"feature_names={string.Join(' ', names)}");
        Line($"feature_infos={string.Join(' ', Enumerable.Range(0, columns.Length).Select(feature => Info(model.Trees, feature, columns[feature])))}");
        Line($"tree_sizes={string.Join(' ', trees.Select(tree => Text(Encoding.UTF8.GetByteCount(tree))))}");
        Line(string.Empty);
        foreach (string tree in trees)
        {
            text.Append(tree);
        }

        Line("end of trees");
        Line(string.Empty);
        string[][] levels = [.. exported.Where(column => column.Levels is not null).Select(column => column.Levels!.ToArray())];
        Line($"pandas_categorical:{(levels.Length == 0 ? "null" : JsonSerializer.Serialize(levels, ModelFileJson.Options))}");
        return new ExportedModel(TreeModelFormat.Lightgbm, objective, exported, Encoding.UTF8.GetBytes(text.ToString()), model.Notes);
    }

    /// <summary>An invariant text that reads back to the same number; infinite ones as the largest finite one, for a text may not hold them.</summary>
    public static string Text(double value) => Math.Clamp(value, double.MinValue, double.MaxValue).ToString("R", CultureInfo.InvariantCulture);

    private static List<string> Trees(OutgoingModel model, SchemaColumn[] columns)
    {
        var trees = new List<string>();
        foreach ((int round, TreePart?[] parts) in model.Rounds.Index())
        {
            for (int output = 0; output < parts.Length; output++)
            {
                string lines = new LightgbmTreeWriter(model.Trees, columns, model.ZeroIsMissing, parts[output], round == 0 ? model.Trees.BaseScores[output] : 0).Lines();
                trees.Add(string.Create(CultureInfo.InvariantCulture, $"Tree={trees.Count}\n{lines}\n\n"));
            }
        }

        return trees;
    }

    /// <summary>What the file says of a column's values: codes of a category, the range of the thresholds of a number.</summary>
    private static string Info(TreeEnsemble trees, int feature, SchemaColumn column)
    {
        if (column.Levels is { } levels)
        {
            return levels.Count == 0 ? "-1" : string.Join(':', Enumerable.Range(0, levels.Count).Select(code => code.ToString(CultureInfo.InvariantCulture)));
        }

        double[] thresholds = [.. Enumerable.Range(0, trees.NodeCount).Where(node => trees.Feature[node] == feature).Select(node => trees.Threshold[node])];
        return thresholds.Length == 0 ? "none" : $"[{Text(thresholds.Min())}:{Text(thresholds.Max())}]";
    }
}
