using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.RandomKernels;

/// <summary>How the channels of series are measured.</summary>
/// <param name="Kind">By what.</param>
/// <param name="Means">Of each channel over the training rows; empty unless that is the kind.</param>
/// <param name="Deviations">As the means.</param>
internal sealed record ChannelScale(SeriesScaling Kind, double[] Means, double[] Deviations)
{
    /// <summary>Smaller deviations, beside the size of the numbers, are rounding.</summary>
    private const double Flat = 1e-6;

    public static ChannelScale Of(SeriesScaling kind, SeriesRows rows)
    {
        if (kind != SeriesScaling.Training)
        {
            return new ChannelScale(kind, [], []);
        }

        (double Mean, double Deviation)[] channels = [.. Enumerable.Range(0, rows.ChannelCount).Select(channel =>
        {
            double sum = 0, squares = 0, count = 0;
            for (int row = 0; row < rows.Count; row++)
            {
                foreach (float value in rows.Channel(row, channel))
                {
                    sum += value;
                    squares += (double)value * value;
                    count++;
                }
            }

            double mean = count > 0 ? sum / count : 0;
            return (mean, count > 0 ? Math.Sqrt(Math.Max(0, squares / count - mean * mean)) : 0);
        })];
        return new ChannelScale(kind, [.. channels.Select(channel => channel.Mean)], [.. channels.Select(channel => channel.Deviation)]);
    }

    public static ChannelScale Read(ModelReader reader, int channels)
    {
        ChannelScale scale = reader.Get<ChannelScale>("scale");
        int count = scale.Kind == SeriesScaling.Training ? channels : 0;
        return Enum.IsDefined(scale.Kind) && scale.Means.Length == count && scale.Deviations.Length == count && scale.Means.Concat(scale.Deviations).All(double.IsFinite)
            ? scale
            : throw new ModelFileException($"The scale of {channels} channels in the model file is none.");
    }

    public void Apply(int channel, Span<float> steps)
    {
        if (Kind == SeriesScaling.None || steps.IsEmpty)
        {
            return;
        }

        (double mean, double deviation) = Kind == SeriesScaling.Training ? (Means[channel], Deviations[channel]) : MomentsOf(steps);
        double ratio = Ratio(mean, deviation);
        foreach (ref float value in steps)
        {
            value = (float)((value - mean) * ratio);
        }
    }

    /// <summary>The same inside a graph: float32 [rows, steps, channels].</summary>
    /// <param name="x">Without gaps; what lies beyond a row's end has no meaning.</param>
    /// <param name="series">Whose rows' ends count.</param>
    public OnnxValue Export(OnnxValue x, SeriesGraph series)
    {
        if (Kind == SeriesScaling.None)
        {
            return x;
        }

        OnnxValue numbers = x.As(OnnxElement.Double);
        if (Kind == SeriesScaling.Training)
        {
            OnnxValue means = x.Graph.Constant("channel_means", OnnxElement.Double, [Means.Length], Means);
            OnnxValue ratios = x.Graph.Constant("channel_ratios", OnnxElement.Double, [Means.Length], Means.Zip(Deviations, Ratio));
            return ((numbers - means) * ratios).As(OnnxElement.Float);
        }

        OnnxValue counts = series.Ends.As(OnnxElement.Double), mean = series.Within(numbers, 0).Sum(1) / counts, away = numbers - mean;
        OnnxValue deviation = (series.Within(away * away, 0).Sum(1) / counts).To("Sqrt");
        OnnxValue isEven = deviation.To("Greater", OnnxElement.Bool, mean.To("Abs").To("Max", mean.Same(1e-30)) * Flat);
        return (away * isEven.Choose(1 / deviation, deviation.Same(0))).As(OnnxElement.Float);
    }

    private static double Ratio(double mean, double deviation) => deviation > Flat * Math.Max(1e-30, Math.Abs(mean)) ? 1 / deviation : 0;

    private static (double Mean, double Deviation) MomentsOf(ReadOnlySpan<float> steps)
    {
        double sum = 0, squares = 0;
        foreach (float value in steps)
        {
            sum += value;
        }

        double mean = sum / steps.Length;
        foreach (float value in steps)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, Math.Sqrt(squares / steps.Length));
    }
}
