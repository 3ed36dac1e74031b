using Strata.Learning.Data;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Clusters;

/// <summary>One step of expectation and maximisation: each component's share of every row, then the distributions that fit these shares best.</summary>
internal sealed class MixtureSteps(ClusterRows rows, MixtureCovariance covariance, double regularization, ParallelOptions threads)
{
    private readonly int columns = rows.ColumnCount;

    /// <summary>The distributions of rows that belong to one cluster each.</summary>
    public MixtureComponents FromNearest(int[] nearest, int count)
    {
        var shares = new double[rows.Count * count];
        for (int row = 0; row < nearest.Length; row++)
        {
            shares[row * count + nearest[row]] = 1;
        }

        return Fit(shares, count);
    }

    /// <summary>Better distributions, and the weighted mean log density under the ones given.</summary>
    public (MixtureComponents Next, double MeanLogDensity) Improve(MixtureComponents components)
    {
        int count = components.Count;
        var shares = new double[rows.Count * count];
        var densities = new double[RowShares.Count(rows.Count)];
        RowShares.ForEach(rows.Count, threads, (part, start, end) =>
        {
            for (int row = start; row < end; row++)
            {
                densities[part] += rows.Weights[row] * components.Responsibilities(rows.Row(row), shares.AsSpan(row * count, count));
            }
        });
        return (Fit(shares, count), densities.Sum() / rows.TotalWeight);
    }

    private MixtureComponents Fit(double[] shares, int count)
    {
        double[] weights = new double[count], means = new double[count * columns];
        Sum(count, columns + 1, (row, k, into) =>
        {
            double weight = shares[row * count + k] * rows.Weights[row];
            into[columns] += weight;
            VectorKernels.AddScaled(rows.Row(row), weight, into[..columns]);
        }, (k, sums) =>
        {
            // As much as a double can tell from nothing, so that an empty component stays where it is possible.
            weights[k] = sums[columns] + 10 * double.Epsilon;
            for (int j = 0; j < columns; j++)
            {
                means[k * columns + j] = sums[j] / Math.Max(weights[k], 1e-300);
            }
        });
        double[] covariances = covariance is MixtureCovariance.Full or MixtureCovariance.Tied ? Full(shares, weights, means, count) : Diagonal(shares, weights, means, count);
        double total = weights.Sum();
        return MixtureComponents.TryCreate([.. weights.Select(weight => weight / total)], means, covariances, covariance is MixtureCovariance.Diagonal or MixtureCovariance.Spherical, threads)
            ?? throw new DataException($"A component of the mixture has shrunk to too few rows for its covariance. Ask for fewer clusters, a simpler covariance, or a regularization above {regularization}.");
    }

    private double[] Full(double[] shares, double[] weights, double[] means, int count)
    {
        var covariances = new double[count * columns * columns];
        Sum(count, columns * columns, (row, k, into) =>
        {
            double weight = shares[row * count + k] * rows.Weights[row];
            if (weight == 0)
            {
                return;
            }

            Span<double> distance = columns <= 256 ? stackalloc double[columns] : new double[columns];
            ReadOnlySpan<double> values = rows.Row(row);
            for (int j = 0; j < columns; j++)
            {
                distance[j] = values[j] - means[k * columns + j];
            }

            for (int i = 0; i < columns; i++)
            {
                VectorKernels.AddScaled(distance[..(i + 1)], weight * distance[i], into.Slice(i * columns, i + 1));
            }
        }, (k, sums) => sums.CopyTo(covariances.AsSpan(k * columns * columns)));
        if (covariance == MixtureCovariance.Tied)
        {
            for (int i = 0; i < columns * columns; i++)
            {
                double sum = 0;
                for (int k = 0; k < count; k++)
                {
                    sum += covariances[k * columns * columns + i];
                }

                for (int k = 0; k < count; k++)
                {
                    covariances[k * columns * columns + i] = sum / weights.Sum();
                }
            }
        }
        else
        {
            for (int i = 0; i < covariances.Length; i++)
            {
                covariances[i] /= Math.Max(weights[i / (columns * columns)], 1e-300);
            }
        }

        for (int i = 0; i < count * columns; i++)
        {
            covariances[i * columns + i % columns] += regularization;
        }

        return covariances;
    }

    private double[] Diagonal(double[] shares, double[] weights, double[] means, int count)
    {
        var variances = new double[count * columns];
        Sum(count, columns, (row, k, into) =>
        {
            double weight = shares[row * count + k] * rows.Weights[row];
            ReadOnlySpan<double> values = rows.Row(row);
            for (int j = 0; j < columns; j++)
            {
                double distance = values[j] - means[k * columns + j];
                into[j] += weight * distance * distance;
            }
        }, (k, sums) =>
        {
            for (int j = 0; j < columns; j++)
            {
                variances[k * columns + j] = sums[j] / Math.Max(weights[k], 1e-300) + regularization;
            }

            if (covariance == MixtureCovariance.Spherical)
            {
                Span<double> own = variances.AsSpan(k * columns, columns);
                own.Fill(own.ToArray().Average());
            }
        });
        return variances;
    }

    private delegate void AddRow(int row, int component, Span<double> into);

    private delegate void TakeSums(int component, ReadOnlySpan<double> sums);

    /// <summary>Adds something of every row for each component; parts of the rows are added in their order.</summary>
    private void Sum(int count, int width, AddRow add, TakeSums take)
    {
        var parts = new double[RowShares.Count(rows.Count)][];
        RowShares.ForEach(rows.Count, threads, (part, start, end) =>
        {
            double[] sums = parts[part] = new double[count * width];
            for (int row = start; row < end; row++)
            {
                for (int k = 0; k < count; k++)
                {
                    add(row, k, sums.AsSpan(k * width, width));
                }
            }
        });
        double[] all = parts[0];
        foreach (double[] part in parts.AsSpan(1))
        {
            VectorKernels.AddScaled(part, 1, all);
        }

        for (int k = 0; k < count; k++)
        {
            take(k, all.AsSpan(k * width, width));
        }
    }
}
