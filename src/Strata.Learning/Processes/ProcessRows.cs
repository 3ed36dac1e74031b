using Strata.Learning.Preparation;

namespace Strata.Learning.Processes;

/// <summary>The different rows, sorted by their numbers, each with the mean of its measurements; targets in units of their spread around their mean.</summary>
/// <param name="Points">Row-major [rows, columns].</param>
/// <param name="Means">One a row.</param>
/// <param name="Weights">How many measurements each is the mean of.</param>
/// <param name="Within">The weighted sum of squared distances of the measurements from these means.</param>
/// <param name="TargetMean">Of all measurements.</param>
/// <param name="TargetSpread">Of all measurements; 1 where they do not vary.</param>
internal sealed record ProcessRows(double[] Points, double[] Means, double[] Weights, double Within, double TargetMean, double TargetSpread)
{
    public static ProcessRows Of(TrainingTable table, double[] target)
    {
        int columns = table.Features.ColumnCount;
        double[] values = CompleteNumbers.RowMajor(table.Features), weights = table.Weights ?? [.. target.Select(_ => 1.0)];
        double total = weights.Sum(), mean = target.Select((value, row) => weights[row] / total * value).Sum();
        double spread = Math.Sqrt(target.Select((value, row) => weights[row] / total * (value - mean) * (value - mean)).Sum());
        spread = spread > 1e-13 * Math.Abs(mean) && spread > 1e-150 ? spread : 1;
        double Scaled(int row) => (target[row] - mean) / spread;
        int[] order = [.. Enumerable.Range(0, target.Length).Where(row => weights[row] > 0)];
        Array.Sort(order, (a, b) => values.AsSpan(a * columns, columns).SequenceCompareTo(values.AsSpan(b * columns, columns)) is not 0 and int by ? by : target[a].CompareTo(target[b]));
        var points = new List<double>();
        List<double> means = [], sums = [];
        double within = 0;
        for (int start = 0, end; start < order.Length; start = end)
        {
            ReadOnlySpan<double> point = values.AsSpan(order[start] * columns, columns);
            end = start + 1;
            while (end < order.Length && point.SequenceEqual(values.AsSpan(order[end] * columns, columns)))
            {
                end++;
            }

            int[] same = order[start..end];
            double weight = same.Sum(row => weights[row]), own = same.Sum(row => weights[row] * Scaled(row)) / weight;
            within += same.Sum(row => weights[row] * (Scaled(row) - own) * (Scaled(row) - own));
            points.AddRange(point);
            means.Add(own);
            sums.Add(weight);
        }

        return new ProcessRows([.. points], [.. means], [.. sums], within, mean, spread);
    }
}
