using System.Runtime.InteropServices;

namespace Strata.Tensors.Kernels;

/// <summary>Zeroed native memory that starts on a cache line (64 bytes) and never moves: what kernels read and write through pointers.</summary>
public sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    private const int CacheLine = 64;
    private const long HugePage = 2L << 20;
    private readonly long bytes;
    private T* pointer;

    /// <param name="length">How many values.</param>
    /// <param name="hugePages">Whether to ask Linux for 2 MiB pages, which spares address look-ups in large arrays that are read at random.</param>
    public AlignedBuffer(long length, bool hugePages = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        bool large = hugePages && OperatingSystem.IsLinux() && length * sizeof(T) >= HugePage;
        long unit = large ? HugePage : CacheLine;
        bytes = checked(Math.Max(1, length * sizeof(T)) + unit - 1) / unit * unit;
        pointer = (T*)NativeMemory.AlignedAlloc((nuint)bytes, (nuint)unit);
        GC.AddMemoryPressure(bytes);
        if (large)
        {
            NativeAdvice.HugePages(pointer, (nuint)bytes);
        }

        NativeMemory.Clear(pointer, (nuint)bytes);
    }

    ~AlignedBuffer() => Free();

    public long Length { get; }

    /// <summary>The first value. Valid until disposal.</summary>
    public T* Pointer => pointer is not null ? pointer : throw new ObjectDisposedException(nameof(AlignedBuffer<T>));

    public Span<T> Span => new(Pointer, checked((int)Length));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (pointer is not null)
        {
            NativeMemory.AlignedFree(pointer);
            pointer = null;
            GC.RemoveMemoryPressure(bytes);
        }
    }
}

internal static unsafe partial class NativeAdvice
{
    private const int UseHugePages = 14;

    /// <summary>Advice only: whether it was taken does not matter.</summary>
    public static void HugePages(void* address, nuint length) => _ = Advise(address, length, UseHugePages);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
