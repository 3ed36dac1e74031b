using Strata.Tensors.Kernels;

namespace Strata.Tensors.Gradients;

/// <summary>Memory that is given out piece by piece and taken back all at once; after the first round it asks the system for no more.</summary>
internal sealed unsafe class Arena : IDisposable
{
    private const long SlabBytes = 4L << 20;
    private const int Line = 64;
    private readonly List<AlignedBuffer<byte>> slabs = [];
    private int current;
    private long used, most;

    /// <summary>Bytes that the system has given.</summary>
    public long Bytes => slabs.Sum(slab => slab.Length);

    /// <summary>Bytes that were given out at the most since everything was taken back.</summary>
    public long MostUsed => Math.Max(most, Used);

    /// <summary>What is given out so far, to come back to.</summary>
    public (int Slab, long Used) Mark => (current, used);

    private long Used
    {
        get
        {
            long bytes = used;
            for (int slab = 0; slab < current; slab++)
            {
                bytes += slabs[slab].Length;
            }

            return bytes;
        }
    }

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

    /// <summary>Takes back what was given out since a mark. It still holds what is in it until it is given out again.</summary>
    public void Release((int Slab, long Used) mark)
    {
        most = MostUsed;
        (current, used) = mark;
    }

    /// <summary>Takes everything back.</summary>
    public void Reset() => (current, used, most) = (0, 0, 0);

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
