using Strata.Learning.Data;

namespace Strata.Cli;

/// <summary>Writes a command's file whole or not at all, also where it is interrupted while writing.</summary>
internal static class WrittenFile
{
    public static void Write(string path, Action<Stream> write, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        WholeFile.Write(path, stream => write(new InterruptedStream(stream, cancellation)));
    }

    /// <summary>Takes no more bytes once it is cancelled.</summary>
    private sealed class InterruptedStream(Stream inner, CancellationToken cancellation) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => inner.CanSeek;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => inner.SetLength(value);

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            cancellation.ThrowIfCancellationRequested();
            inner.Write(buffer);
        }
    }
}
