namespace Strata.Learning.Trees.Presets;

/// <summary>What XGBoost and LightGBM call the metrics to stop early by.</summary>
internal static class PeerMetrics
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["logloss"] = "log_loss",
        ["mlogloss"] = "log_loss",
        ["binary_logloss"] = "log_loss",
        ["multi_logloss"] = "log_loss",
        ["cross_entropy"] = "log_loss",
        ["auc"] = "roc_auc",
        ["aucpr"] = "average_precision",
        ["error"] = "accuracy",
        ["merror"] = "accuracy",
        ["binary_error"] = "accuracy",
        ["multi_error"] = "accuracy",
        ["l1"] = "mae",
        ["l2"] = "rmse",
        ["mse"] = "rmse",
        ["regression"] = "rmse",
        ["poisson"] = "poisson_deviance",
        ["poisson-nloglik"] = "poisson_deviance",
        ["gamma"] = "gamma_deviance",
        ["gamma-deviance"] = "gamma_deviance",
        ["gamma-nloglik"] = "gamma_deviance",
        ["tweedie"] = "tweedie_deviance",
        ["quantile"] = "pinball",
        ["lambdarank"] = "ndcg",
    };

    /// <summary>Strata's name of the metric that orders models alike; a name that the table lacks is taken for Strata's own.</summary>
    public static string Translate(string name) => Names.GetValueOrDefault(name, name);
}
