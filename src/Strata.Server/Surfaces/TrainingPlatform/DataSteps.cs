using System.Text.Json.Nodes;
using Strata.Client.Contracts.TrainingPlatform;
using Strata.Learning.Catalog;
using Strata.Learning.Data;

namespace Strata.Server.Surfaces.TrainingPlatform;

/// <summary>The platform's words for cleaning, choosing and scaling as steps of the catalog.</summary>
internal static class DataSteps
{
    /// <exception cref="DataException">There is nothing to do, or the threshold makes no sense.</exception>
    public static IReadOnlyList<StepPlan> Of(CleanDataRequest request)
    {
        MissingStrategy missing = request.MissingStrategy ?? MissingStrategy.Mean;
        OutlierMethod outliers = request.OutlierMethod ?? OutlierMethod.None;
        if (request.OutlierThreshold is double threshold && (outliers == OutlierMethod.None || !(threshold is >= 0.01 and <= 1000)))
        {
            throw new DataException(outliers == OutlierMethod.None
                ? "'outlier_threshold' goes with an 'outlier_method': iqr or zscore."
                : $"'outlier_threshold' is {threshold}; it takes 0.01 to 1000 interquartile ranges or standard deviations.");
        }

        StepPlan[] steps = [.. Filling(missing), .. outliers == OutlierMethod.None ? Array.Empty<StepPlan>() : [Outliers(outliers, request.OutlierThreshold)]];
        return steps.Length > 0 ? steps : throw new DataException("There is nothing to clean: 'missing_strategy' and 'outlier_method' are both none.");
    }

    /// <param name="method">How columns are judged.</param>
    /// <param name="count">How many are kept; null for half of them.</param>
    public static StepPlan Of(SelectionMethod method, int? count)
    {
        if (count is < 1)
        {
            throw new DataException($"'n_features' is {count}; it takes a whole number of at least 1.");
        }

        (string step, (string, JsonNode?)[] settings) = method switch
        {
            SelectionMethod.Correlation => ("select_best", [("score", "correlation")]),
            SelectionMethod.Statistical => ("select_best", [("score", "anova_f")]),
            SelectionMethod.Rfe => ("select_by_model", [("algorithm", "random_forest"), ("method", "elimination")]),
            SelectionMethod.TreeImportance => ("select_by_model", [("algorithm", "random_forest"), ("method", "importance")]),
            _ => ("select_best", new (string, JsonNode?)[] { ("score", "mutual_information") }),
        };
        return Step(step, count is int most ? [.. settings, ("keep", most)] : settings);
    }

    /// <summary>Null where numbers are not scaled.</summary>
    public static StepPlan? Of(ScalingMethod method) => method switch
    {
        ScalingMethod.Standard => Step("scale", ("method", "standard")),
        ScalingMethod.Minmax => Step("scale", ("method", "min_max")),
        ScalingMethod.Robust => Step("scale", ("method", "robust")),
        _ => null,
    };

    private static StepPlan[] Filling(MissingStrategy strategy) => strategy switch
    {
        MissingStrategy.Mean => [Impute("mean")],
        MissingStrategy.Median => [Impute("median")],
        MissingStrategy.Mode => [Impute("most_frequent")],
        MissingStrategy.Drop => [Step("drop_incomplete")],
        MissingStrategy.ForwardFill => [Step("fill_along", ("direction", "forward"))],
        MissingStrategy.BackwardFill => [Step("fill_along", ("direction", "backward"))],
        _ => [],
    };

    private static StepPlan Impute(string numbers) => Step("impute", ("numbers", numbers), ("categories", "most_frequent"), ("indicators", false));

    private static StepPlan Outliers(OutlierMethod method, double? threshold)
    {
        (string, JsonNode?)[] settings = [("rule", method == OutlierMethod.Iqr ? "interquartile_range" : "z_score"), ("action", "drop")];
        return Step("outliers", threshold is double factor ? [.. settings, ("factor", factor)] : settings);
    }

    private static StepPlan Step(string name, params (string Name, JsonNode? Value)[] settings) => new(name) { Settings = settings.ToDictionary(setting => setting.Name, setting => setting.Value) };
}
