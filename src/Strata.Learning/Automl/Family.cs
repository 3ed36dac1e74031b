using Strata.Learning.Data;

namespace Strata.Learning.Automl;

/// <summary>Algorithms that are much alike, under one name.</summary>
public static class Family
{
    /// <summary>The family that is quickest for what it is worth on tables of many rows.</summary>
    internal const string Boosting = "boosting";

    private static readonly Dictionary<string, string[]> Members = new(StringComparer.Ordinal)
    {
        [Boosting] = ["gradient_boosting", "lightgbm", "xgboost", "adaboost"],
        ["forests"] = ["random_forest", "extra_trees", "bagging", "decision_tree"],
        ["linear"] = ["logistic_regression", "ridge", "linear_regression", "lasso", "elastic_net", "linear_svm", "linear_svr", "linear_discriminant", "quadratic_discriminant"],
        ["neighbors"] = ["k_nearest_neighbors"],
        ["svm"] = ["svm", "svr"],
        ["neural"] =
        [
            "mlp", "resnet_tabular", "ft_transformer", "lstm", "gru", "rnn", "transformer", "fusion", "cnn1d", "vgg1d", "resnet1d", "inception_time", "tcn", "cnn2d", "resnet2d", "pointnet",
        ],
        ["random_kernels"] = ["rocket", "minirocket", "multirocket"],
    };

    /// <summary>The families, in the order in which people read them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Members.Keys];

    /// <summary>Whether an algorithm is one of those, or of one of those families; of none every one is.</summary>
    internal static bool Has(IReadOnlyList<string> algorithms, string algorithm) =>
        algorithms.Count == 0 || algorithms.Any(name => name == algorithm || (Members.TryGetValue(name, out string[]? members) && members.Contains(algorithm)));

    /// <summary>A sentence for each name that is neither a family nor one of the algorithms.</summary>
    internal static IEnumerable<string> Unknown(IReadOnlyList<string> algorithms, IEnumerable<string> known)
    {
        HashSet<string> names = [.. known, .. Members.Values.SelectMany(members => members), .. Members.Keys];
        return algorithms.Where(name => !names.Contains(name)).Select(name => NearNames.Nearest(name, names) is string near
            ? $"There is no family or algorithm '{name}' to try. Did you mean '{near}'?"
            : $"There is no family or algorithm '{name}' to try. Families are {string.Join(", ", Names)}.");
    }
}
