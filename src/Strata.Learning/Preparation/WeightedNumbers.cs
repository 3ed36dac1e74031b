using System.Numerics;
using System.Runtime.InteropServices;

namespace Strata.Learning.Preparation;

/// <summary>
/// Statistics of the values that are present in one column, with a weight each. Weight two equals the value twice: quantiles are those of the list in
/// which every value stands as often as its weight says (Hyndman and Fan 1996, definition 7, the default of numpy), interpolated for fractional weights.
/// </summary>
internal sealed class WeightedNumbers
{
    private double[] values;

    /// <summary>Whether the array may be reordered; else it is a column's.</summary>
    private bool isOwn = true;
    private readonly double[]? weights;

    /// <summary>Weights below one would leave no list to speak of, so the smallest counts as one value.</summary>
    private readonly double unit;
    private bool sorted;

    /// <param name="values">The values.</param>
    /// <param name="weights">One a value, or null for one each.</param>
    /// <param name="smallest">The smallest weight of a row, where a value stands for several rows.</param>
    private WeightedNumbers(double[] values, double[]? weights, double? smallest = null)
    {
        this.values = values;
        this.weights = weights;
        unit = Math.Min(1, smallest ?? weights?.DefaultIfEmpty(1).Min() ?? 1);
        TotalWeight = weights?.Sum() ?? values.Length;
    }

    public int Count => values.Length;

    public double TotalWeight { get; }

    /// <summary>The numbers that are neither missing nor of weight 0.</summary>
    public static WeightedNumbers Of(Data.Column column, double[]? weights)
    {
        if (column is Data.SparseNumberColumn sparse)
        {
            return OfEntries(sparse, weights);
        }

        if (weights is null && column is Data.Float64Column { MissingCount: 0 } complete)
        {
            return new WeightedNumbers(complete.Values, null) { isOwn = false };
        }

        var numbers = GC.AllocateUninitializedArray<double>(column.Count);
        column.CopyNumbers(numbers);

        double[]? kept = weights is null ? null : new double[numbers.Length];
        int count = 0;
        for (int row = 0; row < numbers.Length; row++)
        {
            double weight = weights?[row] ?? 1;
            if (weight > 0 && !double.IsNaN(numbers[row]))
            {
                numbers[count] = numbers[row];
                kept?[count] = weight;
                count++;
            }
        }

        Array.Resize(ref numbers, count);
        Array.Resize(ref kept, kept is null ? 0 : count);
        return new WeightedNumbers(numbers, weights is null ? null : kept);
    }

    /// <summary>The entries, and the common value once with the weight of all other rows.</summary>
    private static WeightedNumbers OfEntries(Data.SparseNumberColumn column, double[]? weights)
    {
        var (values, kept) = (new List<double>(column.Rows.Length + 1), new List<double>(column.Rows.Length + 1));
        double others = weights is null ? column.Count - column.Rows.Length : 0, smallest = 1;
        for (int row = 0, next = 0; weights is not null && row < weights.Length; row++)
        {
            bool isEntry = next < column.Rows.Length && column.Rows[next] == row;
            double value = isEntry ? column.Values[next++] : column.Common;
            others += isEntry ? 0 : weights[row];
            smallest = weights[row] > 0 && !double.IsNaN(value) ? Math.Min(smallest, weights[row]) : smallest;
        }

        void Add(double value, double weight)
        {
            if (weight > 0 && !double.IsNaN(value))
            {
                values.Add(value);
                kept.Add(weight);
            }
        }

        for (int i = 0; i < column.Rows.Length; i++)
        {
            Add(column.Values[i], weights?[column.Rows[i]] ?? 1);
        }

        Add(column.Common, others);
        return new WeightedNumbers([.. values], [.. kept], smallest);
    }

    /// <summary>The same weights on what a function makes of the values.</summary>
    public WeightedNumbers Select(Func<double, double> function) => new(Array.ConvertAll(values, value => function(value)), (double[]?)weights?.Clone(), unit);

    /// <summary>The same weights on what a function makes of the values, several at a time, written over those of <paramref name="earlier"/>, which was made the same way; null for the first time.</summary>
    public WeightedNumbers Select(Func<Vector<double>, Vector<double>> function, WeightedNumbers? earlier)
    {
        double[] made = earlier?.values ?? GC.AllocateUninitializedArray<double>(values.Length);
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(made.AsSpan());
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(values);
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = function(from[i]);
        }

        for (int i = from.Length * Vector<double>.Count; i < values.Length; i++)
        {
            made[i] = function(new Vector<double>(values[i]))[0];
        }

