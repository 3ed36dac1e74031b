using System.Buffers;
using Strata.Platform;

namespace Strata.Server.Forms;

/// <summary>A file of a form, kept in a temporary file that goes with this.</summary>
internal sealed class UploadedFile : IAsyncDisposable
{
    private readonly FileStream content;

    private UploadedFile(FileStream content, string name) => (this.content, Name) = (content, name);

    /// <summary>The last part of the name the sender gave: only shown and looked at for its ending, never a path here.</summary>
    public string Name { get; }

    public long Bytes => content.Length;

    /// <summary>The bytes from their start.</summary>
    public Stream Open()
    {
        content.Position = 0;
        return content;
    }

    public static async Task<UploadedFile> Keep(Stream source, string name, string folder, long mostBytes, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous, BufferSize = 0 };
        var file = new FileStream(Path.Join(folder, $"{Guid.NewGuid():N}.tmp"), options);
        try
        {
            string last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
            await Copy(source, file, mostBytes, "The file", cancellation).ConfigureAwait(false);
            return new UploadedFile(file, last.Length > 0 ? last : "upload");
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <exception cref="TooLargeException">The source gives more bytes than that.</exception>
    public static async Task Copy(Stream source, Stream destination, long mostBytes, string what, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            long length = 0;
            while (await source.ReadAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and int read)
            {
                length += read;
                if (length > mostBytes)
                {
                    throw TooLargeException.Of(what, mostBytes);
                }

                await destination.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public ValueTask DisposeAsync() => content.DisposeAsync();
}
