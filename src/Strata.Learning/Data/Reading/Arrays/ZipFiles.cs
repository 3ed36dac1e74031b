using System.IO.Compression;

namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>The files in a zip archive. Their names are only looked up, never paths here; what they unpack to is bounded before anything is unpacked, and while it is.</summary>
internal sealed class ZipFiles : FileSet
{
    private const long FreeUnpackedBytes = 64L << 20;
    private const int MostUnpackedRatio = 200;

    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
    private readonly string[] names;

    /// <exception cref="DataException">The archive is damaged, has too many files, or unpacks to more than is read.</exception>
    public ZipFiles(TableBytes bytes, TableReadOptions options)
    {
        archive = Guarded(() => new ZipArchive(bytes.OpenRead(), ZipArchiveMode.Read));
        Guarded(() => archive.Entries.Count);
        if (archive.Entries.Count > MostFiles)
        {
            throw new DataException($"The zip archive has {archive.Entries.Count} files; at most {MostFiles} are read.");
        }

        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            string name = entry.FullName.Replace('\\', '/').TrimStart('/');
            if (!name.EndsWith('/') && name.Length > 0 && !IsHidden(name) && !entries.TryAdd(name, entry))
            {
                throw new DataException($"The zip archive has two files '{name}'.");
            }
        }

        UInt128 unpacked = 0;
        foreach (ZipArchiveEntry entry in entries.Values)
        {
            unpacked += (UInt128)Math.Max(0, entry.Length);
        }

        if (unpacked > (UInt128)options.MaxUnpackedBytes || (unpacked > FreeUnpackedBytes && unpacked > (UInt128)bytes.Length * MostUnpackedRatio))
        {
            throw new DataException($"The zip archive unpacks to {unpacked} bytes; at most {options.MaxUnpackedBytes}, and {MostUnpackedRatio} times its size, are read.");
        }

        names = [.. entries.Keys.Order(StringComparer.Ordinal)];
    }

    public override IReadOnlyList<string> Names => names;

    public override bool Contains(string name) => entries.ContainsKey(name);

    public override TableBytes Open(string name)
    {
        ZipArchiveEntry entry = entries.TryGetValue(name, out ZipArchiveEntry? found) ? found : throw new DataException($"There is no file '{name}' in the zip archive.");
        if (entry.Length == 0)
        {
            throw new DataException($"The file '{name}' in the zip archive is empty.");
        }

        return Guarded(() =>
        {
            using Stream stream = entry.Open();
            using var spool = new Spool(entry.Length);
            stream.CopyTo(spool);
            return spool.Length == entry.Length ? spool.ToBytes() : throw new InvalidDataException($"'{name}' is shorter than the archive says.");
        });
    }

    protected override void Dispose(bool disposing)
    {
        archive.Dispose();
        base.Dispose(disposing);
    }

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            throw new DataException($"The zip archive is damaged: {e.Message}", e);
        }
    }
}
