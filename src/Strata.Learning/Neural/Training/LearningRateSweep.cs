namespace Strata.Learning.Neural.Training;

/// <summary>Rates that grow by a factor from step to step, and the loss along them (Smith 2017).</summary>
internal sealed class LearningRateSweep
{
    private const int StepCount = 120, FewestSteps = 10;
    private const double First = 1e-6, Last = 1, Smoothing = 0.9, TooHigh = 4;

    private readonly List<double> rates = [], losses = [];
    private double mean, lowest = double.PositiveInfinity;
    private bool isOver;

    /// <summary>The rate of the next step; null when the sweep is over.</summary>
    public double? Next => isOver || rates.Count == StepCount ? null : First * Math.Pow(Last / First, rates.Count / (StepCount - 1.0));

    public LearningRateCurve Curve => new(rates, losses, Suggested());

    /// <summary>Takes note of the loss before a step of the next rate.</summary>
    public void Enter(double loss)
    {
        double rate = Next!.Value;
        mean = Smoothing * mean + (1 - Smoothing) * loss;
        double smooth = mean / (1 - Math.Pow(Smoothing, rates.Count + 1));
        isOver = !double.IsFinite(loss) || (rates.Count >= FewestSteps && Math.Abs(smooth) > TooHigh * Math.Abs(lowest) && smooth > lowest);
        if (isOver)
        {
            return;
        }

        rates.Add(rate);
        losses.Add(smooth);
        lowest = Math.Min(lowest, smooth);
    }

    /// <summary>Where the loss falls fastest, before its lowest point; a tenth of the rate there where it never falls.</summary>
    private double Suggested()
    {
        int bottom = losses.Count == 0 ? 0 : losses.IndexOf(losses.Min()), steepest = -1;
        double slope = 0;
        for (int i = 1; i < bottom; i++)
        {
            double own = losses[i + 1] - losses[i - 1];
            (steepest, slope) = own < slope ? (i, own) : (steepest, slope);
        }

        return steepest >= 0 ? rates[steepest] : rates.Count == 0 ? First : rates[bottom] / 10;
    }
}
