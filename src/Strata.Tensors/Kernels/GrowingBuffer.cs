namespace Strata.Tensors.Kernels;

/// <summary>Scratch memory that is kept from call to call and only ever grows. What is in it is left from before.</summary>
internal sealed unsafe class GrowingBuffer<T> : IDisposable
    where T : unmanaged
{
    private AlignedBuffer<T>? memory;

    /// <summary>Room for so many values; what was given before is no longer valid.</summary>
    public T* Take(long length)
    {
        if (memory is null || memory.Length < length)
        {
            memory?.Dispose();
            memory = new AlignedBuffer<T>(length, hugePages: true);
        }

        return memory.Pointer;
    }

    public void Dispose() => memory?.Dispose();
}
