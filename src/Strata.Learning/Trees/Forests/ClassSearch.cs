namespace Strata.Learning.Trees.Forests;

/// <summary>The search for three or more classes: sums of weight, in all and by class.</summary>
internal sealed unsafe class ClassSearch(int classCount, double minWeight) : NodeSearch(channels: classCount + 1, minWeight)
{
    /// <summary>Levels are put in order by the shares of so many classes at the most, one order a class.</summary>
    private const int MostOrders = 8;

    private readonly int stride = classCount + 1;

    public override bool IsPure => Totals.AsSpan(1).IndexOf(Totals[0]) >= 0;

    protected override int OrderCount => Math.Min(classCount, MostOrders);

    public override void Enter(NodeRows rows, int start, int count)
    {
        Totals.AsSpan().Clear();
        for (int i = start; i < start + count; i++)
        {
            Totals[1 + (int)rows.Targets[i]] += rows.Weights[i];
        }

        foreach (double ofClass in Totals.AsSpan(1))
        {
            Totals[0] += ofClass;
        }
    }

    public override void LeafValues(Span<double> values)
    {
        for (int k = 0; k < classCount; k++)
        {
            values[k] = Totals[1 + k] / Totals[0];
        }
    }

    protected override void AddRows(double[] sums, byte* binOfRow, NodeRows rows, int start, int count)
    {
        fixed (double* first = sums)
        fixed (uint* row = rows.Rows)
        fixed (double* weights = rows.Weights, targets = rows.Targets)
        {
            for (int i = start; i < start + count; i++)
            {
                double* bin = first + stride * (nint)binOfRow[row[i]];
                bin[0] += weights[i];
                bin[1 + (int)targets[i]] += weights[i];
            }
        }
    }

    protected override double SideScore(ReadOnlySpan<double> sums)
    {
        double squares = 0;
        for (int k = 1; k < sums.Length; k++)
        {
            squares += sums[k] * sums[k];
        }

        return squares / sums[0];
    }

    protected override double OrderKey(int order, ReadOnlySpan<double> sums) => sums[1 + order] / sums[0];
}
