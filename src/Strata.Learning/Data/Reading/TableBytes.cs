using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Strata.Learning.Data.Reading;

/// <summary>All bytes of a file at one address: a mapped file, or memory that is freed with it.</summary>
internal sealed unsafe class TableBytes : IDisposable
{
    private readonly FileStream? file;
    private readonly MemoryMappedFile? map;
    private readonly MemoryMappedViewAccessor? view;
    private byte* memory;

    private TableBytes(FileStream file)
    {
        this.file = file;
        map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Start = start + view.PointerOffset;
        Length = file.Length;
    }

    private TableBytes(byte* memory, long length)
    {
        this.memory = memory;
        Start = memory;
        Length = length;
    }

    public byte* Start { get; }

    public long Length { get; }

    /// <summary>The first bytes, at most <paramref name="most"/>.</summary>
    public ReadOnlySpan<byte> Head(int most) => new(Start, (int)Math.Min(most, Length));

    public UnmanagedMemoryStream OpenRead() => new(Start, Length);

    /// <summary>Maps a file that has at least one byte, and closes it when disposed.</summary>
    public static TableBytes Map(FileStream file) => new(file);

    /// <summary>Takes over memory that came from <see cref="NativeMemory"/>.</summary>
    public static TableBytes Own(byte* memory, long length) => new(memory, length);

    public void Dispose()
    {
        if (view is not null)
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            map!.Dispose();
            file!.Dispose();
        }

        NativeMemory.Free(memory);
        memory = null;
    }
}
