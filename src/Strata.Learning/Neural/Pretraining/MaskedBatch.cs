using Strata.Learning.Data;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Tables;
using Strata.Tensors;

namespace Strata.Learning.Neural.Pretraining;

/// <summary>
/// What a network is to tell of a batch of which parts are hidden: the columns of a table (numbers, and each level of a category as 0 or 1), and series at places evenly spaced over
/// their length.
/// </summary>
internal sealed class MaskedBatch
{
    private const int MostPlaces = 64;

    private readonly InputEncoding encoding;
    private readonly int[] places;
    private readonly bool[] areGaps;
    private readonly float[] targets, weights;
    private bool[] hidden = [];
    private int count;

    /// <param name="rows">All rows.</param>
    /// <param name="most">Rows of the largest batch.</param>
    /// <exception cref="DataException">There is a column of images or points.</exception>
    public MaskedBatch(EncodedRows rows, int most)
    {
        encoding = rows.Encoding;
        if (encoding.Arrays.Any(array => array.Type != ColumnType.Series))
        {
            throw new DataException("Masked reconstruction learns from series and tables; leave columns of images and points out.");
        }

        places = [.. rows.Arrays.Select(column => Math.Clamp(Enumerable.Range(0, column.Count).Max(column.StepsOf), 1, MostPlaces))];
        areGaps = [.. encoding.Table?.AreGaps ?? []];
        Width = encoding.Arrays.Zip(places, (array, count) => array.InputChannels * count).Sum() + areGaps.Length + (encoding.Table?.TableRows.Sum() ?? 0);
        (targets, weights) = (new float[most * Width], new float[most * Width]);
    }

    /// <summary>Numbers that a network tells of a row.</summary>
    public int Width { get; }

    /// <summary>[rows, width], what was there.</summary>
    public ReadOnlySpan<float> Targets => targets.AsSpan(0, count * Width);

    /// <summary>[rows, width], 1 for what was hidden and known, else 0.</summary>
    public ReadOnlySpan<float> Weights => weights.AsSpan(0, count * Width);

    /// <summary>Notes what is there, and hides parts of it.</summary>
    /// <param name="batch">Loses what is hidden.</param>
    /// <param name="share">Of columns and steps.</param>
    /// <param name="random">Which.</param>
    public void Hide(Batch batch, double share, RandomSource random)
    {
        count = batch.Count;
        weights.AsSpan(0, count * Width).Clear();
        for (int row = 0; row < count; row++)
        {
            int at = row * Width;
            for (int part = 0; part < places.Length; part++)
            {
                at += HideSteps(batch.Arrays[part], row, places[part], at, share, random);
            }

            if (batch.Table is TableBatch table)
            {
                HideCells(table, row, at, share, random);
            }
        }
    }

    /// <summary>Hides spans of steps, about a tenth of the series each.</summary>
    private int HideSteps(ArrayBatch batch, int row, int placeCount, int at, double share, RandomSource random)
    {
        int channels = batch.Shape[2], steps = batch.Lengths.IsEmpty ? batch.Shape[1] : batch.Lengths[row];
        Span<float> values = batch.Row(row);
        if (hidden.Length < steps)
        {
            hidden = new bool[steps];
        }

        Span<bool> isHidden = hidden.AsSpan(0, steps);
        isHidden.Clear();
        for (int left = (int)Math.Ceiling(share * steps); left > 0;)
        {
            int span = Math.Min(left, 1 + random.NextInt(Math.Max(2, steps / 5))), from = random.NextInt(steps - span + 1);
            isHidden.Slice(from, span).Fill(true);
            left -= span;
        }

        for (int place = 0; place < placeCount; place++)
        {
            double position = Math.Clamp((place + 0.5) / placeCount * steps - 0.5, 0, steps - 1);
            int below = (int)position, above = Math.Min(below + 1, steps - 1), nearest = (int)Math.Round(position);
            for (int channel = 0; channel < channels; channel++, at++)
            {
                float a = values[below * channels + channel], b = values[above * channels + channel];
                targets[at] = a + (float)(position - below) * (b - a);
                weights[at] = isHidden[nearest] && !batch.Absent[row] ? 1 : 0;
            }
        }

        for (int step = 0; step < steps; step++)
        {
            if (isHidden[step])
            {
                values.Slice(step * channels, channels).Clear();
            }
        }

        return placeCount * channels;
    }

    private void HideCells(TableBatch batch, int row, int at, double share, RandomSource random)
    {
        Span<float> numbers = batch.Numbers.Slice(row * batch.NumberCount, batch.NumberCount);
        bool isHidden = false;
        for (int i = 0; i < numbers.Length; i++, at++)
        {
            isHidden = areGaps[i] ? isHidden : random.NextDouble() < share;
            bool isGap = i + 1 < numbers.Length && areGaps[i + 1] && numbers[i + 1] != 0;
            targets[at] = numbers[i];
            weights[at] = isHidden && !areGaps[i] && !isGap ? 1 : 0;
            numbers[i] = isHidden ? 0 : numbers[i];
        }

        for (int c = 0; c < encoding.Table!.TableRows.Count; c++)
        {
            ref int code = ref batch.Codes(c)[row];
            int levels = encoding.Table.TableRows[c];
            targets.AsSpan(at, levels).Clear();
            targets[at + code] = 1;

            // Row 0 is for what is missing: there is nothing to tell of it.
            bool hides = random.NextDouble() < share && code > 0;
            weights.AsSpan(at, levels).Fill(hides ? 1 : 0);
            code = hides ? 0 : code;
            at += levels;
        }
    }
}
