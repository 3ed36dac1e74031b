using System.Runtime.Intrinsics;
using Strata.Learning.Trees.Growth;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Forests;

/// <summary>The rows of one tree, each with its weight and value beside it, kept together node by node.</summary>
internal sealed unsafe class NodeRows(int capacity) : IDisposable
{
    /// <summary>Room after the last, which kernels that take four rows at a time may read.</summary>
    private const int Spare = 3;

    private readonly AlignedBuffer<uint> rows = new(capacity), right = new(capacity);
    private readonly AlignedBuffer<Vector128<double>> pairs = new(capacity + Spare), rightPairs = new(capacity);

    /// <summary>Where each row's bins are found: in the table, or in a copy of a part of it.</summary>
    public uint* Rows => rows.Pointer;

    /// <summary>Weight, and then weight times number or, for three and more classes, the class code.</summary>
    public Vector128<double>* Pairs => pairs.Pointer;

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public void Add(int row, double weight, double value)
    {
        Rows[Count] = (uint)row;
        Pairs[Count] = Vector128.Create(weight, value);
        Count++;
    }

    /// <summary>Brings the rows that go left to the front, both sides in their old order; returns how many they are.</summary>
    public int Divide(int start, int count, byte* bins, BinSet leftBins)
    {
        ulong* words = (ulong*)&leftBins;
        uint* own = Rows, other = right.Pointer;
        Vector128<double>* ownPairs = Pairs, otherPairs = rightPairs.Pointer;
        nint kept = start, moved = 0;
        for (nint i = start; i < start + count; i++)
        {
            uint row = own[i];
            Vector128<double> pair = ownPairs[i];
            uint bin = bins[row];
            own[kept] = other[moved] = row;
            ownPairs[kept] = otherPairs[moved] = pair;
            nint goesLeft = (nint)(words[bin >> 6] >> (int)(bin & 63) & 1);
            kept += goesLeft;
            moved += 1 - goesLeft;
        }

        new Span<uint>(other, (int)moved).CopyTo(new Span<uint>(own + kept, (int)moved));
        new Span<Vector128<double>>(otherPairs, (int)moved).CopyTo(new Span<Vector128<double>>(ownPairs + kept, (int)moved));
        return (int)kept - start;
    }

    public void Dispose()
    {
        rows.Dispose();
        right.Dispose();
        pairs.Dispose();
        rightPairs.Dispose();
    }
}
