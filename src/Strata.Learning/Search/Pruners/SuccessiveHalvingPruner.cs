namespace Strata.Learning.Search.Pruners;

/// <summary>
/// Asynchronous successive halving (Li et al. 2020): at steps that grow by a factor, the rungs, a trial goes on only while it is among the best 1 / factor of those that came
/// this far.
/// </summary>
public sealed class SuccessiveHalvingPruner : IPruner
{
    public string Name => "successive_halving";

    /// <summary>The steps (counted from 1) that every trial gets before the first rung.</summary>
    public int LeastSteps { get; init; } = 1;

    /// <summary>How much further each rung lies, and the share of trials that pass it.</summary>
    public int Factor { get; init; } = 3;

    /// <summary>The first rung lies this many factors further: hyperband's brackets differ in it.</summary>
    public int Bracket { get; init; }

    public bool ShouldPrune(Trial trial, IReadOnlyList<Trial> others, Direction direction)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(others);
        int done = trial.Reports[^1].Step + 1, before = trial.Reports.Count > 1 ? trial.Reports[^2].Step + 1 : 0;
        for (double rung = LeastSteps * Math.Pow(Factor, Bracket); rung <= done; rung *= Factor)
        {
            if (rung > before && IsBehind(trial, others, direction, (int)Math.Ceiling(rung)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsBehind(Trial trial, IReadOnlyList<Trial> others, Direction direction, int rung)
    {
        double own = CostAtRung(trial, rung, direction);
        double[] costs = [.. others.Select(other => CostAtRung(other, rung, direction)).Where(cost => !double.IsNaN(cost)), own];
        Array.Sort(costs);
        return own > costs[Math.Max(0, costs.Length / Factor - 1)];
    }

    /// <summary>The cost that a trial had when it came to the rung; NaN when it did not.</summary>
    private static double CostAtRung(Trial trial, int rung, Direction direction)
    {
        TrialReport? at = trial.Reports.FirstOrDefault(report => report.Step + 1 >= rung);
        return at is null ? double.NaN : direction.Cost(at.Value);
    }
}
