using Strata.Learning.Data;

namespace Strata.Learning.Neural.Inputs;

/// <summary>Weight, mean and squared deviations of one channel's finite numbers, added up row by row (Chan et al. 1983).</summary>
internal struct ChannelMoments
{
    private double weight, mean, squares;

    /// <summary>The mean, and one over the deviation: 0 where all are the same.</summary>
    public readonly (double Mean, double Factor) Scale
    {
        get
        {
            double deviation = weight > 0 ? Math.Sqrt(squares / weight) : 0;
            return (mean, deviation > 1e-7 * Math.Max(1e-30, Math.Abs(mean)) && deviation > 1e-30 ? 1 / deviation : 0);
        }
    }

    /// <summary>Those of one cell.</summary>
    public static ChannelMoments Of(ReadOnlySpan<float> cell, int channel, int channels)
    {
        double sum = 0, squares = 0;
        long count = 0;
        for (int i = channel; i < cell.Length; i += channels)
        {
            if (float.IsFinite(cell[i]))
            {
                sum += cell[i];
                count++;
            }
        }

        double mean = count > 0 ? sum / count : 0;
        for (int i = channel; i < cell.Length; i += channels)
        {
            if (float.IsFinite(cell[i]))
            {
                squares += (cell[i] - mean) * (cell[i] - mean);
            }
        }

        return new ChannelMoments { weight = count, mean = mean, squares = squares };
    }

    /// <summary>Of each channel of a column, rows by their weights.</summary>
    public static (double[] Means, double[] Factors) Of(ArrayColumn column, double[]? weights, FitContext context)
    {
        var all = new ChannelMoments[column.Channels.Count];
        for (int row = 0; row < column.Count; row++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            for (int channel = 0; channel < all.Length && column.Values[row] is float[] cell; channel++)
            {
                all[channel].Add(Of(cell, channel, all.Length), weights?[row] ?? 1);
            }
        }

        return ([.. all.Select(channel => channel.Scale.Mean)], [.. all.Select(channel => channel.Scale.Factor)]);
    }

    private void Add(ChannelMoments other, double by)
    {
        double more = other.weight * by, sum = weight + more;
        if (more <= 0 || sum <= 0)
        {
            return;
        }

        double away = other.mean - mean;
        squares += other.squares * by + away * away * weight * (more / sum);
        mean += away * (more / sum);
        weight = sum;
    }
}
