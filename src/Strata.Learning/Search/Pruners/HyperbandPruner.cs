namespace Strata.Learning.Search.Pruners;

/// <summary>
/// Hyperband (Li et al. 2018): trials are dealt to brackets of successive halving that differ in how long they let a trial run before the first decision, so that neither early
/// bloomers nor late ones are favoured.
/// </summary>
public sealed class HyperbandPruner : IPruner
{
    private readonly SuccessiveHalvingPruner[] brackets;
    private readonly int[] deal;

    /// <param name="mostSteps">The steps of a whole trial.</param>
    /// <param name="leastSteps">The steps that every trial gets.</param>
    /// <param name="factor">How much further each rung lies.</param>
    public HyperbandPruner(int mostSteps, int leastSteps = 1, int factor = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leastSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostSteps, leastSteps);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        int count = 1;
        for (long rung = (long)leastSteps * factor; rung <= mostSteps; rung *= factor)
        {
            count++;
        }

        brackets = [.. Enumerable.Range(0, count).Select(bracket => new SuccessiveHalvingPruner { LeastSteps = leastSteps, Factor = factor, Bracket = bracket })];

        // A bracket with s rungs before its end takes ceil(count * factor^s / (s + 1)) trials of a round, as in the paper; they are dealt in turn.
        int[] shares = [.. brackets.Select(bracket => (int)Math.Ceiling(count * Math.Pow(factor, count - 1 - bracket.Bracket) / (count - bracket.Bracket)))];
        deal = [.. shares.SelectMany((share, bracket) => Enumerable.Range(0, share).Select(i => (At: (i + 0.5) / share, bracket))).OrderBy(pair => pair.At).ThenBy(pair => pair.bracket).Select(pair => pair.bracket)];
    }

    public string Name => "hyperband";

    /// <summary>How many brackets there are.</summary>
    public int BracketCount => brackets.Length;

    /// <summary>The bracket that a trial is dealt to.</summary>
    public int BracketOf(int trialNumber) => deal[trialNumber % deal.Length];

    public bool ShouldPrune(Trial trial, IReadOnlyList<Trial> others, Direction direction)
    {
        ArgumentNullException.ThrowIfNull(trial);
        int bracket = BracketOf(trial.Number);
        return brackets[bracket].ShouldPrune(trial, [.. others.Where(other => BracketOf(other.Number) == bracket)], direction);
    }
}
