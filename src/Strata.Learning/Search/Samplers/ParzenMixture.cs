using Strata.Tensors;

namespace Strata.Learning.Search.Samplers;

/// <summary>How wide kernels are.</summary>
internal sealed record ParzenOptions
{
    /// <summary>
    /// The width of a kernel on the unit interval is this times n^(-2 / (d + 4)): narrower, and narrowing faster, than Scott's rule, which is made for estimating densities and not
    /// for finding their peaks. Chosen on Branin, Hartmann6 and Rosenbrock5 at 50, 100 and 250 trials.
    /// </summary>
    public double Magnitude { get; init; } = 0.07;

    /// <summary>Least width, as a share of the range.</summary>
    public double LeastWidth { get; init; } = 0.01;

    /// <summary>Weight of the prior, which covers the whole range, beside 1 for each trial.</summary>
    public double PriorWeight { get; init; } = 1;

    /// <summary>So many of the newest trials weigh 1; older ones less, down to 1 / n.</summary>
    public int FullWeightTrials { get; init; } = 25;
}

/// <summary>
/// A density over some parameters: for every trial a product of kernels around its values, truncated to the range, and a prior over the whole range. Numbers are places in the
/// unit interval, choices their codes.
/// </summary>
internal sealed class ParzenMixture
{
    private const int MostCells = 4096;

    private readonly int kernelCount, width;
    private readonly double[] weights, offsets;
    private readonly Dimension[] dimensions;
    private readonly double[] scores;

    /// <param name="space">Whose parameters they are.</param>
    /// <param name="group">The parameters, by index.</param>
    /// <param name="rows">A row a trial, old ones first, over all parameters of the space.</param>
    /// <param name="options">How wide kernels are.</param>
    public ParzenMixture(SearchSpace space, int[] group, List<double[]> rows, ParzenOptions options)
    {
        (kernelCount, width) = (rows.Count, group.Length);
        weights = Weights(rows.Count, options);
        offsets = new double[kernelCount + 1];
        scores = new double[kernelCount + 1];
        for (int k = 0; k <= kernelCount; k++)
        {
            offsets[k] = Math.Log(weights[k]);
        }

        double sigma = Math.Max(options.LeastWidth, options.Magnitude * Math.Pow(Math.Max(1, kernelCount), -2.0 / (width + 4)));
        dimensions = new Dimension[width];
        for (int d = 0; d < width; d++)
        {
            dimensions[d] = Dimension.Of(space.Parameters[group[d]], rows, group[d], sigma, options, offsets);
        }
    }

    /// <summary>Draws a place from the mixture.</summary>
    public void Draw(RandomSource random, Span<double> place)
    {
        double left = random.NextDouble();
        int kernel = 0;
        while (kernel < kernelCount && left >= weights[kernel])
        {
            left -= weights[kernel++];
        }

        for (int d = 0; d < width; d++)
        {
            place[d] = dimensions[d].Draw(kernel, random);
        }
    }

    /// <summary>The logarithm of the density at a place.</summary>
    public double LogDensity(ReadOnlySpan<double> place)
    {
        offsets.CopyTo(scores, 0);
        for (int d = 0; d < width; d++)
        {
            dimensions[d].AddTo(scores, place[d]);
        }

        double most = double.NegativeInfinity;
        foreach (double score in scores)
        {
            most = Math.Max(most, score);
        }

        double sum = 0;
        foreach (double score in scores)
        {
            // What is below e^-40 of the largest changes no digit that decides.
            sum += score > most - 40 ? Math.Exp(score - most) : 0;
        }

        return most + Math.Log(sum);
    }

    private static double[] Weights(int count, ParzenOptions options)
    {
        var weights = new double[count + 1];
        int ramp = Math.Max(0, count - options.FullWeightTrials);
        for (int i = 0; i < count; i++)
        {
            weights[i] = i >= ramp ? 1 : ramp == 1 ? 1.0 / count : 1.0 / count + (1 - 1.0 / count) * i / (ramp - 1);
        }

        weights[count] = options.PriorWeight;
        double sum = weights.Sum();
        for (int i = 0; i <= count; i++)
        {
            weights[i] /= sum;
        }

        return weights;
    }

    private abstract class Dimension
    {
        public static Dimension Of(Parameter parameter, List<double[]> rows, int column, double sigma, ParzenOptions options, double[] offsets)
        {
            var values = new double[rows.Count];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = rows[i][column];
            }

            return parameter is ChoiceParameter choice ? new Choices(values, choice.Choices.Count, options.PriorWeight)
                : ((NumberParameter)parameter).UnitCell is double cell && cell >= 1.0 / MostCells ? new Cells(values, cell, sigma, offsets)
                : new Numbers(values, sigma, offsets);
        }

        public abstract double Draw(int kernel, RandomSource random);

