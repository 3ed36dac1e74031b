using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Growth;

/// <summary>The memory of nodes' histograms, lent out and taken back; it only grows.</summary>
internal sealed unsafe class HistogramPool(int words) : IDisposable
{
    private const int SlabBytes = 4 << 20;
    private readonly List<AlignedBuffer<long>> slabs = [];
    private readonly Stack<nint> narrow = [], wide = [];

    /// <summary>Words of packed sums; wide sums take twice as many.</summary>
    public int Words { get; } = words;

    /// <summary>How many histograms are lent out.</summary>
    public int Lent { get; private set; }

    public Histogram Take(bool isWide)
    {
        Lent++;
        Stack<nint> free = isWide ? wide : narrow;
        if (free.Count == 0)
        {
            Grow(free, isWide ? 2 * Words : Words);
        }

        return new Histogram((long*)free.Pop(), Words, isWide);
    }

    public void Return(Histogram histogram)
    {
        Lent--;
        (histogram.HasWideRoom ? wide : narrow).Push((nint)histogram.Sums);
    }

    public void Dispose()
    {
        foreach (AlignedBuffer<long> slab in slabs)
        {
            slab.Dispose();
        }
    }

    private void Grow(Stack<nint> free, int length)
    {
        int count = Math.Max(1, SlabBytes / sizeof(long) / length);
        var slab = new AlignedBuffer<long>((long)count * length, hugePages: true);
        slabs.Add(slab);
        for (int i = count - 1; i >= 0; i--)
        {
            free.Push((nint)(slab.Pointer + (long)i * length));
        }
    }
}

/// <summary>The sums of one node: 256 words a column, and as many again for the hessians while they are wide.</summary>
internal sealed unsafe class Histogram(long* sums, int words, bool isWide)
{
    public long* Sums { get; } = sums;

    /// <summary>Whether the memory has room for wide sums, whatever it holds now.</summary>
    public bool HasWideRoom { get; } = isWide;

    public bool IsWide { get; set; } = isWide;

    public ColumnSums Column(int column, int binCount, GradientPacking packing)
    {
        long* first = Sums + (nint)column * HistogramKernels.BinsPerColumn;
        return new ColumnSums(first, IsWide ? first + words : null, binCount, packing);
    }
}
