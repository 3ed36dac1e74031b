using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>Writes XGBoost's JSON model in the form of version 1.7, which that version and later ones load.</summary>
internal static class XgboostWriter
{
    public static ExportedModel Write(OutgoingModel model)
    {
        SchemaColumn[] columns = [.. model.Signature.Features.Columns];
        string[] names = OutgoingNames.Of(columns.Select(column => column.Name), c => c is not ('[' or ']' or '<'), model.Notes);
        ExportedColumn[] exported = [.. columns.Select((column, i) => new ExportedColumn(names[i], column.Levels))];
        string objective = XgboostObjectives.For(model.Objective, model.Link);
        if (model.Objective == BoostingObjective.Quantile)
        {
            model.Notes.Add("XGBoost 1.7 has no quantile objective: predictions are the same under reg:squarederror, but training on from there would lower another loss.");
        }

        NoteFineColumns(model, names);
        var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
        {
            Model(json, model, exported, objective);
        }

        return new ExportedModel(TreeModelFormat.Xgboost, objective, exported, content.GetBuffer().AsMemory(0, (int)content.Length), model.Notes);
    }

    /// <summary>XGBoost rounds numbers to floats: where two thresholds of a column become one, values between them are no longer told apart.</summary>
    private static void NoteFineColumns(OutgoingModel model, string[] names)
    {
        TreeEnsemble trees = model.Trees;
        string[] fine =
        [
            .. from node in Enumerable.Range(0, trees.NodeCount)
               where !trees.IsLeaf(node) && trees.CategorySet[node] < 0
               group trees.Threshold[node] by trees.Feature[node] into thresholds
               let different = thresholds.Distinct().ToArray()
               where different.Select(threshold => (float)threshold).Distinct().Count() < different.Length
               orderby thresholds.Key
               select names[thresholds.Key],
        ];
        if (fine.Length > 0)
        {
            model.Notes.Add($"XGBoost rounds numbers to about seven digits, which is coarser than the splits of {NearNames.List(fine, 12)}: rows near a threshold of {(fine.Length == 1 ? "it" : "these")} may be predicted otherwise. LightGBM keeps all digits.");
        }
    }

    private static void Model(Utf8JsonWriter json, OutgoingModel model, ExportedColumn[] columns, string objective)
    {
        XgboostBaseScore start = XgboostBaseScore.Of(model.Link, model.Trees.BaseScores);
        json.WriteStartObject();
        json.WriteStartObject("learner");
        json.WriteStartObject("attributes");
        if (columns.Any(column => column.Levels is not null))
        {
            Dictionary<string, IReadOnlyList<string>> levels = columns.Where(column => column.Levels is not null).ToDictionary(column => column.Name, column => column.Levels!);
            json.WriteString(XgboostReader.LevelsAttribute, JsonSerializer.Serialize(levels, ModelFileJson.Options));
        }

        json.WriteEndObject();
        Texts(json, "feature_names", columns.Select(column => column.Name));
        Texts(json, "feature_types", columns.Select(column => column.Levels is null ? "float" : "c"));
        Booster(json, model, start);
        Parameters(json, "learner_model_param", ("base_score", Text(start.Prediction)), ("boost_from_average", "1"), ("num_class", Text(model.OutputCount > 1 ? model.OutputCount : 0)), ("num_feature", Text(columns.Length)), ("num_target", "1"));
        Objective(json, objective, model.OutputCount);
        json.WriteEndObject();
        json.WriteStartArray("version");
        foreach (int part in (int[])[1, 7, 0])
        {
            json.WriteNumberValue(part);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Booster(Utf8JsonWriter json, OutgoingModel model, XgboostBaseScore start)
    {
        int count = model.Rounds.Count * model.OutputCount;
        json.WriteStartObject("gradient_booster");
        json.WriteStartObject("model");
        Parameters(json, "gbtree_model_param", ("num_parallel_tree", "1"), ("num_trees", Text(count)), ("size_leaf_vector", "0"));
        json.WriteStartArray("tree_info");
        for (int tree = 0; tree < count; tree++)
        {
            json.WriteNumberValue(tree % model.OutputCount);
        }

        json.WriteEndArray();
        json.WriteStartArray("trees");
        int id = 0;
        foreach ((int round, TreePart?[] parts) in model.Rounds.Index())
        {
            for (int output = 0; output < parts.Length; output++)
            {
                new XgboostTreeWriter(json, model.Trees, model.Signature.Features.Columns, parts[output], round == 0 ? start.Rest[output] : 0).Write(id++);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("name", "gbtree");
        json.WriteEndObject();
    }

    /// <summary>The objective with the parameters without which XGBoost does not load it; they matter to training only.</summary>
    private static void Objective(Utf8JsonWriter json, string objective, int outputs)
    {
        json.WriteStartObject("objective");
        json.WriteString("name", objective);
        switch (objective)
        {
            case "reg:squarederror" or "reg:logistic" or "binary:logistic":
                Parameters(json, "reg_loss_param", ("scale_pos_weight", "1"));
                break;
            case "multi:softprob":
                Parameters(json, "softmax_multiclass_param", ("num_class", Text(outputs)));
                break;
            case "count:poisson":
                Parameters(json, "poisson_regression_param", ("max_delta_step", "0.7"));
                break;
            case "reg:tweedie":
                Parameters(json, "tweedie_regression_param", ("tweedie_variance_power", "1.5"));
                break;
            case "reg:pseudohubererror":
                Parameters(json, "pseudo_huber_param", ("huber_slope", "1"));
                break;
            case "rank:pairwise" or "rank:ndcg":
                Parameters(json, "lambda_rank_param", ("fix_list_weight", "0"), ("num_pairsample", "1"));
                break;
        }

        json.WriteEndObject();
    }

    public static void Parameters(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        json.WriteStartObject(name);
        foreach ((string key, string value) in parameters)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    public static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