        /// <summary>Adds each kernel's logarithm of the density, without what does not depend on the place: that is in the offsets.</summary>
        public abstract void AddTo(Span<double> scores, double place);

        /// <summary>A normal number around the mean within [0, 1]: at least a third of the numbers drawn lie within.</summary>
        protected static double DrawWithin(double mean, double sigma, RandomSource random)
        {
            while (true)
            {
                double value = mean + sigma * random.NextGaussian();
                if (value is >= 0 and <= 1)
                {
                    return value;
                }
            }
        }

        /// <summary>The chance that a kernel leaves [0, 1] to.</summary>
        protected static double MassWithin(double mean, double sigma) => Gaussian.Cumulative((1 - mean) / sigma) - Gaussian.Cumulative(-mean / sigma);
    }

    /// <summary>Any number, or so many whole ones that their grid does not show.</summary>
    private sealed class Numbers : Dimension
    {
        private readonly double[] means;
        private readonly double sigma, factor;

        public Numbers(double[] means, double sigma, double[] offsets)
        {
            (this.means, this.sigma, factor) = (means, sigma, -0.5 / (sigma * sigma));
            double logSigma = Math.Log(sigma);
            for (int k = 0; k < means.Length; k++)
            {
                offsets[k] -= logSigma + Math.Log(MassWithin(means[k], sigma));
            }

            offsets[^1] -= Math.Log(MassWithin(0.5, 1));
        }

        public override double Draw(int kernel, RandomSource random) => kernel < means.Length ? DrawWithin(means[kernel], sigma, random) : DrawWithin(0.5, 1, random);

        public override void AddTo(Span<double> scores, double place)
        {
            for (int k = 0; k < means.Length; k++)
            {
                double gap = place - means[k];
                scores[k] += factor * gap * gap;
            }

            scores[means.Length] -= 0.5 * (place - 0.5) * (place - 0.5);
        }
    }

    /// <summary>Countable values, evenly spread: a kernel's chance of the whole cell counts.</summary>
    private sealed class Cells : Dimension
    {
        private readonly double[] means, logMass;
        private readonly int[] cells;
        private readonly double cell, sigma;

        public Cells(double[] means, double cell, double sigma, double[] offsets)
        {
            // A kernel narrower than the cells would never reach a neighbour.
            (this.means, this.cell, this.sigma) = (means, cell, Math.Max(sigma, cell * 0.5));
            cells = new int[means.Length];
            logMass = new double[(int)Math.Round(1 / cell)];
            for (int gap = 0; gap < logMass.Length; gap++)
            {
                logMass[gap] = Math.Log(Math.Max(1e-12, Mass(gap * cell, this.sigma)));
            }

            for (int k = 0; k < means.Length; k++)
            {
                cells[k] = CellOf(means[k]);
                offsets[k] -= Math.Log(MassWithin(means[k], this.sigma));
            }

            offsets[^1] -= Math.Log(MassWithin(0.5, 1));
        }

        public override double Draw(int kernel, RandomSource random) => kernel < means.Length ? DrawWithin(means[kernel], sigma, random) : DrawWithin(0.5, 1, random);

        public override void AddTo(Span<double> scores, double place)
        {
            int at = CellOf(place);
            for (int k = 0; k < cells.Length; k++)
            {
                scores[k] += logMass[Math.Abs(at - cells[k])];
            }

            scores[cells.Length] += Math.Log(Mass(place - 0.5, 1));
        }

        private int CellOf(double place) => Math.Clamp((int)(place / cell), 0, logMass.Length - 1);

        private double Mass(double gap, double width) => Gaussian.Cumulative((gap + cell / 2) / width) - Gaussian.Cumulative((gap - cell / 2) / width);
    }

    /// <summary>Values without an order (Aitchison and Aitken 1976): a kernel gives its own value most of the weight and shares the rest out.</summary>
    private sealed class Choices : Dimension
    {
        private readonly double[] codes;
        private readonly int count;
        private readonly double own, other;

        public Choices(double[] codes, int count, double priorWeight)
        {
            (this.codes, this.count) = (codes, count);
            double share = priorWeight / (codes.Length + 1);
            (own, other) = ((1 + share) / (1 + count * share), share / (1 + count * share));
        }

        public override double Draw(int kernel, RandomSource random)
        {
            // With the chance that lies beyond its equal share of the rest, the kernel's own value; else any.
            double left = random.NextDouble();
            return kernel < codes.Length && left < own - other ? codes[kernel] : random.NextInt(count);
        }

        public override void AddTo(Span<double> scores, double place)
        {
            (double same, double different) = (Math.Log(own), Math.Log(other));
            for (int k = 0; k < codes.Length; k++)
            {
                scores[k] += codes[k] == place ? same : different;
            }

            scores[codes.Length] -= Math.Log(count);
        }
    }
}
