using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Automl;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Calibration;
using Strata.Testing;

namespace Strata.Onnx.Tests;

/// <summary>Small models of everything that can be exported.</summary>
internal static class SampleModels
{
    /// <summary>Settings that make fits short, for algorithms that have them.</summary>
    private static readonly Dictionary<string, JsonNode?> Short = new() { ["trees"] = 12, ["early_stopping_epochs"] = 0, ["hidden"] = 12, ["heads"] = 2, ["head_width"] = 6, ["points"] = 48, ["filters"] = 6, ["epochs"] = 1, ["features"] = 24, ["modules"] = 2, ["kernels"] = 150 };

    /// <summary>Algorithms whose models cannot be exported.</summary>
    public static IReadOnlyList<string> Refused { get; } = ["multirocket", "blocks"];

    /// <summary>A name each, and how to train it.</summary>
    public static IReadOnlyDictionary<string, Func<(IModel Model, Frame Rows)>> All { get; } = Of().ToDictionary(pair => pair.Name, pair => pair.Train, StringComparer.Ordinal);

    private static IEnumerable<(string Name, Func<(IModel Model, Frame Rows)> Train)> Of()
    {
        foreach (Algorithm algorithm in Algorithms.All.Where(algorithm => !Refused.Contains(algorithm.Name)))
        {
            foreach (LearningTask task in algorithm.Tasks)
            {
                yield return ($"{algorithm.Name}_{task}", () => Trained(algorithm.Name, task));
            }
        }

        foreach ((string name, IStep[] steps) in Preparations)
        {
            yield return ($"{name}_before_trees", () => Trained("random_forest", LearningTask.BinaryClassification, steps));
            yield return ($"{name}_before_a_sum", () => Trained("ridge", LearningTask.Regression, [.. steps, new Scale()]));
        }

        foreach (CalibrationMethod method in Enum.GetValues<CalibrationMethod>())
        {
            yield return ($"two_classes_calibrated_{method}", () => Finished(LearningTask.BinaryClassification, pipeline => new Finished(pipeline) { Calibration = method, DecisionMetric = "f1" }));
            yield return ($"classes_calibrated_{method}", () => Finished(LearningTask.MulticlassClassification, pipeline => new Finished(pipeline) { Calibration = method }));
        }

        yield return ("classes_called_by_costs", () => Finished(LearningTask.MulticlassClassification, pipeline => new Finished(pipeline) { Costs = [[0, 1, 5], [3, 0, 1], [9, 2, 0]] }));
        yield return ("votes_by_majority", () => Set("voting", LearningTask.MulticlassClassification, new() { ["members"] = "random_forest(trees=5), logistic_regression, gaussian_naive_bayes", ["vote"] = "hard" }));
        yield return ("votes_by_log_odds", () => Set("voting", LearningTask.BinaryClassification, new() { ["members"] = "gradient_boosting(trees=5), logistic_regression, gaussian_naive_bayes", ["vote"] = "log_odds" }));
        yield return ("stack_with_the_columns", () => Set("stacking", LearningTask.MulticlassClassification, new() { ["pass_through"] = true }));
        foreach (string metric in (string[])["manhattan", "cosine"])
        {
            yield return ($"neighbours_{metric}", () => Set("k_nearest_neighbors", LearningTask.BinaryClassification, new() { ["metric"] = metric, ["weights"] = metric == "cosine" ? "uniform" : "distance" }));
        }

        foreach (Algorithm algorithm in Algorithms.All.Where(algorithm => algorithm.ArrayTypes.Contains(ColumnType.Series) && algorithm.Name != AutomlRecipe.AlgorithmName && !Refused.Contains(algorithm.Name)))
        {
            yield return ($"{algorithm.Name}_of_series_that_differ_in_length", () => OfSeries(algorithm, SampleArrays.Series(LearningTask.MulticlassClassification, 60, shortest: 7, longest: 21)));
            if (algorithm.Name == "fusion")
            {
                continue;
            }

            yield return ($"{algorithm.Name}_of_a_wide_table", () => OfSeries(algorithm, SampleTables.Numbers(LearningTask.BinaryClassification, 60, columns: 18)));
        }

        foreach (string kernels in (string[])["rocket", "minirocket"])
        {
            foreach (string scaling in (string[])["series", "training", "none"])
            {
                yield return ($"{kernels}_scaled_by_{scaling}", () => OfSeries(Algorithms.Named(kernels), SampleArrays.Series(LearningTask.MulticlassClassification, 60, shortest: 4, longest: 40), new() { ["scaling"] = scaling, [kernels == "rocket" ? "kernels" : "features"] = 168 }));
            }

            yield return ($"{kernels}_of_two_columns", () => OfSeries(Algorithms.Named(kernels), TwoSeries(), new() { [kernels == "rocket" ? "kernels" : "features"] = 168 }));
        }

        foreach (string pooling in (string[])["mean", "max", "attention"])
        {
            yield return ($"gru_read_in_patches_with_{pooling}", () => OfSeries(Algorithms.Named("gru"), SampleArrays.Series(LearningTask.Regression, 60, shortest: 7, longest: 21), new() { ["pooling"] = pooling, ["patch"] = 3, ["epochs"] = 1, ["layers"] = 2, ["hidden"] = 10 }));
        }

        foreach (string network in (string[])["cnn1d", "resnet1d", "inception_time"])
        {
            yield return ($"{network}_read_in_parts_of_the_time", () => OfSeries(Algorithms.Named(network), SampleArrays.Series(LearningTask.Regression, 60, shortest: 3, longest: 21), new() { ["time_parts"] = 5, ["filters"] = 6, ["epochs"] = 1, ["joined_layers"] = 2, ["joined_width"] = 20 }));
        }

        foreach (string fusion in (string[])["concatenate", "gated", "cross_attention"])
        {
            yield return ($"fusion_by_{fusion}", () => OfSeries(Algorithms.Named("fusion"), SampleArrays.Mixed(LearningTask.BinaryClassification, 50), new() { ["method"] = fusion, ["epochs"] = 1, ["points"] = 48 }));
        }

        yield return ("polynomial_kernel", () => Set("svm", LearningTask.MulticlassClassification, new() { ["kernel"] = "polynomial" }));
        yield return ("gelu_and_batch_norm", () => Set("mlp", LearningTask.Regression, new() { ["activation"] = "gelu", ["normalization"] = "batch", ["epochs"] = 3 }));
        yield return ("silu_and_layer_norm", () => Set("mlp", LearningTask.Regression, new() { ["activation"] = "silu", ["normalization"] = "layer", ["epochs"] = 3 }));
    }

