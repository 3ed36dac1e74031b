namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>Files that belong together, by their paths within a folder or a zip archive (with slashes). No name leads out of it.</summary>
internal abstract class FileSet : IDisposable
{
    /// <summary>More files than this are refused.</summary>
    public const int MostFiles = 500_000;

    /// <summary>All files, in ordinal order.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    public abstract bool Contains(string name);

    /// <summary>All bytes of a file.</summary>
    /// <exception cref="DataException">There is no such file, it is empty, or the files together are larger than what is read.</exception>
    public abstract TableBytes Open(string name);

    /// <summary>As <see cref="Open"/>; what is packed with gzip is unpacked.</summary>
    public TableBytes OpenUnpacked(string name, TableReadOptions options, CancellationToken cancellation)
    {
        TableBytes bytes = Open(name);
        if (FileSignature.Of(bytes) != FileSignature.Gzip)
        {
            return bytes;
        }

        using (bytes)
        {
            return PackedBytes.Unpack(bytes, options, cancellation);
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Files that operating systems leave behind, and hidden ones.</summary>
    protected static bool IsHidden(string name) => name.Split('/').Any(part => part.StartsWith('.') || part is "__MACOSX" or "Thumbs.db" or "desktop.ini");
}
