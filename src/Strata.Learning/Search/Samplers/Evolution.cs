using Strata.Tensors;

namespace Strata.Learning.Search.Samplers;

/// <summary>The state of CMA-ES: a normal distribution that moves and stretches to where better points were found. Names and defaults are those of Hansen 2016, table 1.</summary>
internal sealed class Evolution
{
    private readonly int n, mu;
    private readonly double[] weights;
    private readonly double muEff, cSigma, dSigma, cC, c1, cMu, chiN;
    private readonly double[] mean, pathSigma, pathC;
    private readonly double[,] covariance;
    private double[,] axes;
    private double[] lengths;
    private double sigma;
    private int updates;

    public Evolution(double[] mean, double sigma, int population)
    {
        (this.mean, this.sigma, Population, n) = (mean, sigma, population, mean.Length);
        mu = population / 2;
        double[] raw = [.. Enumerable.Range(1, mu).Select(i => Math.Log((population + 1) / 2.0) - Math.Log(i))];
        weights = [.. raw.Select(weight => weight / raw.Sum())];
        muEff = 1 / weights.Sum(weight => weight * weight);
        cSigma = (muEff + 2) / (n + muEff + 5);
        dSigma = 1 + 2 * Math.Max(0, Math.Sqrt((muEff - 1) / (n + 1)) - 1) + cSigma;
        cC = (4 + muEff / n) / (n + 4 + 2 * muEff / n);
        c1 = 2 / ((n + 1.3) * (n + 1.3) + muEff);
        cMu = Math.Min(1 - c1, 2 * (muEff - 2 + 1 / muEff) / ((n + 2) * (n + 2) + muEff));
        chiN = Math.Sqrt(n) * (1 - 1.0 / (4 * n) + 1.0 / (21.0 * n * n));
        (pathSigma, pathC) = (new double[n], new double[n]);
        covariance = new double[n, n];
        axes = new double[n, n];
        lengths = new double[n];
        for (int i = 0; i < n; i++)
        {
            covariance[i, i] = axes[i, i] = lengths[i] = 1;
        }
    }

    /// <summary>How many points make a generation.</summary>
    public int Population { get; }

    /// <summary>Whether the distribution has become a point, or so thin that sums lose it.</summary>
    public bool IsDegenerate
    {
        get
        {
            double longest = lengths.Max(), shortest = lengths.Min();
            return !double.IsFinite(sigma) || !double.IsFinite(longest) || sigma * longest < 1e-9 || sigma * longest > 1e4 || longest > 1e7 * shortest;
        }
    }

    public static int DefaultPopulation(int dimensions) => 4 + (int)(3 * Math.Log(dimensions));

    public double[] Draw(RandomSource random)
    {
        var stretched = new double[n];
        for (int k = 0; k < n; k++)
        {
            stretched[k] = lengths[k] * random.NextGaussian();
        }

        var place = new double[n];
        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            for (int k = 0; k < n; k++)
            {
                sum += axes[i, k] * stretched[k];
            }

            place[i] = mean[i] + sigma * sum;
        }

        return place;
    }

    /// <param name="ranked">The generation's points, best first.</param>
    /// <param name="leastWidths">Least standard deviation of each coordinate, so that rounded ones keep moving; 0 for none.</param>
    public void Update(double[][] ranked, double[] leastWidths)
    {
        updates++;
        var steps = new double[mu][];
        var step = new double[n];
        for (int k = 0; k < mu; k++)
        {
            steps[k] = [.. ranked[k].Select((value, i) => (value - mean[i]) / sigma)];
            for (int i = 0; i < n; i++)
            {
                step[i] += weights[k] * steps[k][i];
            }
        }

        for (int i = 0; i < n; i++)
        {
            mean[i] += sigma * step[i];
        }

        double[] whitened = Whiten(step);
        double keep = Math.Sqrt(cSigma * (2 - cSigma) * muEff);
        for (int i = 0; i < n; i++)
        {
            pathSigma[i] = (1 - cSigma) * pathSigma[i] + keep * whitened[i];
        }

        double length = Math.Sqrt(pathSigma.Sum(value => value * value));
        bool isSteady = length / Math.Sqrt(1 - Math.Pow(1 - cSigma, 2 * updates)) < (1.4 + 2.0 / (n + 1)) * chiN;
        double gain = isSteady ? Math.Sqrt(cC * (2 - cC) * muEff) : 0;
        for (int i = 0; i < n; i++)
        {
            pathC[i] = (1 - cC) * pathC[i] + gain * step[i];
        }

        double forget = 1 - c1 - cMu + (isSteady ? 0 : c1 * cC * (2 - cC));
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double spread = 0;
                for (int k = 0; k < mu; k++)
                {
                    spread += weights[k] * steps[k][i] * steps[k][j];
                }

                covariance[i, j] = covariance[j, i] = forget * covariance[i, j] + c1 * pathC[i] * pathC[j] + cMu * spread;
            }
        }

        sigma *= Math.Exp(Math.Min(1, cSigma / dSigma * (length / chiN - 1)));
        Widen(leastWidths);
        (lengths, axes) = SymmetricEigen.Of(covariance);
        for (int i = 0; i < n; i++)
        {
            lengths[i] = Math.Sqrt(Math.Max(lengths[i], 0));
        }
    }

    /// <summary>B D^-1 B^T step.</summary>
    private double[] Whiten(double[] step)
    {
        var whitened = new double[n];
        for (int k = 0; k < n; k++)
        {
            double along = 0;
            for (int i = 0; i < n; i++)
            {
                along += axes[i, k] * step[i];
            }

            along /= lengths[k];
            for (int i = 0; i < n; i++)
            {
                whitened[i] += axes[i, k] * along;
            }
        }

        return whitened;
    }

    private void Widen(double[] leastWidths)
    {
        for (int i = 0; i < n; i++)
        {
            double least = leastWidths[i] / sigma;
            covariance[i, i] = Math.Max(covariance[i, i], least * least);
        }
    }
}
