namespace Strata.Learning.Processes;

/// <summary>Climbs to a maximum of the marginal likelihood by BFGS (Nocedal and Wright 2006, algorithm 6.1) within a box of logarithms.</summary>
/// <param name="At">Logarithms of signal variance, length scale and noise variance.</param>
/// <param name="Value">The log marginal likelihood there.</param>
/// <param name="Steps">Taken.</param>
/// <param name="Converged">Whether no slope that leads on within the box is larger than the tolerance.</param>
internal sealed record LikelihoodAscent(double[] At, double Value, int Steps, bool Converged)
{
    private const int Size = 3;

    /// <summary>Beyond these the kernel is flat, or every row is alone.</summary>
    private static readonly double[] Low = [Math.Log(1e-5), Math.Log(1e-5), Math.Log(1e-5)], High = [Math.Log(1e5), Math.Log(1e5), Math.Log(1e5)];

    /// <param name="likelihood">What to climb.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="maxSteps">The most steps.</param>
    /// <param name="tolerance">It ends when no slope is larger.</param>
    /// <param name="report">Called after every step with its 0-based number and the value.</param>
    public static LikelihoodAscent From(ProcessLikelihood likelihood, double[] start, int maxSteps, double tolerance, Action<int, double> report)
    {
        double[] at = start, slope = new double[Size], inverse = Identity();
        double value = likelihood.Evaluate(at, slope);
        int step = 0;
        for (; step < maxSteps && Steepest(at, slope) > tolerance; step++)
        {
            double[] direction = Direction(inverse, at, slope);
            if (Search(likelihood, at, value, slope, direction) is not var (to, reached, slopeThere))
            {
                if (inverse.SequenceEqual(Identity()))
                {
                    break;
                }

                inverse = Identity();
                continue;
            }

            Update(inverse, at, to, slope, slopeThere);
            (at, value, slope) = (to, reached, slopeThere);
            report(step, value);
        }

        return new LikelihoodAscent(at, value, step, Steepest(at, slope) <= tolerance);
    }

    private static double[] Identity() => [1, 0, 0, 0, 1, 0, 0, 0, 1];

    /// <summary>The largest slope that leads on within the box.</summary>
    private static double Steepest(double[] at, double[] slope) => Enumerable.Range(0, Size).Max(i => IsHeld(at, slope, i) ? 0 : Math.Abs(slope[i]));

    private static bool IsHeld(double[] at, double[] slope, int i) => (at[i] <= Low[i] && slope[i] < 0) || (at[i] >= High[i] && slope[i] > 0);

    private static double[] Direction(double[] inverse, double[] at, double[] slope)
    {
        var direction = new double[Size];
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                direction[i] += IsHeld(at, slope, i) || IsHeld(at, slope, j) ? 0 : inverse[i * Size + j] * slope[j];
            }
        }

        double longest = direction.Max(Math.Abs);
        // More than a factor of e² at once trusts the curvature too far.
        return longest > 2 ? [.. direction.Select(part => part * 2 / longest)] : direction;
    }

    /// <summary>Halves the way until the value has grown in proportion to the slope; null when it does not.</summary>
    private static (double[] To, double Value, double[] Slope)? Search(ProcessLikelihood likelihood, double[] at, double value, double[] slope, double[] direction)
    {
        double promise = Enumerable.Range(0, Size).Sum(i => slope[i] * direction[i]);
        for (double length = 1; promise > 0 && length > 1e-8; length /= 2)
        {
            double[] to = [.. at.Select((from, i) => Math.Clamp(from + length * direction[i], Low[i], High[i]))];
            var slopeThere = new double[Size];
            double reached = likelihood.Evaluate(to, slopeThere);
            if (reached >= value + 1e-4 * length * promise)
            {
                return (to, reached, slopeThere);
            }
        }

        return null;
    }

    /// <summary>Learns from a step how the slope changes.</summary>
    private static void Update(double[] inverse, double[] from, double[] to, double[] slopeFrom, double[] slopeTo)
    {
        double[] step = [.. to.Select((value, i) => value - from[i])], change = [.. slopeFrom.Select((value, i) => value - slopeTo[i])];
        double product = Enumerable.Range(0, Size).Sum(i => step[i] * change[i]);
        if (!(product > 1e-12))
        {
            return;
        }

        double[] along = [.. Enumerable.Range(0, Size).Select(i => Enumerable.Range(0, Size).Sum(j => inverse[i * Size + j] * change[j]))];
        double curvature = Enumerable.Range(0, Size).Sum(i => change[i] * along[i]);
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                inverse[i * Size + j] += ((1 + curvature / product) * step[i] * step[j] - along[i] * step[j] - step[i] * along[j]) / product;
            }
        }
    }
}
