namespace Strata.Learning.Search.Analysis;

/// <summary>A trial in a search's history.</summary>
/// <param name="Number">0-based.</param>
/// <param name="Value">Its value; NaN unless completed.</param>
/// <param name="Best">The best value up to it; NaN before the first.</param>
/// <param name="Status">What became of it.</param>
public sealed record HistoryPoint(int Number, double Value, double Best, TrialStatus Status);

/// <summary>An axis of parallel coordinates or of a slice: a parameter.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Choices">Its choices in code order; empty for a number.</param>
/// <param name="Min">Least value of a number.</param>
/// <param name="Max">Largest value of a number.</param>
/// <param name="IsLogScale">Whether it was searched by factors.</param>
public sealed record ParameterAxis(string Parameter, IReadOnlyList<string> Choices, double? Min, double? Max, bool IsLogScale);

/// <summary>A completed trial over the axes.</summary>
/// <param name="Number">The trial's.</param>
/// <param name="Positions">A value an axis: the number, or the choice's code; null where the parameter did not count.</param>
/// <param name="Value">The objective's value.</param>
public sealed record ParallelLine(int Number, IReadOnlyList<double?> Positions, double Value);

/// <summary>Completed trials as lines over the parameters' axes.</summary>
public sealed record ParallelCoordinates(IReadOnlyList<ParameterAxis> Axes, IReadOnlyList<ParallelLine> Lines);

/// <summary>The values of completed trials over one parameter.</summary>
public sealed record ParameterSlice(ParameterAxis Axis, IReadOnlyList<double> Positions, IReadOnlyList<double> Values);

/// <summary>What a random forest of the trials expects over two parameters, averaged over all others, on a regular grid of the search's scale.</summary>
/// <param name="X">The first parameter.</param>
/// <param name="Y">The second.</param>
/// <param name="XPositions">Values of the first: the middles of equal parts.</param>
/// <param name="YPositions">Values of the second.</param>
/// <param name="Values">[y][x]</param>
public sealed record ParameterContour(ParameterAxis X, ParameterAxis Y, IReadOnlyList<double> XPositions, IReadOnlyList<double> YPositions, IReadOnlyList<IReadOnlyList<double>> Values);

/// <summary>A search as data for plots.</summary>
public static class StudyPlots
{
    /// <summary>Every trial with the best value up to it.</summary>
    public static IReadOnlyList<HistoryPoint> History(IReadOnlyList<Trial> trials, Direction direction)
    {
        ArgumentNullException.ThrowIfNull(trials);
        double best = double.NaN;
        var points = new List<HistoryPoint>(trials.Count);
        foreach (Trial trial in trials)
        {
            best = trial.Status == TrialStatus.Completed && !direction.IsBetter(best, trial.Value) ? trial.Value : best;
            points.Add(new HistoryPoint(trial.Number, trial.Value, best, trial.Status));
        }

        return points;
    }

    /// <summary>Every completed trial over all parameters.</summary>
    public static ParallelCoordinates Parallel(SearchSpace space, IReadOnlyList<Trial> trials)
    {
        ArgumentNullException.ThrowIfNull(space);
        return new ParallelCoordinates(
            [.. space.Parameters.Select(Axis)],
            [.. Completed(trials).Select(trial => new ParallelLine(trial.Number, [.. trial.Point.Select(value => double.IsNaN(value) ? (double?)null : value)], trial.Value))]);
    }

    /// <summary>Every completed trial at which the parameter counted, over that parameter.</summary>
    public static IReadOnlyList<ParameterSlice> Slices(SearchSpace space, IReadOnlyList<Trial> trials)
    {
        ArgumentNullException.ThrowIfNull(space);
        return [.. space.Parameters.Select((parameter, i) =>
        {
            Trial[] counted = [.. Completed(trials).Where(trial => !double.IsNaN(trial.Point[i]))];
            return new ParameterSlice(Axis(parameter), [.. counted.Select(trial => trial.Point[i])], [.. counted.Select(trial => trial.Value)]);
        })];
    }

    /// <summary>What is expected over two parameters; null where completed trials are too few.</summary>
    public static ParameterContour? Contour(SearchSpace space, IReadOnlyList<Trial> trials, string x, string y, int resolution = 20, ulong seed = 0, FitContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        (int i, int j) = (space.IndexOf(x), space.IndexOf(y));
        if (i < 0 || j < 0 || i == j)
        {
            throw new Data.DataException($"A contour takes two parameters of the search; '{x}' and '{y}' are not.");
        }

        if (Surrogate.Of(space, trials, seed, context ?? new FitContext()) is not Surrogate surrogate)
        {
            return null;
        }

        double[] across = Places(space.Parameters[i], resolution), along = Places(space.Parameters[j], resolution);
        double[][] values = [.. along.Select(v => across.Select(u => Mean(surrogate, i, u, j, v)).ToArray())];
        return new ParameterContour(
            Axis(space.Parameters[i]), Axis(space.Parameters[j]), Values(space.Parameters[i], across), Values(space.Parameters[j], along), values);
    }

    private static double Mean(Surrogate surrogate, int i, double u, int j, double v) => surrogate.Trees.Average(leaves =>
    {
        double sum = 0;
        foreach (Surrogate.Leaf leaf in leaves)
        {
            if (leaf.Sides[i].Contains(u) && leaf.Sides[j].Contains(v) && leaf.Volume > 0)
            {
                sum += leaf.Value * leaf.Volume / (leaf.Sides[i].Width * leaf.Sides[j].Width);
            }
        }

        return sum;
    });

    /// <summary>The middles of equal parts of a number's range, or the codes of a choice.</summary>
    private static double[] Places(Parameter parameter, int resolution)
    {
        long count = parameter is ChoiceParameter choice ? choice.Choices.Count : Math.Min(resolution, parameter.Count ?? resolution);
        return [.. Enumerable.Range(0, (int)count).Select(k => parameter is ChoiceParameter ? k : (k + 0.5) / count)];
    }

    private static double[] Values(Parameter parameter, double[] places) => parameter is ChoiceParameter ? places : [.. places.Select(parameter.Decode)];

    private static ParameterAxis Axis(Parameter parameter) => parameter switch
    {
        NumberParameter number => new ParameterAxis(number.Name, [], number.Min, number.Max, number.LogScale),
        ChoiceParameter choice => new ParameterAxis(choice.Name, choice.Choices, null, null, false),
        _ => new ParameterAxis(parameter.Name, [], null, null, false),
    };

    private static IEnumerable<Trial> Completed(IReadOnlyList<Trial> trials) => trials.Where(trial => trial.Status == TrialStatus.Completed);
}
