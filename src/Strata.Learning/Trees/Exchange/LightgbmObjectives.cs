using System.Globalization;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>LightGBM's objectives, as its files write them with their parameters, and what they are here.</summary>
internal static class LightgbmObjectives
{
    private static readonly ForeignObjective[] Known =
    [
        ForeignObjective.TwoClasses("binary"),
        ForeignObjective.Classes("multiclass"),
        ForeignObjective.Number("regression", BoostingObjective.SquaredError),
        ForeignObjective.Number("regression_l1", BoostingObjective.AbsoluteError),
        ForeignObjective.Number("mape", BoostingObjective.AbsoluteError),
        ForeignObjective.Number("huber", BoostingObjective.Huber),
        ForeignObjective.Number("fair", BoostingObjective.Huber),
        ForeignObjective.Number("quantile", BoostingObjective.Quantile),
        ForeignObjective.Number("poisson", BoostingObjective.Poisson),
        ForeignObjective.Number("gamma", BoostingObjective.Gamma),
        ForeignObjective.Number("tweedie", BoostingObjective.Tweedie),
        ForeignObjective.Number("cross_entropy", BoostingObjective.SquaredError, ScoreLink.Logistic),
        ForeignObjective.Number("lambdarank", BoostingObjective.LambdaRank),
        ForeignObjective.Number("rank_xendcg", BoostingObjective.LambdaRank),
    ];

    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["multiclassova"] = "gives each class a probability of its own, which need not sum to 1",
        ["cross_entropy_lambda"] = "predicts log(1 + exp(s)) of its score, a link that no model here has",
    };

    /// <summary>The objective, and what the scores are multiplied by so that its link is ours; no objective (null) where the file has none of LightGBM's.</summary>
    /// <exception cref="ModelFileException">Its predictions cannot be expressed.</exception>
    public static (ForeignObjective? Objective, double Scale) Read(LightgbmLine? line)
    {
        string[] words = line?.Words() ?? [];
        if (words.Length == 0 || words[0] is "custom" or "none")
        {
            return (null, 1);
        }

        if (words.Contains("sqrt"))
        {
            throw new ModelFileException($"{line!.Place} is '{line.Value}': the model predicts the square of its score (reg_sqrt), a link that no model here has. Train on the root of the target instead.");
        }

        ForeignObjective objective = Known.FirstOrDefault(known => known.Name == words[0]) ?? throw new ModelFileException(Refused.TryGetValue(words[0], out string? reason)
            ? $"{line!.Place}: objective '{words[0]}' {reason}."
            : $"{line!.Place}: objective '{words[0]}' is not known, so the link from scores to predictions is not either. Known are: {string.Join(", ", Known.Select(known => known.Name))}.");
        return (objective, words[0] == "binary" ? Sigmoid(line!, words) : 1);
    }

    /// <summary>LightGBM's <c>p = 1 / (1 + exp(-k s))</c>: multiplying the scores by k makes it ours.</summary>
    private static double Sigmoid(LightgbmLine line, string[] words)
    {
        string? given = words.Skip(1).Where(word => word.StartsWith("sigmoid:", StringComparison.Ordinal)).Select(word => word["sigmoid:".Length..]).FirstOrDefault();
        return given is null ? 1
            : double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out double k) && k is > 0 and < 1e6 ? k
            : throw line.Unexpected("sigmoid: with a number above 0");
    }

    /// <summary>The objective, with the parameters that its predictions need, whose predictions are those of a model of boosting.</summary>
    public static string For(BoostingObjective objective, ScoreLink link, int classCount) => (link, objective) switch
    {
        (ScoreLink.Softmax, _) => string.Create(CultureInfo.InvariantCulture, $"multiclass num_class:{classCount}"),
        (ScoreLink.Logistic, BoostingObjective.LogLoss) => "binary sigmoid:1",
        (ScoreLink.Logistic, _) => "cross_entropy",
        (ScoreLink.Exponential, BoostingObjective.Gamma) => "gamma",
        (ScoreLink.Exponential, BoostingObjective.Tweedie) => "tweedie",
        (ScoreLink.Exponential, _) => "poisson",
        (_, BoostingObjective.AbsoluteError) => "regression_l1",
        (_, BoostingObjective.Huber) => "huber",
        (_, BoostingObjective.Quantile) => "quantile",
        (_, BoostingObjective.PairwiseRank or BoostingObjective.LambdaRank) => "lambdarank",
        _ => "regression",
    };
}
