using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Numbers that describe one array. Missing steps are left out, in the rhythm taken as the mean.</summary>
/// <param name="Type">Series, image or points.</param>
/// <param name="Spectrum">Whether a series' rhythm is among them.</param>
/// <param name="Stretches">Stretches of time of a series whose means are among them.</param>
/// <param name="Size">Whether its length, or height and width, is among them.</param>
public sealed record ArrayDescription(ColumnType Type, bool Spectrum, int Stretches, bool Size)
{
    private const int MostSpectrumSteps = 4096;

    private static readonly string[] Distribution = ["mean", "deviation", "min", "q25", "median", "q75", "max", "skewness", "kurtosis"];
    private static readonly string[] Course = ["first", "last", "slope", "curvature", "change", "largest change", "autocorrelation 1", "autocorrelation 2", "autocorrelation 4", "mean crossings", "place of max", "place of min"];
    private static readonly string[] Rhythm = ["strongest frequency", "strength of it", "spectral centroid", "spectral entropy"];
    private static readonly string[] Texture = ["change across", "change down", "centre x", "centre y"];

    /// <summary>How many numbers for so many channels.</summary>
    public int CountFor(int channels) => SizeNames.Length + channels * ChannelNames.Count();

    private string[] SizeNames => !Size ? [] : Type == ColumnType.Image ? ["height", "width"] : ["length"];

    private IEnumerable<string> ChannelNames =>
    [
        .. Distribution,
        .. Type == ColumnType.Series ? Course : Type == ColumnType.Image ? Texture : [],
        .. Spectrum ? Rhythm : [],
        .. Enumerable.Range(1, Stretches).Select(stretch => string.Create(CultureInfo.InvariantCulture, $"mean of part {stretch}")),
    ];

    /// <summary>What each number is, in order: size first, then channel by channel.</summary>
    public IEnumerable<string> Names(IReadOnlyList<string> channels) =>
        [.. SizeNames, .. channels.SelectMany(channel => ChannelNames.Select(name => channels.Count == 1 ? name : $"{channel} {name}"))];

    /// <param name="cell">The array, channels innermost.</param>
    /// <param name="channels">How many.</param>
    /// <param name="width">Of an image.</param>
    /// <param name="to">One place for each name; what cannot be told stays as it is there.</param>
    public void Describe(ReadOnlySpan<float> cell, int channels, int width, Span<double> to)
    {
        int steps = cell.Length / channels, at = 0;
        if (Size)
        {
            to[at++] = Type == ColumnType.Image ? steps / width : steps;
            if (Type == ColumnType.Image)
            {
                to[at++] = width;
            }
        }

        int each = ChannelNames.Count();
        var values = new double[steps];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int step = 0; step < steps; step++)
            {
                values[step] = cell[step * channels + channel];
            }

