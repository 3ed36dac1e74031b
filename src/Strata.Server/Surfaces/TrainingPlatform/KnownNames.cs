using System.Text.Json;
using Strata.Learning.Catalog;
using Strata.Learning.Data;

namespace Strata.Server.Surfaces.TrainingPlatform;

/// <summary>Names that are usual elsewhere, for the catalog's algorithms, their hyperparameters and metrics. What the catalog itself has always goes through as it is.</summary>
internal static class KnownNames
{
    private static readonly string[] Endings = ["classifier", "regressor"];

    /// <summary>By their letters and digits alone.</summary>
    private static readonly Dictionary<string, (string OfClasses, string OfNumbers)> AlgorithmNames = new(StringComparer.Ordinal)
    {
        ["rf"] = ("random_forest", "random_forest"),
        ["xgb"] = ("xgboost", "xgboost"),
        ["lgbm"] = ("lightgbm", "lightgbm"),
        ["lgb"] = ("lightgbm", "lightgbm"),
        ["catboost"] = ("gradient_boosting", "gradient_boosting"),
        ["gbm"] = ("gradient_boosting", "gradient_boosting"),
        ["histgradientboosting"] = ("gradient_boosting", "gradient_boosting"),
        ["knn"] = ("k_nearest_neighbors", "k_nearest_neighbors"),
        ["kneighbors"] = ("k_nearest_neighbors", "k_nearest_neighbors"),
        ["svc"] = ("svm", "svm"),
        ["svm"] = ("svm", "svr"),
        ["svr"] = ("svr", "svr"),
        ["linearsvc"] = ("linear_svm", "linear_svr"),
        ["linear"] = ("logistic_regression", "linear_regression"),
        ["logistic"] = ("logistic_regression", "logistic_regression"),
        ["sgd"] = ("sgd_classifier", "sgd_regressor"),
        ["naivebayes"] = ("gaussian_naive_bayes", "gaussian_naive_bayes"),
        ["gaussiannb"] = ("gaussian_naive_bayes", "gaussian_naive_bayes"),
        ["neuralnetwork"] = ("mlp", "mlp"),
        ["deepneuralnetwork"] = ("mlp", "mlp"),
        ["dnn"] = ("mlp", "mlp"),
        ["lda"] = ("linear_discriminant", "linear_discriminant"),
        ["qda"] = ("quadratic_discriminant", "quadratic_discriminant"),
    };

    /// <summary>One of the second for the first, where the algorithm has the second and not the first.</summary>
    private static readonly (string Usual, string Own)[] HyperparameterNames =
    [
        ("n_estimators", "trees"), ("num_trees", "trees"), ("num_boost_round", "n_estimators"), ("min_samples_split", "min_rows_per_split"), ("min_samples_leaf", "min_rows_per_leaf"), ("min_child_samples", "min_rows_per_leaf"),
        ("max_leaf_nodes", "max_leaves"), ("num_leaves", "max_leaves"), ("max_bin", "max_bins"), ("subsample", "row_fraction"), ("max_samples", "row_fraction"), ("colsample_bytree", "column_fraction"),
        ("reg_lambda", "l2"), ("reg_alpha", "l1"), ("l2_regularization", "l2"), ("class_weight", "class_weights"), ("n_iter_no_change", "early_stopping_rounds"),
        ("n_iter_no_change", "early_stopping_epochs"), ("n_iter_no_change", "patience"), ("C", "inverse_regularization"), ("C", "c"), ("max_iter", "max_iterations"), ("max_iter", "max_epochs"), ("max_iter", "epochs"),
        ("tol", "tolerance"), ("alpha", "weight_decay"), ("learning_rate_init", "learning_rate"), ("num_epochs", "epochs"), ("dropout_rate", "dropout"), ("hidden_size", "width"), ("hidden_units", "width"), ("num_layers", "layers"),
        ("subsample", "bagging_fraction"), ("colsample_bytree", "feature_fraction"), ("reg_lambda", "lambda_l2"), ("reg_alpha", "lambda_l1"), ("min_child_weight", "min_sum_hessian_in_leaf"), ("num_iterations", "n_estimators"),
    ];

    /// <summary>What says how a program goes about it, and nothing of the model.</summary>
    private static readonly HashSet<string> OfTheProgram = new(StringComparer.Ordinal)
    {
        "n_jobs", "nthread", "num_threads", "verbose", "verbosity", "silent", "warm_start", "use_label_encoder", "copy_X", "cache_size", "random_state", "seed", "probability", "predictor", "device", "tree_method", "solver", "algorithm", "leaf_size",
    };

