using System.Runtime.InteropServices;

namespace Strata.Learning.Data.Reading;

/// <summary>Memory that keeps its address, given back all at once: for fields that had to be rewritten.</summary>
internal sealed unsafe class FieldArena : IDisposable
{
    private const int BlockBytes = 1 << 16;
    private readonly List<nint> blocks = [];
    private byte* next;
    private int left;

    public byte* Allocate(int bytes)
    {
        if (bytes > left)
        {
            left = Math.Max(bytes, BlockBytes);
            next = (byte*)NativeMemory.Alloc((nuint)left);
            blocks.Add((nint)next);
        }

        byte* start = next;
        next += bytes;
        left -= bytes;
        return start;
    }

    public void Dispose()
    {
        foreach (nint block in blocks)
        {
            NativeMemory.Free((void*)block);
        }

        blocks.Clear();
        left = 0;
    }
}
