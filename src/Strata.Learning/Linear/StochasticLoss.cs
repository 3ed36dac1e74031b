namespace Strata.Learning.Linear;

/// <summary>What stochastic descent lowers, of one score and one target (1 or -1 for classes).</summary>
internal enum StochasticLoss
{
    Logistic,
    Hinge,
    SquaredHinge,
    Squared,
    Huber,
    Tube,
    SquaredTube,
}

/// <summary>Values and derivatives of <see cref="StochasticLoss"/>; <c>width</c> is where Huber's squares end, or half the tube.</summary>
internal static class StochasticLosses
{
    public static double Value(this StochasticLoss loss, double score, double target, double width)
    {
        double miss = Math.Max(0, 1 - target * score), error = score - target, beyond = Math.Max(0, Math.Abs(error) - width);
        return loss switch
        {
            StochasticLoss.Logistic => Math.Max(0, -target * score) + Math.Log(1 + Math.Exp(-Math.Abs(score))),
            StochasticLoss.Hinge => miss,
            StochasticLoss.SquaredHinge => miss * miss,
            StochasticLoss.Squared => error * error / 2,
            StochasticLoss.Huber => Math.Abs(error) <= width ? error * error / 2 : width * (Math.Abs(error) - width / 2),
            StochasticLoss.Tube => beyond,
            _ => beyond * beyond,
        };
    }

    public static double Derivative(this StochasticLoss loss, double score, double target, double width)
    {
        double miss = Math.Max(0, 1 - target * score), error = score - target, beyond = Math.CopySign(Math.Max(0, Math.Abs(error) - width), error);
        return loss switch
        {
            StochasticLoss.Logistic => -target / (1 + Math.Exp(target * score)),
            StochasticLoss.Hinge => miss > 0 ? -target : 0,
            StochasticLoss.SquaredHinge => -2 * target * miss,
            StochasticLoss.Squared => error,
            StochasticLoss.Huber => Math.Clamp(error, -width, width),
            StochasticLoss.Tube => Math.Sign(beyond),
            _ => 2 * beyond,
        };
    }
}
