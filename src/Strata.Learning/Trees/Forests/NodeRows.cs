using Strata.Learning.Trees.Growth;

namespace Strata.Learning.Trees.Forests;

/// <summary>The rows of one tree, with weight and target beside each, kept together node by node.</summary>
internal sealed unsafe class NodeRows(int capacity)
{
    private readonly uint[] rightRows = new uint[capacity];
    private readonly double[] rightWeights = new double[capacity], rightTargets = new double[capacity];

    public uint[] Rows { get; } = new uint[capacity];

    public double[] Weights { get; } = new double[capacity];

    public double[] Targets { get; } = new double[capacity];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public void Add(int row, double weight, double target)
    {
        (Rows[Count], Weights[Count], Targets[Count]) = ((uint)row, weight, target);
        Count++;
    }

    /// <summary>Brings the rows that go left to the front, both sides in their old order; returns how many they are.</summary>
    public int Divide(int start, int count, byte* bins, BinSet left)
    {
        int kept = start, moved = 0;
        for (int i = start; i < start + count; i++)
        {
            var (row, weight, target) = (Rows[i], Weights[i], Targets[i]);
            (Rows[kept], Weights[kept], Targets[kept]) = (row, weight, target);
            (rightRows[moved], rightWeights[moved], rightTargets[moved]) = (row, weight, target);
            int goesLeft = left.Contains(bins[row]) ? 1 : 0;
            kept += goesLeft;
            moved += 1 - goesLeft;
        }

        Array.Copy(rightRows, 0, Rows, kept, moved);
        Array.Copy(rightWeights, 0, Weights, kept, moved);
        Array.Copy(rightTargets, 0, Targets, kept, moved);
        return kept - start;
    }
}
