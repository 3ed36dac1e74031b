namespace Strata.Platform.Storage;

/// <summary>
/// Stored bytes, named by their SHA-256. While this is held the blob is not swept away, so hold it until a row of the database refers to it.
/// </summary>
public sealed class Blob : IDisposable
{
    private Action? release;

    internal Blob(string hash, long bytes, Action release) => (Hash, Bytes, this.release) = (hash, bytes, release);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>The length in bytes.</summary>
    public long Bytes { get; }

    public void Dispose() => Interlocked.Exchange(ref release, null)?.Invoke();
}