    private static readonly Dictionary<string, string> MetricNames = new(StringComparer.Ordinal)
    {
        ["auc"] = "roc_auc", ["roc_auc_ovr"] = "roc_auc", ["neg_log_loss"] = "log_loss", ["neg_mean_squared_error"] = "mse", ["neg_root_mean_squared_error"] = "rmse", ["neg_mean_absolute_error"] = "mae",
        ["mean_squared_error"] = "mse", ["mean_absolute_error"] = "mae", ["root_mean_squared_error"] = "rmse", ["r2_score"] = "r2", ["matthews_corrcoef"] = "mcc",
    };

    /// <summary>The algorithm of a name, with a note where it is another's.</summary>
    /// <exception cref="DataException">There is no such algorithm.</exception>
    public static Algorithm AlgorithmOf(string asked, bool isOfNumbers, List<string> notes)
    {
        string bare = Bare(asked);
        string shorter = Endings.Aggregate(bare, (text, ending) => text.EndsWith(ending, StringComparison.Ordinal) ? text[..^ending.Length] : text);
        string name = Own(bare, isOfNumbers) ?? Own(shorter, isOfNumbers) ?? asked;
        Algorithm algorithm = Learning.Catalog.Algorithms.Named(name);
        if (name != asked)
        {
            notes.Add($"'{asked}' is here '{name}': {algorithm.Title}.");
        }
        else if (name is "xgboost" or "lightgbm")
        {
            notes.Add($"'{name}' is Strata's own gradient boosting with that program's parameter names and defaults.");
        }

        return algorithm;
    }

    /// <summary>The catalog's name; null where neither it nor the table above knows one.</summary>
    private static string? Own(string bare, bool isOfNumbers) => AlgorithmNames.TryGetValue(bare, out (string OfClasses, string OfNumbers) own)
        ? isOfNumbers ? own.OfNumbers : own.OfClasses
        : Learning.Catalog.Algorithms.All.FirstOrDefault(known => Bare(known.Name) == bare)?.Name;

    /// <summary>Letters and digits alone: names differ in how their words are joined.</summary>
    private static string Bare(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    public static string? MetricOf(string? asked) => asked is null ? null : MetricNames.GetValueOrDefault(asked, asked);

    /// <summary>The catalog's name of a hyperparameter, or null for one that says nothing of the model.</summary>
    public static string? HyperparameterOf(string asked, Algorithm algorithm)
    {
        if (algorithm.Hyperparameters.Any(known => known.IsCalled(asked)))
        {
            return asked;
        }

        (string Usual, string Own) own = HyperparameterNames.FirstOrDefault(pair => pair.Usual == asked && algorithm.Hyperparameters.Any(known => known.Name == pair.Own));
        return own.Own ?? (OfTheProgram.Contains(asked) ? null : asked);
    }

    /// <summary>Hyperparameters by the catalog's names, with a note for each that was left aside.</summary>
    public static Dictionary<string, JsonElement> HyperparametersOf(IReadOnlyDictionary<string, JsonElement>? asked, Algorithm algorithm, List<string> notes)
    {
        var own = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in asked ?? new Dictionary<string, JsonElement>())
        {
            if (name == "hidden_layer_sizes" && algorithm.Name == "mlp")
            {
                Layers(value, own, notes);
            }
            else if (HyperparameterOf(name, algorithm) is not string known)
            {
                notes.Add($"'{name}' says nothing of the model and was left aside.");
            }
            else if (value.ValueKind == JsonValueKind.Null || IsUsual(known, value))
            {
                notes.Add($"'{name}' = {value.GetRawText()} was left at the default of {algorithm.Title}.");
            }
            else if (!own.TryAdd(known, value))
            {
                throw new DataException($"'{name}' is '{known}' here, which is given twice.");
            }
        }

        return own;
    }

    /// <summary>What other programs write for what is the default here.</summary>
    private static bool IsUsual(string name, JsonElement value) => value.ValueKind == JsonValueKind.String
        && (name, value.GetString()) is ("gamma", "scale") or ("max_features", "sqrt" or "auto") or ("batch_size", "auto");

    /// <summary>Layers of one width: those of other widths take the widest.</summary>
    private static void Layers(JsonElement sizes, Dictionary<string, JsonElement> own, List<string> notes)
    {
        int[] widths = sizes.ValueKind switch
        {
            JsonValueKind.Number when sizes.TryGetInt32(out int one) => [one],
            JsonValueKind.Array when sizes.EnumerateArray().All(size => size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out _)) => [.. sizes.EnumerateArray().Select(size => size.GetInt32())],
            _ => [],
        };
        if (widths.Length == 0)
        {
            throw new DataException($"'hidden_layer_sizes' is {sizes.GetRawText()}; it takes a list of whole numbers.");
        }

        own["layers"] = JsonSerializer.SerializeToElement(widths.Length);
        own["width"] = JsonSerializer.SerializeToElement(widths.Max());
        if (widths.Distinct().Count() > 1)
        {
            notes.Add($"'hidden_layer_sizes' {sizes.GetRawText()} are here {widths.Length} layers of {widths.Max()}, the widest of them.");
        }
    }
}
