using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Neural.Inputs;

/// <summary>
/// Series of any length, padded with zeros to the longest of the batch. A missing step repeats the one before, the first is zero; where the training rows had any in a channel, a
/// further channel tells which steps were missing.
/// </summary>
internal sealed record SeriesEncoding(int Column, Scaling Scaling, double[] Means, double[] Factors, bool[] TellsGaps) : ArrayEncoding(Column, Scaling, Means, Factors)
{
    [JsonIgnore]
    public override int InputChannels => Channels + TellsGaps.Count(tells => tells);

    [JsonIgnore]
    public override ColumnType Type => ColumnType.Series;

    public static SeriesEncoding Of(int place, ArrayColumn column, Scaling scaling, double[]? weights, FitContext context)
    {
        (double[] means, double[] factors) = ChannelMoments.Of(column, weights, context);
        return new SeriesEncoding(place, scaling, means, factors, [.. Enumerable.Range(0, column.Channels.Count).Select(channel => HasGap(column, channel))]);
    }

    public override bool IsSound(ColumnType type, int channels) => base.IsSound(type, channels) && TellsGaps?.Length == channels;

    public override void Fill(ArrayColumn column, ReadOnlySpan<int> rows, ArrayBatch batch, RandomSource? random)
    {
        int longest = 1;
        foreach (int row in rows)
        {
            longest = Math.Max(longest, column.StepsOf(row));
        }

        batch.Begin(new Shape(rows.Length, longest, InputChannels));
        for (int i = 0; i < rows.Length; i++)
        {
            int steps = column.StepsOf(rows[i]);
            if (steps == 0)
            {
                batch.SetAbsent(i);
                continue;
            }

            batch.SetLength(i, steps);
            Write(column.Values[rows[i]], batch.Row(i));
        }
    }

    private void Write(ReadOnlySpan<float> cell, Span<float> to)
    {
        int width = InputChannels;
        for (int channel = 0, gaps = Channels; channel < Channels; channel++)
        {
            (double Mean, double Factor) by = ScaleOf(cell, channel);
            float last = 0;
            for (int i = channel, place = 0; i < cell.Length; i += Channels, place += width)
            {
                bool isGap = float.IsNaN(cell[i]);
                to[place + channel] = last = isGap ? last : Scaled(cell[i], by);
                if (isGap && TellsGaps[channel])
                {
                    to[place + gaps] = 1;
                }
            }

            gaps += TellsGaps[channel] ? 1 : 0;
        }
    }

    private static bool HasGap(ArrayColumn column, int channel)
    {
        foreach (float[]? cell in column.Values)
        {
            for (int i = channel; i < (cell?.Length ?? 0); i += column.Channels.Count)
            {
                if (float.IsNaN(cell![i]))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
