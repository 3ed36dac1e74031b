using System.Runtime.InteropServices;

namespace Strata.Learning.Data.Reading;

/// <summary>A stream that collects bytes of unknown number in memory, and in a temporary file when they grow many, to be read as one piece.</summary>
internal sealed unsafe class Spool(long mostBytes) : Stream
{
    private const long MostInMemory = 256L << 20;
    private const int FirstCapacity = 1 << 16;

    private byte* memory;
    private long capacity;
    private long length;
    private FileStream? file;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => length;

    public override long Position
    {
        get => length;
        set => throw new NotSupportedException();
    }

    /// <exception cref="DataException">There are more bytes than allowed.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (length + buffer.Length > mostBytes)
        {
            throw new DataException($"The table unpacks to more than {mostBytes} bytes; that is the most that is read.");
        }

        if (file is null && length + buffer.Length > MostInMemory)
        {
            Spill();
        }

        if (file is not null)
        {
            file.Write(buffer);
        }
        else
        {
            Reserve(length + buffer.Length);
            buffer.CopyTo(new Span<byte>(memory + length, buffer.Length));
        }

        length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Everything written, handed over: the spool is empty afterwards.</summary>
    public TableBytes ToBytes()
    {
        TableBytes bytes;
        if (file is not null)
        {
            file.Flush();
            bytes = TableBytes.Map(file);
        }
        else
        {
            bytes = TableBytes.Own(memory, length);
        }

        memory = null;
        file = null;
        length = capacity = 0;
        return bytes;
    }

    protected override void Dispose(bool disposing)
    {
        NativeMemory.Free(memory);
        memory = null;
        file?.Dispose();
        file = null;
        base.Dispose(disposing);
    }

    private void Reserve(long needed)
    {
        if (needed > capacity)
        {
            capacity = Math.Max(Math.Max(FirstCapacity, needed), capacity * 2);
            memory = (byte*)NativeMemory.Realloc(memory, (nuint)capacity);
        }
    }

    private void Spill()
    {
        string path = Path.Combine(Path.GetTempPath(), $"strata-{Path.GetRandomFileName()}");
        file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 20, FileOptions.DeleteOnClose);
        for (long at = 0; at < length; at += FirstCapacity)
        {
            file.Write(new ReadOnlySpan<byte>(memory + at, (int)Math.Min(FirstCapacity, length - at)));
        }

        NativeMemory.Free(memory);
        memory = null;
        capacity = 0;
    }
}