        return earlier ?? new WeightedNumbers(made, (double[]?)weights?.Clone());
    }

    /// <summary>The weighted sum of what a function makes of the values.</summary>
    public double Total(Func<double, double> function)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += WeightOf(i) * function(values[i]);
        }

        return sum;
    }

    /// <summary>The quantiles of equally spaced parts from 0 to 1, rising.</summary>
    public double[] Quantiles(int count)
    {
        Sort();
        var quantiles = new double[count];
        double reached = weights is null ? 1 : weights[0] / unit, length = TotalWeight / unit;
        for (int k = 0, i = 0; k < count; k++)
        {
            double place = (double)k / (count - 1) * (length - 1), floor = Math.Floor(place);
            for (; reached <= floor && i < values.Length - 1; reached += WeightOf(i) / unit)
            {
                i++;
            }

            double above = reached > floor + 1 || i == values.Length - 1 ? values[i] : values[i + 1];
            quantiles[k] = values[i] + (place - floor) * (above - values[i]);
        }

        for (int k = 1; k < count; k++)
        {
            quantiles[k] = Math.Max(quantiles[k], quantiles[k - 1]);
        }

        return quantiles;
    }

    /// <summary>The borders half way between centers that the values lie near: k-means in one dimension, from equally spaced centers (Lloyd 1982).</summary>
    public double[] CenterBorders(int count)
    {
        const int mostRounds = 300;
        Sort();
        double low = values[0], width = (values[^1] - low) / count;
        double[] centers = [.. Enumerable.Range(0, count).Select(k => low + (k + 0.5) * width)], borders = [];
        for (int round = 0; round < mostRounds; round++)
        {
            double[] before = borders;
            borders = [.. centers.Zip(centers.Skip(1), (a, b) => (a + b) / 2)];
            if (borders.SequenceEqual(before))
            {
                break;
            }

            var nearest = new WeightedMoments[count];
            for (int i = 0, k = 0; i < values.Length; i++)
            {
                while (k < borders.Length && values[i] >= borders[k])
                {
                    k++;
                }

                nearest[k].Add(values[i], WeightOf(i));
            }

            centers = [.. centers.Select((center, k) => nearest[k].Weight > 0 ? nearest[k].Mean : center).Order()];
        }

        return borders;
    }

    public double Mean()
    {
        if (weights is null)
        {
            return Sum(null) / TotalWeight;
        }

        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += WeightOf(i) * values[i];
        }

        return sum / TotalWeight;
    }

    /// <summary>The root of the mean squared distance from the mean (no correction for the sample's size).</summary>
    public double StandardDeviation()
    {
        double mean = Mean(), sum = 0;
        if (weights is null)
        {
            return Math.Sqrt(Sum(mean) / TotalWeight);
        }

        for (int i = 0; i < values.Length; i++)
        {
            double distance = values[i] - mean;
            sum += WeightOf(i) * distance * distance;
        }

        return Math.Sqrt(sum / TotalWeight);
    }

    /// <summary>The sum of the values or, with a mean, of their squared distances from it.</summary>
    private double Sum(double? mean)
    {
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var center = new Vector<double>(mean ?? 0);
        Vector<double> even = default, odd = default;
        int at = 0;
        if (mean is null)
        {
            for (; at + 1 < vectors.Length; at += 2)
            {
                even += vectors[at];
                odd += vectors[at + 1];
            }
        }
        else
        {
            for (; at + 1 < vectors.Length; at += 2)
            {
                Vector<double> one = vectors[at] - center, other = vectors[at + 1] - center;
                even += one * one;
                odd += other * other;
            }
        }

        double sum = Vector.Sum(even + odd);
        foreach (double value in values.AsSpan(at * Vector<double>.Count))
        {
            sum += mean is double around ? (value - around) * (value - around) : value;
        }

        return sum;
    }

    public double Min() => values.Min();

    public double Max() => values.Max();

    public double Median() => Quantile(0.5);

    public double Quantile(double part)
    {
        if (weights is null)
        {
            double at = part * (values.Length - 1);
            double fraction = at - (int)at;
            (double lower, double upper) = Selection.Pair(values, (int)at);
            return fraction == 0 ? lower : lower + fraction * (upper - lower);
        }

        Sort();
        double place = part * (TotalWeight / unit - 1), floor = Math.Floor(place);
        double below = ValueAt(floor);
        return place == floor ? below : below + (place - floor) * (ValueAt(floor + 1) - below);
    }

    /// <summary>The value with the largest weight; the smallest of equals.</summary>
    public double MostFrequent()
    {
        var weightOf = new Dictionary<double, double>();
        for (int i = 0; i < values.Length; i++)
        {
            weightOf[values[i]] = weightOf.GetValueOrDefault(values[i]) + WeightOf(i);
        }

        return weightOf.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;
    }

    private double WeightOf(int i) => weights is null ? 1 : weights[i];

    private void Sort()
    {
        if (!sorted)
        {
            values = isOwn ? values : (double[])values.Clone();
            isOwn = true;
            Array.Sort(values, weights);
            sorted = true;
        }
    }

    /// <summary>The value at a 0-based place of the list in which each stands as often as its weight, in units of the smallest.</summary>
    private double ValueAt(double place)
    {
        double reached = 0;
        for (int i = 0; i < values.Length; i++)
        {
            reached += weights![i] / unit;
            if (reached > place)
            {
                return values[i];
            }
        }

        return values[^1];
    }
}
