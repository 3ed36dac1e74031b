using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>XGBoost's objectives and what they are here.</summary>
internal static class XgboostObjectives
{
    private static readonly ForeignObjective[] Known =
    [
        ForeignObjective.TwoClasses("binary:logistic"),
        ForeignObjective.TwoClasses("binary:logitraw"),
        ForeignObjective.Classes("multi:softprob"),
        ForeignObjective.Classes("multi:softmax"),
        ForeignObjective.Number("reg:squarederror", BoostingObjective.SquaredError),
        ForeignObjective.Number("reg:linear", BoostingObjective.SquaredError),
        ForeignObjective.Number("reg:squaredlogerror", BoostingObjective.SquaredError),
        ForeignObjective.Number("reg:expectileerror", BoostingObjective.SquaredError),
        ForeignObjective.Number("reg:pseudohubererror", BoostingObjective.Huber),
        ForeignObjective.Number("reg:absoluteerror", BoostingObjective.AbsoluteError),
        ForeignObjective.Number("reg:quantileerror", BoostingObjective.Quantile),
        ForeignObjective.Number("reg:logistic", BoostingObjective.SquaredError, ScoreLink.Logistic),
        ForeignObjective.Number("count:poisson", BoostingObjective.Poisson),
        ForeignObjective.Number("reg:gamma", BoostingObjective.Gamma),
        ForeignObjective.Number("reg:tweedie", BoostingObjective.Tweedie),
        ForeignObjective.Number("survival:cox", BoostingObjective.Poisson),
        ForeignObjective.Number("survival:aft", BoostingObjective.Gamma),
        ForeignObjective.Number("rank:pairwise", BoostingObjective.PairwiseRank),
        ForeignObjective.Number("rank:ndcg", BoostingObjective.LambdaRank),
        ForeignObjective.Number("rank:map", BoostingObjective.LambdaRank),
    ];

    /// <exception cref="ModelFileException">Its predictions cannot be expressed.</exception>
    public static ForeignObjective Named(string name) => Known.FirstOrDefault(known => known.Name == name)
        ?? throw new ModelFileException(name == "binary:hinge"
            ? "Objective 'binary:hinge' answers 0 or 1 without a probability, which no model here does."
            : $"Objective '{name}' is not known, so the link from scores to predictions is not either. Known are: {string.Join(", ", Known.Select(known => known.Name))}.");

    /// <summary>The objective whose predictions are those of a model of boosting.</summary>
    public static string For(BoostingObjective objective, ScoreLink link) => (link, objective) switch
    {
        (ScoreLink.Softmax, _) => "multi:softprob",
        (ScoreLink.Logistic, BoostingObjective.LogLoss) => "binary:logistic",
        (ScoreLink.Logistic, _) => "reg:logistic",
        (ScoreLink.Exponential, BoostingObjective.Gamma) => "reg:gamma",
        (ScoreLink.Exponential, BoostingObjective.Tweedie) => "reg:tweedie",
        (ScoreLink.Exponential, _) => "count:poisson",
        (_, BoostingObjective.AbsoluteError) => "reg:absoluteerror",
        (_, BoostingObjective.Huber) => "reg:pseudohubererror",
        (_, BoostingObjective.PairwiseRank) => "rank:pairwise",
        (_, BoostingObjective.LambdaRank) => "rank:ndcg",
        _ => "reg:squarederror",
    };
}