    private static (string Name, IStep[] Steps)[] Preparations =>
    [
        ("gaps_by_means", [new DropText(), new Impute { Numbers = NumberFill.Mean, Categories = CategoryFill.MostFrequent }, new OneHot()]),
        ("gaps_by_equations", [new DropText(), new ImputeIterative()]),
        ("gaps_marked", [new DropText(), new MarkMissing(["visits"]) { Least = 0, Most = 1 }]),
        ("min_max", [new DropText(), new Scale { Method = ScaleMethod.MinMax, Clip = true }]),
        ("robust", [new DropText(), new Scale { Method = ScaleMethod.Robust }]),
        ("quantiles", [new DropText(), new QuantileScale { Quantiles = 20 }]),
        ("yeo_johnson", [new DropText(), new YeoJohnson()]),
        ("ordinal", [new DropText(), new Ordinal()]),
        ("frequency", [new DropText(), new Frequency()]),
        ("hashed_categories", [new DropText(), new HashCategories()]),
        ("target_means", [new DropText(), new TargetEncode()]),
        ("bins", [new DropText(), new Bin()]),
        ("formula", [new DropText(), new Derive { Column = "bulk", Formula = "log(mass) * height ^ 2 / max(visits, 1) - min(mass, 70) + sqrt(abs(mass - height))" }]),
        ("products", [new DropText(), new Polynomial { Columns = ["height", "mass", "visits"] }]),
        ("quotients", [new DropText(), new Ratios { Columns = ["mass", "visits"] }]),
        ("components", [new DropText(), new Impute(), new OneHot(), new Scale(), new PrincipalComponents()]),
        ("outliers", [new DropText(), new Outliers()]),
        ("best_columns", [new DropText(), new SelectVariance(), new SelectBest()]),
    ];

