using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Neural.Augmentation;

/// <summary>Adds noise to every number (Um et al. 2017).</summary>
/// <param name="Deviation">Of the noise, in the unit of the scaled numbers.</param>
public sealed record Jitter(double Deviation) : IAugmentation
{
    public bool IsFor(ColumnType type) => type.IsArray();

    public void Apply(Span<float> cell, CellShape shape, Span<float> scratch, RandomSource random)
    {
        for (int at = 0; at < cell.Length; at += shape.Channels)
        {
            for (int channel = 0; channel < shape.Measured; channel++)
            {
                cell[at + channel] += (float)(Deviation * random.NextGaussian());
            }
        }
    }
}

/// <summary>Makes the whole array larger or smaller, channel by channel for series and alike in all coordinates of points (Um et al. 2017).</summary>
/// <param name="Deviation">Of the factor from one.</param>
public sealed record Rescale(double Deviation) : IAugmentation
{
    public bool IsFor(ColumnType type) => type is ColumnType.Series or ColumnType.Points;

    public void Apply(Span<float> cell, CellShape shape, Span<float> scratch, RandomSource random)
    {
        float factor = (float)Math.Max(0.1, 1 + Deviation * random.NextGaussian());
        for (int at = 0; at < cell.Length; at += shape.Channels)
        {
            for (int channel = 0; channel < shape.Measured; channel++)
            {
                cell[at + channel] *= factor;
            }
        }
    }
}

/// <summary>Bends time by a smooth curve: some stretches pass faster, others slower (Um et al. 2017).</summary>
/// <param name="Strength">How much faster or slower at the most, as a part of the usual speed; below 1.</param>
public sealed record TimeWarp(double Strength) : IAugmentation
{
    private const int Knots = 4;

    public bool IsFor(ColumnType type) => type == ColumnType.Series;

    public void Apply(Span<float> cell, CellShape shape, Span<float> scratch, RandomSource random)
    {
        Span<double> speeds = stackalloc double[Knots + 1];
        for (int knot = 0; knot <= Knots; knot++)
        {
            speeds[knot] = 1 + Strength * (2 * random.NextDouble() - 1);
        }

        double total = 0;
        for (int step = 1; step < shape.Height; step++)
        {
            total += Speed(speeds, step, shape.Height);
        }

        cell.CopyTo(scratch);
        double time = 0;
        for (int step = 0; step < shape.Height; step++)
        {
            time += step == 0 ? 0 : Speed(speeds, step, shape.Height);
            Resampling.Step(scratch, shape, total > 0 ? time / total * (shape.Height - 1) : 0, cell.Slice(step * shape.Channels, shape.Channels));
        }
    }

    private static double Speed(ReadOnlySpan<double> speeds, int step, int steps)
    {
        double at = (double)step / steps * Knots;
        int knot = Math.Min((int)at, Knots - 1);
        return speeds[knot] + (at - knot) * (speeds[knot + 1] - speeds[knot]);
    }
}

/// <summary>Takes a window of the series and stretches it to the whole length (Le Guennec et al. 2016).</summary>
/// <param name="Share">The shortest window, as a part of the series.</param>
public sealed record WindowSlice(double Share) : IAugmentation
{
    public bool IsFor(ColumnType type) => type == ColumnType.Series;

    public void Apply(Span<float> cell, CellShape shape, Span<float> scratch, RandomSource random)
    {
        double last = shape.Height - 1, length = last * (Share + (1 - Share) * random.NextDouble()), start = (last - length) * random.NextDouble();
        cell.CopyTo(scratch);
        for (int step = 0; step < shape.Height; step++)
        {
            Resampling.Step(scratch, shape, last > 0 ? start + step / last * length : 0, cell.Slice(step * shape.Channels, shape.Channels));
        }
    }
}

/// <summary>Moves the series along time by some steps; the end that it leaves repeats its first or last step.</summary>
/// <param name="Most">The most steps, to either side.</param>
public sealed record Shift(int Most) : IAugmentation
{
    public bool IsFor(ColumnType type) => type == ColumnType.Series;

    public void Apply(Span<float> cell, CellShape shape, Span<float> scratch, RandomSource random)
    {
        int by = random.NextInt(2 * Most + 1) - Most;
        cell.CopyTo(scratch);
        for (int step = 0; step < shape.Height; step++)
        {
            int from = Math.Clamp(step + by, 0, shape.Height - 1);
            scratch.Slice(from * shape.Channels, shape.Channels).CopyTo(cell[(step * shape.Channels)..]);
        }
    }
}

/// <summary>Cuts the series into parts of equal length and puts them together in another order (Um et al. 2017).</summary>
/// <param name="Most">The most parts; at least 2.</param>
public sealed record Permutation(int Most) : IAugmentation
{
    public bool IsFor(ColumnType type) => type == ColumnType.Series;

    public void Apply(Span<float> cell, CellShape shape, Span<float> scratch, RandomSource random)
    {
        int parts = Math.Min(shape.Height, 2 + random.NextInt(Math.Max(1, Most - 1)));
        Span<int> order = stackalloc int[parts];
        for (int part = 0; part < parts; part++)
        {
            order[part] = part;
        }

        random.Shuffle(order);
        cell.CopyTo(scratch);
        int to = 0;
        foreach (int part in order)
        {
            int from = (int)((long)part * shape.Height / parts), end = (int)((part + 1L) * shape.Height / parts);
            scratch[(from * shape.Channels)..(end * shape.Channels)].CopyTo(cell[(to * shape.Channels)..]);
            to += end - from;
        }
    }
}

/// <summary>Turns the series round in time, in half of the cases; or the image left to right.</summary>
public sealed record Flip : IAugmentation
{
    public bool IsFor(ColumnType type) => type is ColumnType.Series or ColumnType.Image;

    public void Apply(Span<float> cell, CellShape shape, Span<float> scratch, RandomSource random)
    {
        if (random.NextDouble() < 0.5)
        {
            return;
        }

        // A series is one row of steps, an image many rows of pixels.
        int width = shape.Width == 1 ? shape.Height : shape.Width;
        for (int row = 0; row < cell.Length; row += width * shape.Channels)
        {
            for (int left = 0, right = width - 1; left < right; left++, right--)
            {
                Span<float> one = cell.Slice(row + left * shape.Channels, shape.Channels), other = cell.Slice(row + right * shape.Channels, shape.Channels);
                one.CopyTo(scratch);
                other.CopyTo(one);
                scratch[..shape.Channels].CopyTo(other);
            }
        }
    }
}
