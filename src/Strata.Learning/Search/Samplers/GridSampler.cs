using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Search.Samplers;

/// <summary>Every combination of a few values of each parameter, in random order so that a search that ends early has looked everywhere.</summary>
public sealed class GridSampler : ISampler
{
    private const int MostPoints = 1_000_000;

    private readonly SearchSpace space;
    private readonly double[][] points;
    private readonly HashSet<int> taken = [];
    private readonly Dictionary<string, int> indexOf = new(StringComparer.Ordinal);
    private int next;

    /// <param name="space">Where to look.</param>
    /// <param name="seed">Of the order.</param>
    /// <param name="mostPoints">The grid is as fine as it can be with at most so many points, with at least 2 values a parameter; null for 5 values a number.</param>
    /// <exception cref="DataException">The grid has more than a million points.</exception>
    public GridSampler(SearchSpace space, ulong seed, int? mostPoints = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        this.space = space;
        points = mostPoints is int most ? Finest(space, most) : Points(space, 5);
        RandomSource.For(seed, "grid").Shuffle<double[]>(points);
        for (int i = 0; i < points.Length; i++)
        {
            indexOf[Key(points[i])] = i;
        }
    }

    public string Name => "grid";

    /// <summary>How many points the grid has.</summary>
    public int PointCount => points.Length;

    public double[]? Propose(IReadOnlyList<Trial> trials)
    {
        while (next < points.Length && taken.Contains(next))
        {
            next++;
        }

        return next < points.Length ? (double[])points[next].Clone() : null;
    }

    public void Started(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (indexOf.TryGetValue(Key(trial.Point), out int at))
        {
            taken.Add(at);
        }
    }

    private static double[][] Finest(SearchSpace space, int most)
    {
        int resolution = 2;
        while (resolution < 64 && PointCountAt(space, resolution + 1) <= most && PointCountAt(space, resolution + 1) > PointCountAt(space, resolution))
        {
            resolution++;
        }

        return Points(space, resolution);
    }

    /// <summary>An upper bound: conditions leave some out.</summary>
    private static double PointCountAt(SearchSpace space, int resolution) => space.Parameters.Aggregate(1.0, (product, parameter) => product * ValueCount(parameter, resolution));

    private static long ValueCount(Parameter parameter, int resolution) => parameter is ChoiceParameter ? (long)parameter.Count! : Math.Min(parameter.Count ?? resolution, resolution);

    private static double[][] Points(SearchSpace space, int resolution)
    {
        double[][] values = [.. space.Parameters.Select(parameter => Values(parameter, resolution))];
        var points = new List<double[]>();
        void Extend(double[] point, int i)
        {
            if (i == space.Count)
            {
                points.Add((double[])point.Clone());
                if (points.Count > MostPoints)
                {
                    throw new DataException($"A grid of {resolution} values a parameter over {space.Count} parameters has more than {MostPoints} points; search by tpe or random instead, or narrow the space.");
                }

                return;
            }

            foreach (double value in space.IsActive(i, point) ? values[i] : [double.NaN])
            {
                point[i] = value;
                Extend(point, i + 1);
            }
        }

        Extend(new double[space.Count], 0);
        return [.. points];
    }

    /// <summary>Values evenly spread over the range, both ends among them.</summary>
    private static double[] Values(Parameter parameter, int resolution)
    {
        long count = ValueCount(parameter, resolution);
        if (parameter is not NumberParameter number)
        {
            return [.. Enumerable.Range(0, (int)count).Select(i => (double)i)];
        }

        double At(long i) => number.LogScale
            ? number.Min * Math.Pow(number.Max / number.Min, (double)i / (count - 1))
            : number.Min + (number.Max - number.Min) * i / (count - 1);
        return count == 1
            ? [number.Nearest(number.Min)]
            : [.. Enumerable.Range(0, (int)count).Select(i => number.Nearest(At(i))).Distinct()];
    }

    private static string Key(double[] point) => string.Join(' ', point.Select(BitConverter.DoubleToInt64Bits));
}