    /// <summary>An algorithm with its usual preparation: on numbers, categories and gaps, or on what only it reads. Of AutoML's candidates those for arrays that are quick begin with a step that has no ONNX form.</summary>
    private static (IModel Model, Frame Rows) Trained(string name, LearningTask task, params IStep[] steps)
    {
        Algorithm algorithm = Algorithms.Named(name);
        Pipeline pipeline = steps.Length == 0 ? algorithm.Prepared(ShortRecipe(algorithm)) : algorithm.Prepared(ShortRecipe(algorithm), steps);
        return algorithm.ArrayTypes.Count > 0 && name != AutomlRecipe.AlgorithmName ? Fitted(pipeline, SampleArrays.Of(algorithm.ArrayTypes, task, 50)) : Fitted(pipeline, SampleTables.WithTextAndDates(task, 200));
    }

    private static (IModel Model, Frame Rows) OfSeries(Algorithm algorithm, TrainingTable table, Dictionary<string, JsonNode?>? settings = null) =>
        Fitted(algorithm.Prepared(settings is null ? ShortRecipe(algorithm) : algorithm.Recipe(settings)), table);

    private static (IModel Model, Frame Rows) Set(string name, LearningTask task, Dictionary<string, JsonNode?> settings) =>
        Fitted(Algorithms.Named(name).Prepared(Algorithms.Named(name).Recipe(settings)), SampleTables.WithTextAndDates(task, 200));

    private static (IModel Model, Frame Rows) Finished(LearningTask task, Func<Pipeline, Finished> finish)
    {
        Algorithm algorithm = Algorithms.Named("logistic_regression");
        return Fitted(finish(algorithm.Prepared(ShortRecipe(algorithm))), SampleTables.WithTextAndDates(task, 200));
    }

    /// <summary>A second column of series, of other lengths, beside the first.</summary>
    private static TrainingTable TwoSeries()
    {
        TrainingTable table = SampleArrays.Series(LearningTask.Regression, 60, shortest: 5, longest: 30);
        var motion = (ArrayColumn)table.Features["motion"];
        float[]?[] reversed = [.. motion.Values.Reverse()];
        return table.WithFeatures(table.Features.With(new ArrayColumn("second", motion.Type, motion.Channels, reversed)));
    }

    private static IRecipe ShortRecipe(Algorithm algorithm) => algorithm.Name == AutomlRecipe.AlgorithmName ? algorithm.Recipe(new Dictionary<string, JsonNode?> { ["deterministic"] = true, ["algorithms"] = "linear" }) : algorithm.Recipe((
        from setting in Short
        from known in algorithm.Hyperparameters
        where known.Name == setting.Key
        select KeyValuePair.Create(setting.Key, (JsonNode?)Math.Max((int)setting.Value!, double.IsFinite(known.Declared.Min) ? (int)known.Declared.Min : int.MinValue))).ToDictionary());

    private static (IModel Model, Frame Rows) Fitted(IRecipe recipe, TrainingTable given)
    {
        TrainingTable table = Positive(given);
        return (recipe.Fit(table, new FitContext { Seed = 3, Threads = 2 }), table.Features);
    }

    /// <summary>Numbers that every algorithm can learn.</summary>
    private static TrainingTable Positive(TrainingTable table) => table.Target is NumberTarget numbers
        ? new TrainingTable(table.Features, new NumberTarget(numbers.Name, [.. numbers.Values.Select(value => Math.Abs(value) + 0.1)]))
        : table;
}
