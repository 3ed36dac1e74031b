using Strata.Learning.Data;

namespace Strata.Learning.RandomKernels;

/// <summary>
/// The series of some rows, complete: gaps between steps are bridged by straight lines, those at an end hold the nearest step, and shorter channels hold their last.
/// In a wide table trailing gaps make a series shorter.
/// </summary>
internal sealed class SeriesRows
{
    private readonly float[][] values;

    private SeriesRows(float[][] values, int channelCount) => (this.values, ChannelCount) = (values, channelCount);

    public int Count => values.Length;

    public int ChannelCount { get; }

    public int LongestSteps => values.Length == 0 ? 0 : values.Max(series => series.Length) / ChannelCount;

    /// <summary>0 where the series is missing.</summary>
    public int StepsOf(int row) => values[row].Length / ChannelCount;

    /// <summary>[channels, steps].</summary>
    public ReadOnlySpan<float> this[int row] => values[row];

    public ReadOnlySpan<float> Channel(int row, int channel) => values[row].AsSpan(channel * StepsOf(row), StepsOf(row));

    /// <param name="rows">A table of the layout.</param>
    /// <param name="layout">Its series.</param>
    /// <exception cref="DataException">A step is infinite or too large.</exception>
    public static SeriesRows Of(Frame rows, SeriesLayout layout)
    {
        float[][] values = layout.Steps.Length > 0 ? Wide(rows, layout) : Long(rows, layout);
        return new SeriesRows(values, layout.ChannelCount);
    }

    /// <summary>Brings every channel to the scale, in place.</summary>
    public void Scale(ChannelScale scale)
    {
        for (int row = 0; row < Count; row++)
        {
            for (int channel = 0; channel < ChannelCount; channel++)
            {
                scale.Apply(channel, values[row].AsSpan(channel * StepsOf(row), StepsOf(row)));
            }
        }
    }

    /// <summary>The differences of each channel from step to step; of a single step 0.</summary>
    public SeriesRows Differences() => new(
        [.. Enumerable.Range(0, Count).Select(row => (float[])[.. Enumerable.Range(0, ChannelCount).SelectMany(channel => DifferencesOf(Channel(row, channel).ToArray()))])],
        ChannelCount);

    private static float[] DifferencesOf(float[] steps) => steps.Length == 1 ? [0] : [.. steps.Skip(1).Zip(steps, (next, own) => next - own)];

    private static float[][] Wide(Frame rows, SeriesLayout layout)
    {
        int steps = layout.Steps.Length, count = rows.RowCount;
        var table = new float[count][];
        for (int row = 0; row < count; row++)
        {
            table[row] = new float[steps];
        }

        var column = new double[count];
        for (int step = 0; step < steps; step++)
        {
            rows.Columns[layout.Steps[step]].CopyNumbers(column);
            for (int row = 0; row < count; row++)
            {
                table[row][step] = Checked(column[row], rows.Columns[layout.Steps[step]].Name, row);
            }
        }

        return [.. table.Select(series =>
        {
            float[] shorter = series[..(series.AsSpan().LastIndexOfAnyExcept(float.NaN) + 1)];
            Bridge(shorter);
            return shorter;
        })];
    }

    private static float[][] Long(Frame rows, SeriesLayout layout)
    {
        ArrayColumn[] columns = [.. layout.Series.Select(i => (ArrayColumn)rows.Columns[i])];
        var values = new float[rows.RowCount][];
        for (int row = 0; row < values.Length; row++)
        {
            int steps = columns.Max(column => column.StepsOf(row)), channel = 0;
            values[row] = new float[steps * layout.ChannelCount];
            foreach (ArrayColumn column in columns)
            {
                int own = column.StepsOf(row);
                for (int c = 0; c < column.Channels.Count; c++, channel++)
                {
                    Span<float> to = values[row].AsSpan(channel * steps, steps);
                    to.Fill(float.NaN);
                    for (int step = 0; step < own; step++)
                    {
                        to[step] = Checked(column.Values[row]![step * column.Channels.Count + c], column.Name, row);
                    }

                    Bridge(to);
                }
            }
        }

        return values;
    }

    private static float Checked(double value, string column, int row)
    {
        const double largest = 1e15;
        return Math.Abs(value) > largest
            ? throw new DataException($"Column '{column}' has {value} in row {row + 1}; steps of series must lie within ±{largest}. Mark such steps as missing.")
            : (float)value;
    }

    /// <summary>Fills the gaps.</summary>
    private static void Bridge(Span<float> steps)
    {
        int before = -1;
        for (int step = 0; step < steps.Length; step++)
        {
            if (float.IsNaN(steps[step]))
            {
                continue;
            }

            for (int gap = before + 1; gap < step; gap++)
            {
                float share = before < 0 ? 1 : (gap - before) / (float)(step - before);
                steps[gap] = before < 0 ? steps[step] : steps[before] + share * (steps[step] - steps[before]);
            }

            before = step;
        }

        steps[(before + 1)..].Fill(before < 0 ? 0 : steps[Math.Max(0, before)]);
    }
}
