using Strata.Learning.Data;
using Strata.Learning.Losses;
using Strata.Learning.Metrics;

namespace Strata.Learning.Trees.Boosting;

/// <summary>Follows one metric over the rounds and remembers the best.</summary>
internal sealed class EarlyStop
{
    private readonly bool higherIsBetter;
    private readonly int patienceInRounds;
    private readonly double leastImprovement;

    /// <exception cref="DataException">There is no such metric for the task.</exception>
    public EarlyStop(GradientBoosting recipe, ILoss loss, LearningTask task)
    {
        (patienceInRounds, leastImprovement) = (recipe.EarlyStoppingRounds, recipe.MinImprovement);
        string name = recipe.EarlyStoppingMetric;
        Metric = name.Length == 0 || name == loss.Metric ? null : Metrics.Metric.Named(name, task);
        higherIsBetter = Metric?.HigherIsBetter ?? loss.HigherIsBetter;
    }

    /// <summary>The metric, or null for the loss's own.</summary>
    public Metric? Metric { get; }

    public double Best { get; private set; } = double.NaN;

    /// <summary>The round of the best value, or -1 before there was one.</summary>
    public int BestRound { get; private set; } = -1;

    /// <summary>Takes what an interrupted fit had found.</summary>
    public void Resume(double best, int bestRound) => (Best, BestRound) = (best, bestRound);

    /// <summary>Whether this round's value is the best so far; a value that is not a number never is.</summary>
    public bool Enter(int round, double value)
    {
        double gain = higherIsBetter ? value - Best : Best - value;
        if (double.IsNaN(value) || (BestRound >= 0 && !(gain > leastImprovement)))
        {
            return false;
        }

        (Best, BestRound) = (value, round);
        return true;
    }

    public bool IsOver(int round) => patienceInRounds > 0 && round - BestRound >= patienceInRounds;
}
