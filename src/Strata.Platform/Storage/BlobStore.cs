using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Strata.Platform.Storage;

/// <summary>
/// Immutable files named by the SHA-256 of their bytes: the same bytes are stored once. A blob appears whole or not at all, and one whose bytes no
/// longer give its name is refused.
/// </summary>
public sealed class BlobStore
{
    private const int BufferBytes = 1 << 17;
    private static readonly SearchValues<char> HashDigits = SearchValues.Create("0123456789abcdef");

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> held = new(StringComparer.Ordinal);
    private readonly string folder;
    private readonly ConcurrentDictionary<string, (long Length, DateTime Written)> verified = new(StringComparer.Ordinal);

    /// <param name="folder">Where they are.</param>
    /// <param name="isReplica">Whether another server writes here too, whose half-written files stay.</param>
    internal BlobStore(string folder, bool isReplica = false)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        foreach (string left in isReplica ? [] : Directory.EnumerateFiles(folder, "*.tmp"))
        {
            File.Delete(left);
        }
    }

    /// <summary>Stores what the stream still gives, without ever holding it whole in memory.</summary>
    /// <exception cref="TooLargeException">The stream gives more than <paramref name="mostBytes"/>; nothing is stored.</exception>
    public async Task<Blob> WriteAsync(Stream content, long mostBytes = long.MaxValue, string what = "The content", CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        string temporary = DurableFile.TemporaryBeside(Path.Join(folder, "incoming"));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long length = 0;
            DiskCalls.About("write");
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                while (await content.ReadAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and int read)
                {
                    if (length + read > mostBytes)
                    {
                        throw TooLargeException.Of(what, mostBytes);
                    }

                    hash.AppendData(buffer, 0, read);
                    await RandomAccess.WriteAsync(file, buffer.AsMemory(0, read), length, cancellation).ConfigureAwait(false);
                    length += read;
                }

                DurableFile.Sync(file, temporary);
            }

            return Keep(temporary, Convert.ToHexStringLower(hash.GetHashAndReset()), length);
        }
        catch (IOException e) when (StorageException.IsDiskTrouble(e))
        {
            throw new StorageException($"The disk of the data folder is full; {char.ToLowerInvariant(what[0])}{what[1..]} was not stored. Free some space and try again.", isTemporary: true, e);
        }
        catch (IOException e) when (StorageException.IsDiskFault(e))
        {
            throw new StorageException($"The disk of the data folder failed; {char.ToLowerInvariant(what[0])}{what[1..]} was not stored: {e.Message}", inner: e);
        }
        finally
        {
            File.Delete(temporary);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public async Task<Blob> WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        return await WriteAsync(stream, cancellation: cancellation).ConfigureAwait(false);
    }

    /// <summary>Stores a copy of a file.</summary>
    public async Task<Blob> WriteFileAsync(string path, CancellationToken cancellation = default)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            return await WriteAsync(file, cancellation: cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Opens a blob for reading. Its bytes are checked against its name the first time, and again when the file has changed since.</summary>
    /// <exception cref="StorageException">The blob is missing or damaged.</exception>
    public FileStream Open(string hash)
    {
        string path = PathOf(hash);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StorageException($"The stored file {hash} is missing from the data folder.", inner: e);
        }

        try
        {
            Verify(file, path, hash);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public byte[] ReadAll(string hash)
    {
        using FileStream file = Open(hash);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    public bool Contains(string hash) => File.Exists(PathOf(hash));

    /// <summary>Where a blob's bytes are, for a worker process that reads them itself.</summary>
    public string PathOf(string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        if (hash.Length != 64 || hash.AsSpan().ContainsAnyExcept(HashDigits))
        {
            throw new ArgumentException($"'{hash}' is not a SHA-256 in lower-case hexadecimal digits.", nameof(hash));
        }

        return Path.Join(folder, hash[..2], hash[2..]);
    }

    /// <summary>Reads the whole stream and compares its SHA-256 with the blob's name.</summary>
    internal static void Check(Stream content, string hash)
    {
        string actual = Convert.ToHexStringLower(SHA256.HashData(content));
        if (actual != hash)
        {
            throw new StorageException($"The stored file {hash} is damaged: its bytes give {actual}. Restore it from a copy of the data folder.");
        }
    }

    internal IEnumerable<string> All() =>
        from part in Directory.EnumerateDirectories(folder)
        from file in Directory.EnumerateFiles(part)
        select Path.GetFileName(part) + Path.GetFileName(file);

    /// <summary>Keeps a blob from being swept away although nobody has written it just now.</summary>
    internal Blob Hold(string hash)
    {
        lock (gate)
        {
            var file = new FileInfo(PathOf(hash));
            return Held(hash, file.Exists ? file.Length : 0);
        }
    }

    /// <summary>Removes a blob unless somebody holds it or still refers to it; the question is asked while nobody can take a new hold.</summary>
    internal void DeleteUnless(string hash, Func<string, bool> isReferenced)
    {
        lock (gate)
        {
            if (!held.ContainsKey(hash) && !isReferenced(hash))
            {
                File.Delete(PathOf(hash));
                verified.TryRemove(hash, out _);
            }
        }
    }

    private Blob Keep(string temporary, string hash, long length)
    {
        lock (gate)
        {
            string path = PathOf(hash);
            string part = Path.GetDirectoryName(path)!;
            if (!File.Exists(path) || !IsWhole(path, hash))
            {
                if (!Directory.Exists(part))
                {
                    Directory.CreateDirectory(part);
                    DurableFile.SyncFolder(folder);
                }

                DurableFile.Publish(temporary, path);
            }

            return Held(hash, length);
        }
    }

    private Blob Held(string hash, long length)
    {
        held[hash] = held.GetValueOrDefault(hash) + 1;
        return new Blob(hash, length, () => Release(hash));
    }

    /// <summary>Writing the same bytes again heals a damaged blob.</summary>
    private bool IsWhole(string path, string hash)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            Verify(file, path, hash);
            return true;
        }
        catch (StorageException)
        {
            return false;
        }
    }

    private void Verify(FileStream file, string path, string hash)
    {
        var state = (file.Length, File.GetLastWriteTimeUtc(path));
        if (!verified.TryGetValue(hash, out (long, DateTime) known) || known != state)
        {
            Check(file, hash);
            file.Position = 0;
            verified[hash] = state;
        }
    }

    private void Release(string hash)
    {
        lock (gate)
        {
            int left = held[hash] - 1;
            if (left == 0)
            {
                held.Remove(hash);
            }
            else
            {
                held[hash] = left;
            }
        }
    }
}
