using Strata.Tensors;

namespace Strata.Learning.Search.Samplers;

/// <summary>
/// Tree-structured Parzen estimator (Bergstra et al. 2011; multivariate as in Falkner et al. 2018; defaults after Watanabe 2023): models where good trials lie and where the
/// others lie, and tries the point among some drawn from the first that is most likely there and least likely among the others.
/// </summary>
/// <remarks>
/// Parameters that count at the same points are modelled together; those under a condition by the trials at which they counted. Trials that are still running count as bad
/// (a constant liar), so that parallel trials spread out.
/// </remarks>
public sealed class TpeSampler : ISampler
{
    private readonly SearchSpace space;
    private readonly ulong seed;
    private readonly TrialRanking ranking;
    private readonly QuasiRandomSampler start;
    private readonly List<double[]> units = [];
    private readonly List<Trial> ended = [];
    private readonly bool isCountable;

    public TpeSampler(SearchSpace space, Direction direction, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(space);
        (this.space, this.seed) = (space, seed);
        ranking = new TrialRanking(direction);
        start = new QuasiRandomSampler(space, seed);
        isCountable = space.Parameters.All(parameter => parameter.Count is not null);
    }

    public string Name => "tpe";

    /// <summary>How many trials spread evenly over the space come before the first that learns from others.</summary>
    public int StartupTrials { get; init; } = 10;

    /// <summary>How many points are drawn, of which the best is tried.</summary>
    public int Candidates { get; init; } = 48;

    /// <summary>How many of a number of ended trials count as good.</summary>
    internal Func<int, int> GoodCount { get; init; } = count => Math.Min((int)Math.Ceiling(0.1 * count), 25);

    internal ParzenOptions Kernels { get; init; } = new();

    public double[] Propose(IReadOnlyList<Trial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        if (ended.Count < StartupTrials)
        {
            return start.At(trials.Count);
        }

        var random = RandomSource.For(seed, $"trial {trials.Count}");
        int good = Math.Max(1, GoodCount(ended.Count));
        int[] above = [.. ended.Skip(good).Select(trial => trial.Number), .. trials.Where(trial => trial.Status == TrialStatus.Running).Select(trial => trial.Number)];
        int[] below = [.. ended.Take(good).Select(trial => trial.Number)];
        Array.Sort(above);
        Array.Sort(below);
        HashSet<string> seen = isCountable ? [.. trials.Select(trial => Key(trial.Point))] : [];
        double[] point = [.. Enumerable.Repeat(double.NaN, space.Count)];
        foreach (int[] group in space.Groups)
        {
            // A condition is decided by parameters of earlier groups.
            if (space.IsActive(group[0], point))
            {
                Choose(group, point, below, above, random, space.Groups.Count == 1 ? seen : []);
            }
        }

        return point;
    }

    public void Started(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        units.Add([.. trial.Point.Select((value, i) => double.IsNaN(value) ? double.NaN : space.Parameters[i] is ChoiceParameter ? value : space.Parameters[i].Encode(value))]);
    }

    public void Ended(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (trial.Status is TrialStatus.Completed or TrialStatus.Pruned or TrialStatus.Failed)
        {
            int at = ended.BinarySearch(trial, ranking);
            ended.Insert(at < 0 ? ~at : at, trial);
        }
    }

    private void Choose(int[] group, double[] point, int[] below, int[] above, RandomSource random, HashSet<string> seen)
    {
        ParzenMixture goodOnes = Mixture(group, below), others = Mixture(group, above);
        var place = new double[group.Length];
        double best = double.NegativeInfinity;
        double[]? chosen = null;
        var tried = new double[point.Length];
        for (int i = 0; i < Candidates; i++)
        {
            goodOnes.Draw(random, place);
            point.CopyTo(tried, 0);
            for (int k = 0; k < group.Length; k++)
            {
                Parameter parameter = space.Parameters[group[k]];
                tried[group[k]] = parameter is ChoiceParameter ? place[k] : parameter.Decode(place[k]);
                place[k] = parameter is ChoiceParameter ? place[k] : parameter.Count is null ? place[k] : parameter.Encode(tried[group[k]]);
            }

            // A point that was tried already teaches nothing more; it only stands in when there is no other.
            double merit = goodOnes.LogDensity(place) - others.LogDensity(place) - (seen.Count > 0 && seen.Contains(Key(tried)) ? 1e6 : 0);
            if (chosen is null || merit > best)
            {
                (best, chosen) = (merit, (double[])tried.Clone());
            }
        }

        chosen!.CopyTo(point, 0);
    }

    /// <summary>The mixture over those of the trials at which the group counted.</summary>
    private ParzenMixture Mixture(int[] group, int[] trials)
    {
        var rows = new List<double[]>(trials.Length);
        foreach (int trial in trials)
        {
            if (!double.IsNaN(units[trial][group[0]]))
            {
                rows.Add(units[trial]);
            }
        }

        return new ParzenMixture(space, group, rows, Kernels);
    }

    private static string Key(double[] point) => string.Join(' ', point.Select(BitConverter.DoubleToInt64Bits));
}
