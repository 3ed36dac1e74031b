namespace Strata.Learning.Trees.Forests;

/// <summary>The search for numbers and for two classes (the number being 0 or 1): sums of weight and of weight times value.</summary>
internal sealed unsafe class NumberSearch(ForestTarget target, double minWeight) : NodeSearch(channels: 2, minWeight)
{
    private double low, high;

    public override bool IsPure => low == high;

    protected override int OrderCount => 1;

    public override void Enter(NodeRows rows, int start, int count)
    {
        double weight = 0, sum = 0;
        (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int i = start; i < start + count; i++)
        {
            double value = rows.Targets[i];
            weight += rows.Weights[i];
            sum += rows.Weights[i] * value;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        (Totals[0], Totals[1]) = (weight, sum);
    }

    public override void LeafValues(Span<double> values) => values[0] = target.Mean(Totals[1] / Totals[0]);

    protected override void AddRows(double[] sums, byte* binOfRow, NodeRows rows, int start, int count)
    {
        fixed (double* first = sums)
        fixed (uint* row = rows.Rows)
        fixed (double* weights = rows.Weights, targets = rows.Targets)
        {
            for (int i = start; i < start + count; i++)
            {
                double* bin = first + 2 * (nint)binOfRow[row[i]];
                bin[0] += weights[i];
                bin[1] += weights[i] * targets[i];
            }
        }
    }

    protected override double SideScore(ReadOnlySpan<double> sums) => sums[1] * sums[1] / sums[0];

    protected override double OrderKey(int order, ReadOnlySpan<double> sums) => sums[1] / sums[0];
}
