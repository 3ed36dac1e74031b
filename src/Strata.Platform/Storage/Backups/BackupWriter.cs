using System.Data.Common;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Strata.Platform.Storage.Engines;

namespace Strata.Platform.Storage.Backups;

/// <summary>Writes rows and files into a zip archive, and last of all what it holds.</summary>
internal sealed class BackupWriter(Stream destination) : IDisposable
{
    private readonly ZipArchive archive = new(destination, ZipArchiveMode.Create, leaveOpen: true);
    private readonly List<BackupTable> tables = [];
    private readonly List<BackupFile> files = [];
    private readonly List<string> unreadable = [];

    public static string EntryOf(string table) => $"rows/{table}.jsonl";

    public void AddRows(DbConnection connection, string table)
    {
        using Stream entry = Entry(EntryOf(table));
        tables.Add(RowReader.Read(connection, table, null, line =>
        {
            entry.Write(line.Span);
            entry.WriteByte((byte)'\n');
        }));
    }

    /// <summary>Adds the stored file of that hash; one that is missing or damaged is noted, so that the rest can be kept.</summary>
    public void AddBlob(BlobStore blobs, string hash)
    {
        try
        {
            using FileStream file = blobs.Open(hash);
            AddFile(BackupFiles.OfBlob(hash), file);
        }
        catch (StorageException)
        {
            unreadable.Add(hash);
        }
    }

    public void AddFile(string name, Stream content)
    {
        using Stream entry = Entry(name);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 17];
        long bytes = 0;
        for (int read; (read = content.Read(buffer)) > 0; bytes += read)
        {
            hash.AppendData(buffer, 0, read);
            entry.Write(buffer, 0, read);
        }

        files.Add(new BackupFile(name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }

    public BackupManifest Finish(DbConnection connection, DatabaseEngine engine, DateTimeOffset madeAt)
    {
        var manifest = new BackupManifest
        {
            Format = BackupManifest.NewestFormat,
            MadeAt = madeAt,
            Engine = engine.Name,
            Schema = connection.Query<int>($"select number from {Migrations.Table} order by number").AsList(),
            Tables = tables,
            Files = files,
            Unreadable = unreadable,
        };
        byte[] text = JsonText.BytesOf(manifest);
        Add(BackupManifest.EntryName, text);
        Add(BackupManifest.HashEntryName, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(text))));
        return manifest;
    }

    public void Dispose() => archive.Dispose();

    private void Add(string name, byte[] content)
    {
        using Stream entry = Entry(name);
        entry.Write(content);
    }

    private Stream Entry(string name) => archive.CreateEntry(name, CompressionLevel.Fastest).Open();
}
