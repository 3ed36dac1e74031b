using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Strata.Platform.Storage.Backups;

/// <summary>Opens a backup and hands out what its manifest names.</summary>
internal sealed class BackupReader : IDisposable
{
    private const int MostManifestBytes = 1 << 30;

    private readonly ZipArchive archive;
    private readonly string path;

    /// <exception cref="StorageException">The file is no backup, or one of a newer program.</exception>
    public BackupReader(string path)
    {
        this.path = path;
        try
        {
            archive = ZipFile.OpenRead(path);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged("it is not a whole zip archive", e);
        }

        try
        {
            Manifest = ReadManifest();
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    public BackupManifest Manifest { get; }

    public Stream Open(string name) => (archive.GetEntry(name) ?? throw Damaged($"'{name}' is missing")).Open();

    /// <summary>Every row of a table, in the order of the columns that the manifest names.</summary>
    public IEnumerable<object[]> Rows(BackupTable table)
    {
        using Stream entry = Open(BackupWriter.EntryOf(table.Name));
        using var reader = new StreamReader(entry);
        while (reader.ReadLine() is string line)
        {
            yield return Row(table, line);
        }
    }

    public StorageException Damaged(string what, Exception? inner = null) => new($"The backup '{path}' is damaged: {what}.", inner: inner);

    /// <summary>Whether the archive around the content is what cannot be read.</summary>
    public static bool IsDamage(Exception error) => error is InvalidDataException or EndOfStreamException or NotSupportedException;

    public void Dispose() => archive.Dispose();

    private object[] Row(BackupTable table, string line)
    {
        try
        {
            object[] row = RowText.Read(Encoding.UTF8.GetBytes(line));
            return row.Length == table.Columns.Count ? row : throw Damaged($"a row of '{table.Name}' has {row.Length} values for {table.Columns.Count} columns");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw Damaged($"a row of '{table.Name}' cannot be read", e);
        }
    }

    private BackupManifest ReadManifest()
    {
        try
        {
            byte[] text = ReadAll(BackupManifest.EntryName);
            if (Encoding.ASCII.GetString(ReadAll(BackupManifest.HashEntryName)) != Convert.ToHexStringLower(SHA256.HashData(text)))
            {
                throw Damaged("its manifest does not give its hash");
            }

            BackupManifest manifest = JsonText.Read<BackupManifest>(text);
            return manifest.Format <= BackupManifest.NewestFormat
                ? manifest
                : throw new StorageException($"The backup '{path}' was made by a newer version of Strata. Restore it with that version.");
        }
        catch (Exception e) when (e is JsonException || IsDamage(e))
        {
            throw Damaged("its manifest cannot be read", e);
        }
    }

    private byte[] ReadAll(string name)
    {
        ZipArchiveEntry entry = archive.GetEntry(name) ?? throw Damaged($"'{name}' is missing");
        if (entry.Length > MostManifestBytes)
        {
            throw Damaged($"'{name}' is too long");
        }

        var bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }
}
