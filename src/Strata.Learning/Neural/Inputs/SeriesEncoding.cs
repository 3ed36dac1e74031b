using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.Onnx;
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

    public override OnnxArray Export(OnnxTable rows, string name) => Export(rows[name], rows.Graph.LengthsOf(rows[name]));

    /// <summary>The same for the series that a wide table's numbers are.</summary>
    public OnnxArray ExportWide(OnnxTable rows)
    {
        // A series ends with its last number.
        string[] names = [.. rows.Columns.Columns.Where(column => WideSeries.IsStep(column.Type)).Select(column => column.Name)];
        OnnxValue numbers = rows.Numbers(names);
        int steps = names.Length;
        OnnxValue places = rows.Graph.Constant("steps", OnnxElement.Int64, [steps], Enumerable.Range(1, steps).Select(step => (double)step));
        OnnxValue lengths = numbers.IsMissing().Choose(places.Same(0), places).Reduce("ReduceMax", 1, keep: false);
        return Export(numbers.As(OnnxElement.Float).Reshape(-1, steps, 1), lengths);
    }

    /// <param name="x">float32 [rows, steps, channels].</param>
    /// <param name="lengths">int64 [rows], 0 for a missing cell.</param>
    private OnnxArray Export(OnnxValue x, OnnxValue lengths)
    {
        OnnxValue isWithin = x.StepsBelow(lengths), given = x.As(OnnxElement.Double), isGap = given.IsMissing(), zero = given.Same(0);
        OnnxValue isStep = isGap.To("Not"), scaled = Scaled(given, isWithin.To("And", isStep));

        // In rising order, with gaps put behind, the steps that are no gaps come first: the last of as many as there were so far is repeated.
        OnnxValue steps = x.Steps(), count = isStep.As(OnnxElement.Int64).To("CumSum", x.Graph.Number(OnnxElement.Int64, 1)), isAny = count.IsAbove(0), none = count.Same(0);
        OnnxValue order = isStep.Choose(steps, steps + x.To("Shape", OnnxElement.Int64).Slice(0, 1, 2)).Ascending(1);
        OnnxValue last = isAny.Choose(order.GatherElements(isAny.Choose(count - 1, none), 1), none);
        scaled = isWithin.To("And", isAny).Choose(scaled.GatherElements(last, 1), zero);
        if (TellsGaps.Contains(true))
        {
            OnnxValue tells = isWithin.To("And", isGap).As(OnnxElement.Double);
            scaled = x.Graph.Join([scaled, .. Enumerable.Range(0, Channels).Where(channel => TellsGaps[channel]).Select(channel => tells.Slice(2, channel, channel + 1))], axis: 2);
        }

        return new OnnxArray(scaled.As(OnnxElement.Float), lengths.To("Max", lengths.Same(1)), lengths.IsBelow(1).Reshape(-1, 1));
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
