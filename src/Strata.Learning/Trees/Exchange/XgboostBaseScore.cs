namespace Strata.Learning.Trees.Exchange;

/// <summary>
/// Base scores as XGBoost has them: one <c>base_score</c> for all outputs, in the units of predictions and in floats. Where that loses more than rounding of the scores themselves,
/// the base score is neutral and the rest goes into the leaves of the first round.
/// </summary>
/// <param name="Prediction">XGBoost's <c>base_score</c>.</param>
/// <param name="Rest">What is left for the first round [outputs].</param>
internal sealed record XgboostBaseScore(float Prediction, double[] Rest)
{
    private const double Tolerance = 1e-6;

    public static XgboostBaseScore Of(ScoreLink link, double[] scores)
    {
        (float neutral, float prediction) = link switch
        {
            ScoreLink.Logistic => (0.5f, (float)(1 / (1 + Math.Exp(-scores[0])))),
            ScoreLink.Exponential => (1f, (float)Math.Exp(scores[0])),
            _ => (0f, (float)scores[0]),
        };
        float margin = link switch
        {
            ScoreLink.Logistic => -MathF.Log(1 / prediction - 1),
            ScoreLink.Exponential => MathF.Log(prediction),
            _ => prediction,
        };
        bool fits = float.IsFinite(margin) && float.IsFinite(prediction) && Math.Abs(margin - scores[0]) <= Tolerance * Math.Max(1, Math.Abs(scores[0]));
        return fits && scores.All(score => score == scores[0]) ? new XgboostBaseScore(prediction, new double[scores.Length]) : new XgboostBaseScore(neutral, scores);
    }
}
