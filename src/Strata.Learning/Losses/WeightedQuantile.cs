namespace Strata.Learning.Losses;

/// <summary>
/// The quantile of weighted values: the value at which the share of the weight is reached, or the mean of it and the next where it is met exactly. A value of weight
/// two is that value twice.
/// </summary>
internal static class WeightedQuantile
{
    /// <param name="values">At least one; they are put in another order.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double Of(Span<float> values, double share)
    {
        double reached = share * values.Length;
        int at = Math.Clamp((int)Math.Floor(reached), 0, values.Length - 1);
        float upper = Select(values, at);
        return at == reached && at > 0 ? (Largest(values[..at]) + (double)upper) / 2 : upper;
    }

    /// <param name="values">At least one; they are put in another order.</param>
    /// <param name="weights">Above zero, one a value; they follow their values.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double Of(Span<float> values, Span<float> weights, double share)
    {
        values.Sort(weights);
        double all = 0, sum = 0;
        foreach (float weight in weights)
        {
            all += weight;
        }

        double wanted = share * all;
        for (int i = 0; i < values.Length; i++)
        {
            sum += weights[i];
            if (sum > wanted)
            {
                return values[i];
            }

            if (sum == wanted)
            {
                return (values[i] + (double)values[Math.Min(i + 1, values.Length - 1)]) / 2;
            }
        }

        return values[^1];
    }

    /// <summary>The value that would stand at a place if all were in order; those before it are at most as large (Hoare 1961).</summary>
    internal static float Select(Span<float> values, int place)
    {
        int first = 0, last = values.Length - 1;
        while (first < last)
        {
            float pivot = Middle(values[first], values[first + (last - first) / 2], values[last]);
            int left = first - 1, right = last + 1;
            while (true)
            {
                while (values[++left] < pivot)
                {
                }

                while (values[--right] > pivot)
                {
                }

                if (left >= right)
                {
                    break;
                }

                (values[left], values[right]) = (values[right], values[left]);
            }

            (first, last) = place <= right ? (first, right) : (right + 1, last);
        }

        return values[place];
    }

    private static float Middle(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    private static float Largest(ReadOnlySpan<float> values)
    {
        float largest = values[0];
        foreach (float value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }
}
