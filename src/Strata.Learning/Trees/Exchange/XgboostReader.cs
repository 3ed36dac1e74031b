using System.Globalization;
using System.Text.Json;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>Reads XGBoost's JSON model (versions 1.0 to 3): boosters <c>gbtree</c> and <c>dart</c>.</summary>
internal static class XgboostReader
{
    /// <summary>Where a Strata export keeps level names, so that they come back with the file; XGBoost carries attributes along unread.</summary>
    public const string LevelsAttribute = "strata_categories";

    private const int MostFeatures = 1_000_000, MostClasses = 65_536, MostTrees = 10_000_000;

    /// <param name="json">The file's bytes as JSON.</param>
    public static ForeignModel Read(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = Parse(json);
        var root = new JsonPlace(document.RootElement, "model");
        JsonPlace learner = root["learner"], parameters = learner["learner_model_param"], booster = learner["gradient_booster"];
        string kind = booster["name"].Text();
        JsonPlace model = kind switch
        {
            "gbtree" => booster["model"],
            "dart" => booster["gbtree"]["model"],
            "gblinear" => throw new ModelFileException("The booster is 'gblinear': a linear model, not trees. Train 'ridge' or 'logistic_regression' instead."),
            _ => throw booster["name"].Unexpected("'gbtree' or 'dart'"),
        };
        int targets = parameters.Find("num_target")?.Whole(0, MostClasses) ?? 1;
        if (targets > 1)
        {
            throw new ModelFileException($"The model predicts {targets} targets at once; a model here has one. Train one model a target.");
        }

        int classes = parameters["num_class"].Whole(0, MostClasses), outputs = Math.Max(1, classes);
        string[] features = Features(learner, parameters["num_feature"].Whole(0, MostFeatures));
        ForeignObjective objective = XgboostObjectives.Named(learner["objective"]["name"].Text());
        if ((objective.Task == LearningTask.MulticlassClassification) != (classes > 1))
        {
            throw new ModelFileException($"{parameters.Path}.num_class is {classes}, which does not suit objective '{objective.Name}'.");
        }

        List<ForeignTree> trees = Trees(model, outputs, model.Find("weight_drop") ?? booster.Find("weight_drop"));
        int parallel = Math.Max(1, model["gbtree_model_param"].Find("num_parallel_tree")?.Whole(0, MostTrees) ?? 1), perRound = (int)Math.Min((long)outputs * parallel, MostTrees);
        string version = string.Join('.', (root.Find("version")?.Wholes(-1) ?? []).Select(part => part.ToString(CultureInfo.InvariantCulture)));
        return new ForeignModel
        {
            Format = TreeModelFormat.Xgboost,
            Origin = $"XGBoost{(version.Length > 0 ? " " + version : string.Empty)}, {kind}, {objective.Name}",
            Features = features,
            OutputCount = outputs,
            BaseScores = BaseScores(parameters["base_score"], outputs, objective),
            Objective = objective,
            Trees = trees,
            TreesPerRound = perRound,
            Categories = Categories(learner, features.Length),
            Levels = XgboostLevels.Of(learner, model, features),
            Notes = [.. Notes(learner, objective, trees.Count / perRound)],
        };
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(NakedNumbers.Quiet(json), new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException e)
        {
            throw new ModelFileException($"This is not whole JSON: {e.Message}", e);
        }
    }

    private static string[] Features(JsonPlace learner, int count)
    {
        string[] names = [.. learner.Find("feature_names")?.Items().Select(name => name.Text()) ?? []];
        return names.Length == count ? names
            : names.Length == 0 ? [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"f{i}"))]
            : throw new ModelFileException($"The model names {names.Length} columns, but num_feature is {count}.");
    }

    private static HashSet<int> Categories(JsonPlace learner, int count)
    {
        string[] types = [.. learner.Find("feature_types")?.Items().Select(type => type.Text()) ?? []];
        return types.Length == 0 || types.Length == count
            ? [.. types.Index().Where(type => type.Item is "c" or "categorical").Select(type => type.Index)]
            : throw new ModelFileException($"The model has types of {types.Length} columns, but num_feature is {count}.");
    }

    /// <summary>One number, or from version 2 on a list in brackets: what the model predicts before any tree, in the units of predictions.</summary>
    private static double[] BaseScores(JsonPlace place, int outputs, ForeignObjective objective)
    {
        string[] parts = place.Text().Trim().TrimStart('[').TrimEnd(']').Split(',');
        var scores = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out float prediction) || !float.IsFinite(prediction))
            {
                throw place.Unexpected("a number, or numbers in brackets");
            }

            scores[i] = objective.Margin(prediction);
        }

        return scores.Length == outputs ? scores
            : scores.Length == 1 ? [.. Enumerable.Repeat(scores[0], outputs)]
            : throw place.Unexpected($"one number, or {outputs}");
    }

    private static List<ForeignTree> Trees(JsonPlace model, int outputs, JsonPlace? weights)
    {
        int count = model["gbtree_model_param"]["num_trees"].Whole(0, MostTrees);
        int[] outputOf = model["tree_info"].Wholes(count);
        float[]? factors = weights?.Singles(-1) is { Length: > 0 } given ? given : null;
        if (model["trees"].Length != count || (factors is not null && factors.Length != count))
        {
            throw new ModelFileException($"{model.Path} has {model["trees"].Length} trees{(factors is null ? string.Empty : $" and {factors.Length} weights of trees")}, but num_trees is {count}.");
        }

        var trees = new List<ForeignTree>(count);
        foreach (JsonPlace place in model["trees"].Items())
        {
            int output = outputOf[trees.Count];
            ForeignTree tree = output >= 0 && output < outputs
                ? XgboostTree.Read(place, factors?[trees.Count] ?? 1)
                : throw new ModelFileException($"{model.Path}.tree_info[{trees.Count}] is {output}, but there are {outputs} outputs.");
            tree.Output = output;
            trees.Add(tree);
        }

        return trees;
    }

    private static IEnumerable<string> Notes(JsonPlace learner, ForeignObjective objective, int rounds)
    {
        if (learner.Find("attributes")?.Find("best_iteration") is { } attribute && attribute.Whole(0, int.MaxValue) is int best && best + 1 < rounds)
        {
            yield return $"Training found its best round at {best + 1} of {rounds}. All rounds are imported, as XGBoost's Booster predicts; its scikit-learn classes predict with the first {best + 1} (import with --rounds {best + 1}).";
        }

        if (objective.Name is "survival:cox" or "survival:aft")
        {
            yield return $"Objective '{objective.Name}': the prediction is {(objective.Name == "survival:cox" ? "the hazard ratio" : "the survival time")}, the exponential of the score.";
        }
        else if (objective.Name == "binary:logitraw")
        {
            yield return "Objective 'binary:logitraw' answers log-odds; here they are the raw score, and the prediction is the probability.";
        }
    }
}