            Describe(values, width, to.Slice(at, each));
            at += each;
        }
    }

    private void Describe(double[] values, int width, Span<double> to)
    {
        double[] present = [.. values.Where(value => !double.IsNaN(value))];
        if (present.Length == 0)
        {
            return;
        }

        double mean = present.Average(), deviation = Math.Sqrt(present.Sum(value => (value - mean) * (value - mean)) / present.Length);
        Distribute(present, mean, deviation, to);
        Span<double> rest = to[Distribution.Length..];
        if (Type == ColumnType.Image)
        {
            Textured(values, width, rest);
        }

        if (Type != ColumnType.Series)
        {
            return;
        }

        Followed(values, present, mean, deviation, rest);
        rest = rest[Course.Length..];
        if (Spectrum)
        {
            Spectral(values, mean, rest);
            rest = rest[Rhythm.Length..];
        }

        for (int stretch = 0; stretch < Stretches; stretch++)
        {
            int from = (int)((long)stretch * values.Length / Stretches), end = Math.Max(from + 1, (int)((long)(stretch + 1) * values.Length / Stretches));
            double[] part = [.. values[Math.Min(from, values.Length - 1)..Math.Min(end, values.Length)].Where(value => !double.IsNaN(value))];
            rest[stretch] = part.Length > 0 ? part.Average() : double.NaN;
        }
    }

    private static void Distribute(double[] present, double mean, double deviation, Span<double> to)
    {
        double[] sorted = [.. present.Order()];
        double Quantile(double share)
        {
            double place = share * (sorted.Length - 1);
            int below = (int)place;
            return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
        }

        (to[0], to[1], to[2], to[3], to[4], to[5], to[6]) = (mean, deviation, sorted[0], Quantile(0.25), Quantile(0.5), Quantile(0.75), sorted[^1]);
        to[7] = deviation > 0 ? present.Average(value => Math.Pow((value - mean) / deviation, 3)) : 0;
        to[8] = deviation > 0 ? present.Average(value => Math.Pow((value - mean) / deviation, 4)) - 3 : 0;
    }

    private static void Followed(double[] values, double[] present, double mean, double deviation, Span<double> to)
    {
        (to[0], to[1]) = (present[0], present[^1]);
        (to[2], to[3]) = Trend(values);
        double[] changes = [.. Enumerable.Range(1, values.Length - 1).Select(step => Math.Abs(values[step] - values[step - 1])).Where(change => !double.IsNaN(change))];
        (to[4], to[5]) = changes.Length > 0 ? (changes.Average(), changes.Max()) : (0, 0);
        (to[6], to[7], to[8]) = (Autocorrelation(values, mean, deviation, 1), Autocorrelation(values, mean, deviation, 2), Autocorrelation(values, mean, deviation, 4));
        int crossings = Enumerable.Range(1, present.Length - 1).Count(step => (present[step] > mean) != (present[step - 1] > mean));
        to[9] = present.Length > 1 ? (double)crossings / (present.Length - 1) : 0;
        to[10] = PlaceOf(values, present.Max());
        to[11] = PlaceOf(values, present.Min());
    }

    /// <summary>Where in the series, from 0 to 1, a value stands first.</summary>
    private static double PlaceOf(double[] values, double value) => values.Length > 1 ? (double)Array.IndexOf(values, value) / (values.Length - 1) : 0;

    /// <summary>Least squares of the values on time from -1 to 1, and on its square less the mean of that, which are orthogonal where no step is missing.</summary>
    private static (double Slope, double Curvature) Trend(double[] values)
    {
        double meanSquare = values.Length > 1 ? (values.Length + 1) / (3.0 * (values.Length - 1)) : 0, sumOne = 0, sumTwo = 0, squaresOne = 0, squaresTwo = 0;
        for (int step = 0; step < values.Length; step++)
        {
            if (double.IsNaN(values[step]) || values.Length == 1)
            {
                continue;
            }

            double time = 2.0 * step / (values.Length - 1) - 1, bent = time * time - meanSquare;
            (sumOne, squaresOne) = (sumOne + time * values[step], squaresOne + time * time);
            (sumTwo, squaresTwo) = (sumTwo + bent * values[step], squaresTwo + bent * bent);
        }

        return (squaresOne > 0 ? sumOne / squaresOne : 0, squaresTwo > 0 ? sumTwo / squaresTwo : 0);
    }

    private static double Autocorrelation(double[] values, double mean, double deviation, int lag)
    {
        double sum = 0;
        int count = 0;
        for (int step = lag; step < values.Length; step++)
        {
            double product = (values[step] - mean) * (values[step - lag] - mean);
            (sum, count) = double.IsNaN(product) ? (sum, count) : (sum + product, count + 1);
        }

        return count > 0 && deviation > 0 ? sum / count / (deviation * deviation) : 0;
    }

    /// <summary>From the power at each frequency of the series less its mean: the strongest, its share, the centre, and the entropy against even power. Frequencies are in cycles a step.</summary>
    private static void Spectral(double[] values, double mean, Span<double> to)
    {
        int length = Math.Min(values.Length, MostSpectrumSteps);
        double[] power = PowerSpectrum.Of(values.AsSpan(0, length), mean);
        double total = power.Sum();
        if (!(total > 0))
        {
            (to[0], to[1], to[2], to[3]) = (0, 0, 0, 0);
            return;
        }

        int strongest = Array.IndexOf(power, power.Max());
        double centre = 0, entropy = 0;
        for (int k = 0; k < power.Length; k++)
        {
            double share = power[k] / total;
            centre += share * (k + 1) / length;
            entropy -= share > 0 ? share * Math.Log(share) : 0;
        }

        (to[0], to[1], to[2], to[3]) = ((double)(strongest + 1) / length, power[strongest] / total, centre, power.Length > 1 ? entropy / Math.Log(power.Length) : 0);
    }

    private static void Textured(double[] values, int width, Span<double> to)
    {
        int height = values.Length / width;
        double across = 0, down = 0, weight = 0, x = 0, y = 0, least = values.Where(value => !double.IsNaN(value)).Min();
        int acrossCount = 0, downCount = 0;
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                double value = values[row * width + column];
                if (double.IsNaN(value))
                {
                    continue;
                }

                double left = column > 0 ? values[row * width + column - 1] : double.NaN, up = row > 0 ? values[(row - 1) * width + column] : double.NaN;
                (across, acrossCount) = double.IsNaN(left) ? (across, acrossCount) : (across + Math.Abs(value - left), acrossCount + 1);
                (down, downCount) = double.IsNaN(up) ? (down, downCount) : (down + Math.Abs(value - up), downCount + 1);
                (weight, x, y) = (weight + value - least, x + (value - least) * (column + 0.5) / width, y + (value - least) * (row + 0.5) / height);
            }
        }

        (to[0], to[1]) = (acrossCount > 0 ? across / acrossCount : 0, downCount > 0 ? down / downCount : 0);
        (to[2], to[3]) = weight > 0 ? (x / weight, y / weight) : (0.5, 0.5);
    }
}
