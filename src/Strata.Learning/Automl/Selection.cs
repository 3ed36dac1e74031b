using Strata.Learning.Metrics;

namespace Strata.Learning.Automl;

/// <summary>Weighs fitted candidates by the metric on what they had not seen.</summary>
internal sealed class Selection
{
    private const int Rounds = 50;

    /// <summary>Candidates far behind the best are never added; with very many they are not even tried.</summary>
    private const int MostTried = 30;

    private readonly SelectionLoss loss;
    private readonly TrainingTable tested;
    private readonly CancellationToken cancellation;

    public Selection(Metric metric, TrainingTable tested, ulong seed, CancellationToken cancellation) =>
        (Metric, this.tested, this.cancellation, loss) = (metric, tested, cancellation, new SelectionLoss(metric, tested, seed));

    /// <summary>What decides.</summary>
    public Metric Metric { get; }

    public double ScoreOf(Predictions unseen) => Metric.Of(unseen, tested.Target, tested.Weights, tested.Groups);

    /// <summary>Scores turned so that lower is better; undefined ones come last.</summary>
    public double Rank(double score) => !double.IsFinite(score) ? double.PositiveInfinity : Metric.HigherIsBetter ? -score : score;

    /// <summary>
    /// The weight of each candidate by its name, those with none left out. The baseline has none beside others: to a metric of ranks its constant would be no loss, but it pulls all
    /// probabilities together.
    /// </summary>
    public Dictionary<string, double> Weights(IReadOnlyList<FittedCandidate> fitted)
    {
        FittedCandidate[] able = fitted.Any(one => !one.Candidate.IsBaseline) ? [.. fitted.Where(one => !one.Candidate.IsBaseline)] : [.. fitted];
        FittedCandidate[] tried = able.Length <= MostTried ? able
            : [.. able.Index().OrderBy(one => Rank(ScoreOf(one.Item.Unseen))).Take(MostTried).OrderBy(one => one.Index).Select(one => one.Item)];
        double[] weights = GreedySelection.Weights([.. tried.Select(one => loss.Seen(one.Unseen))], loss, Rounds, cancellation);
        return tried.Zip(weights).Where(pair => pair.Second > 0).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
    }

    /// <summary>As the other <c>Weights</c>, with the slowest members left out until a row is predicted in the time it may take.</summary>
    /// <param name="fitted">All to choose from.</param>
    /// <param name="mostMicroseconds">For predicting a row.</param>
    /// <param name="costOf">Microseconds of the members of some weights together.</param>
    public Dictionary<string, double> Weights(IReadOnlyList<FittedCandidate> fitted, double mostMicroseconds, Func<IReadOnlyCollection<string>, double> costOf)
    {
        List<FittedCandidate> left = [.. fitted];
        Dictionary<string, double> weights = Weights(left);
        while (left.Count > 1 && costOf(weights.Keys) > mostMicroseconds)
        {
            left.Remove(left.Where(one => weights.ContainsKey(one.Name)).MaxBy(one => costOf([one.Name]))!);
            weights = Weights(left);
        }

        return weights;
    }
}
