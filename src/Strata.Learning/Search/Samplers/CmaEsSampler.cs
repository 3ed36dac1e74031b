using Strata.Tensors;

namespace Strata.Learning.Search.Samplers;

/// <summary>
/// Covariance matrix adaptation evolution strategy (Hansen 2016), started again with twice the population when it comes to rest (Auger and Hansen 2005). Whole numbers and
/// steps are rounded; a choice of several is the largest of as many coordinates.
/// </summary>
public sealed class CmaEsSampler : ISampler
{
    private const int MostDraws = 100;

    private readonly SearchSpace space;
    private readonly ulong seed;
    private readonly TrialRanking ranking;
    private readonly double[] leastWidths;
    private readonly bool[] isBounded;
    private readonly Dictionary<int, (int Generation, double[] Place)> open = [];
    private readonly List<(Trial Trial, double[] Place)> results = [];
    private readonly Queue<double> bests = new();
    private readonly Direction direction;
    private Evolution evolution;
    private int generation, restarts, started, sinceRestart;

    public CmaEsSampler(SearchSpace space, Direction direction, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(space);
        (this.space, this.direction, this.seed) = (space, direction, seed);
        ranking = new TrialRanking(direction);
        leastWidths = [.. space.Parameters.SelectMany(parameter => Enumerable.Repeat(parameter is NumberParameter { Count: long count } ? 0.2 / count : parameter is ChoiceParameter ? 0.1 : 0, CoordinatesOf(parameter)))];
        isBounded = [.. space.Parameters.SelectMany(parameter => Enumerable.Repeat(CoordinatesOf(parameter) == 1, CoordinatesOf(parameter)))];
        evolution = new Evolution([.. Enumerable.Repeat(0.5, leastWidths.Length)], 1.0 / 6, Evolution.DefaultPopulation(leastWidths.Length));
    }

    public string Name => "cma_es";

    public double[] Propose(IReadOnlyList<Trial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        return PointOf(DrawPlace(trials.Count));
    }

    public void Started(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);

        // Drawn again rather than stored: the same number under the same distribution gives the same place. A point from elsewhere is taken at its own place.
        double[] place = DrawPlace(trial.Number);
        open[trial.Number] = (generation, PointOf(place).AsSpan().SequenceEqual(trial.Point) ? place : PlaceOf(trial.Point));
        started++;
    }

    public void Ended(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (!open.Remove(trial.Number, out (int Generation, double[] Place) drawn) || drawn.Generation != generation || trial.Status == TrialStatus.Stopped)
        {
            return;
        }

        results.Add((trial, drawn.Place));
        if (results.Count < evolution.Population)
        {
            return;
        }

        results.Sort((a, b) => ranking.Compare(a.Trial, b.Trial));
        evolution.Update([.. results.Select(result => result.Place)], leastWidths);
        if (IsAtRest())
        {
            Restart();
        }

        generation++;
        results.Clear();
    }

    private void Restart()
    {
        restarts++;
        sinceRestart = 0;
        bests.Clear();
        var random = RandomSource.For(seed, $"restart {restarts}");
        evolution = new Evolution([.. leastWidths.Select(_ => random.NextDouble())], 1.0 / 6, Evolution.DefaultPopulation(leastWidths.Length) << Math.Min(restarts, 6));
    }

    /// <summary>Whether the distribution has shrunk to nothing, or its best values have stopped to change.</summary>
    private bool IsAtRest()
    {
        sinceRestart++;
        double[] costs = [.. results.Where(result => result.Trial.Status == TrialStatus.Completed).Select(result => direction.Cost(result.Trial.Value))];
        bests.Enqueue(costs.Length == 0 ? double.PositiveInfinity : costs[0]);
        int window = 10 + (int)Math.Ceiling(30.0 * leastWidths.Length / evolution.Population);
        if (bests.Count > window)
        {
            bests.Dequeue();
        }

        double tolerance = 1e-12 + 1e-9 * Math.Abs(bests.Min());
        return evolution.IsDegenerate || (bests.Count == window && bests.Max() - bests.Min() <= tolerance && costs.Length > 0 && costs[^1] - costs[0] <= tolerance);
    }

    private double[] DrawPlace(int number)
    {
        var random = RandomSource.For(seed, $"trial {number}");
        double[] place = [];
        for (int draw = 0; draw < MostDraws; draw++)
        {
            place = evolution.Draw(random);
            if (!place.Where((value, i) => isBounded[i] && value is < 0 or > 1).Any())
            {
                return place;
            }
        }

        for (int i = 0; i < place.Length; i++)
        {
            place[i] = isBounded[i] ? Math.Clamp(place[i], 0, 1) : place[i];
        }

        return place;
    }

    private double[] PointOf(double[] place)
    {
        var point = new double[space.Count];
        int at = 0;
        for (int i = 0; i < point.Length; i++)
        {
            int coordinates = CoordinatesOf(space.Parameters[i]);
            ReadOnlySpan<double> own = place.AsSpan(at, coordinates);
            point[i] = coordinates == 1 ? space.Parameters[i].Decode(own[0]) : own.IndexOf(own.ToArray().Max());
            at += coordinates;
        }

        space.Prune(point);
        return point;
    }

    private double[] PlaceOf(double[] point)
    {
        var place = new List<double>(leastWidths.Length);
        for (int i = 0; i < point.Length; i++)
        {
            Parameter parameter = space.Parameters[i];
            int coordinates = CoordinatesOf(parameter);
            place.AddRange(double.IsNaN(point[i]) ? Enumerable.Repeat(0.5, coordinates)
                : coordinates == 1 ? [parameter.Encode(point[i])]
                : Enumerable.Range(0, coordinates).Select(k => k == point[i] ? 0.75 : 0.25));
        }

        return [.. place];
    }

    private static int CoordinatesOf(Parameter parameter) => parameter is ChoiceParameter { Choices.Count: > 2 and int count } ? count : 1;
}
