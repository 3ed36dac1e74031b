using Strata.Tensors.Kernels;

namespace Strata.Tensors.Gradients;

/// <summary>Memory that is given out piece by piece and taken back all at once; after the first round it asks the system for no more.</summary>
internal sealed unsafe class Arena : IDisposable
{
    private const long SlabBytes = 4L << 20;
    private const int Line = 64;
    private readonly List<AlignedBuffer<byte>> slabs = [];
    private int current;
    private long used;

    /// <summary>Bytes that the system has given.</summary>
    public long Bytes => slabs.Sum(slab => slab.Length);

    /// <summary>Bytes that are given out.</summary>
    public long Used => slabs.Take(current).Sum(slab => slab.Length) + used;

    /// <summary>A piece that starts on a cache line. What is in it is left from before.</summary>
    public void* Take(long bytes)
    {
        bytes = (Math.Max(bytes, 1) + Line - 1) / Line * Line;
        while (current < slabs.Count && slabs[current].Length - used < bytes)
        {
            current++;
            used = 0;
        }

        if (current == slabs.Count)
        {
            slabs.Add(new AlignedBuffer<byte>(Math.Max(bytes, SlabBytes), hugePages: true));
            used = 0;
        }

        void* piece = slabs[current].Pointer + used;
        used += bytes;
        return piece;
    }

    /// <summary>Takes everything back.</summary>
    public void Reset() => (current, used) = (0, 0);

    public void Dispose()
    {
        foreach (AlignedBuffer<byte> slab in slabs)
        {
            slab.Dispose();
        }

        slabs.Clear();
        Reset();
    }
}
