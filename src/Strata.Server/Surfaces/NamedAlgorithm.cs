using System.Text.Json;
using Strata.Learning.Data;
using Strata.Platform.Datasets;
using Catalog = Strata.Learning.Catalog;

namespace Strata.Server.Surfaces;

/// <summary>An algorithm of the catalog, found by the name that other frameworks have for it.</summary>
/// <param name="Name">In the catalog.</param>
/// <param name="Settings">Hyperparameters that the other name implies.</param>
/// <param name="Note">What was taken for what, where the names differ.</param>
internal sealed record NamedAlgorithm(string Name, IReadOnlyDictionary<string, JsonElement> Settings, string? Note)
{
    private static readonly Dictionary<string, JsonElement> None = [];

    /// <summary>Other names, in lower case with underscores, of what does not depend on the columns.</summary>
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["tabular"] = "mlp",
        ["neural_network"] = "mlp",
        ["nn"] = "mlp",
        ["dnn"] = "mlp",
        ["feedforward"] = "mlp",
        ["tabtransformer"] = "ft_transformer",
        ["bilstm"] = "lstm",
        ["bigru"] = "gru",
        ["birnn"] = "rnn",
        ["multimodal"] = "fusion",
        ["multi_modal"] = "fusion",
        ["inceptiontime"] = "inception_time",
        ["mini_rocket"] = "minirocket",
        ["gbm"] = "gradient_boosting",
        ["gradient_boosted_trees"] = "gradient_boosting",
        ["xgb"] = "xgboost",
        ["lgbm"] = "lightgbm",
        ["light_gbm"] = "lightgbm",
        ["rf"] = "random_forest",
        ["extra_tree"] = "extra_trees",
        ["ada_boost"] = "adaboost",
        ["knn"] = "k_nearest_neighbors",
        ["nearest_neighbors"] = "k_nearest_neighbors",
        ["naive_bayes"] = "gaussian_naive_bayes",
        ["logistic"] = "logistic_regression",
        ["lda"] = "linear_discriminant",
        ["qda"] = "quadratic_discriminant",
        ["linear"] = "linear_regression",
        ["elasticnet"] = "elastic_net",
        ["svc"] = "svm",
        ["kmeans"] = "k_means",
    };

    /// <param name="given">A name of the catalog, or another framework's.</param>
    /// <param name="field">The request's field that names it.</param>
    /// <param name="dataset">Its columns decide between networks for series, images, points and tables.</param>
    /// <param name="readsSeries">Whether columns of numbers will be folded into series.</param>
    /// <exception cref="DataException">There is no such algorithm.</exception>
    public static NamedAlgorithm Of(string given, string field, Dataset dataset, bool readsSeries = false)
    {
        string name = given.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');
        string found = ByColumns(name, new ColumnKinds(dataset, readsSeries)) ?? (Others.TryGetValue(name, out string? other) && !IsKnown(name) ? other : name);
        if (!IsKnown(found))
        {
            string hint = NearNames.Nearest(name, [.. Catalog.Algorithms.All.Select(algorithm => algorithm.Name), .. Others.Keys]) is string near
                ? $"Did you mean '{near}'?"
                : $"Expected cnn, resnet, {string.Join(", ", Catalog.Algorithms.All.Select(algorithm => algorithm.Name))}.";
            throw new DataException($"'{field}' is '{given}', which is no algorithm here. {hint}");
        }

        Dictionary<string, JsonElement> settings = name is "bilstm" or "bigru" or "birnn" ? new() { ["bidirectional"] = JsonSerializer.SerializeToElement(true) } : None;
        return new NamedAlgorithm(found, settings, found == given ? null : $"'{given}' is Strata's '{found}'{(settings.Count > 0 ? ", reading series in both directions" : string.Empty)}.");
    }

    private static string? ByColumns(string name, ColumnKinds kinds) => name switch
    {
        "cnn" or "convolutional" => kinds.Images ? "cnn2d" : kinds.Points ? "pointnet" : "cnn1d",
        "cnn_1d" or "conv1d" => "cnn1d",
        "cnn_2d" or "conv2d" => "cnn2d",
        "resnet" => kinds.Images ? "resnet2d" : kinds.Series ? "resnet1d" : "resnet_tabular",
        "transformer" => kinds.Series ? "transformer" : "ft_transformer",
        _ => null,
    };

    private static bool IsKnown(string name) => Catalog.Algorithms.All.Any(algorithm => algorithm.Name == name);

    private readonly record struct ColumnKinds(Dataset Dataset, bool ReadsSeries)
    {
        public bool Series => ReadsSeries || Has(ColumnType.Series);

        public bool Images => Has(ColumnType.Image);

        public bool Points => Has(ColumnType.Points);

        private bool Has(ColumnType type) => Dataset.Columns.Any(column => column.Type == type);
    }
}
