using System.Data.Common;
using Dapper;
using Strata.Platform.Storage.Engines;

namespace Strata.Platform.Storage.Backups;

/// <summary>
/// Brings a backup back: first its files, whose names are their hashes, then the schema that the rows are of and the rows in one transaction. Broken off at
/// any moment it leaves an empty database, and can be begun again.
/// </summary>
internal static class Restore
{
    private const int MostParameters = 900;

    public static async Task<BackupManifest> RunAsync(BackupReader backup, string root, DatabaseEngine engine, IReadOnlyList<Migration> migrations, TimeProvider clock, CancellationToken cancellation)
    {
        BackupManifest manifest = backup.Manifest;
        Migration[] steps = [.. migrations.Where(step => manifest.Schema.Contains(step.Number)).OrderBy(step => step.Number)];
        if (steps.Length < manifest.Schema.Count)
        {
            throw new StorageException("The backup was made by a newer version of Strata, whose schema this one does not know. Restore it with that version.");
        }

        using DbConnection writer = engine.OpenWriter();
        try
        {
            CheckEmpty(writer, engine);
            await WriteFilesAsync(backup, root, cancellation).ConfigureAwait(false);
            WriteRows(backup, writer, engine, steps, clock, cancellation);
            return manifest;
        }
        catch (DbException e)
        {
            throw engine.Explain(e);
        }
        catch (Exception e) when (BackupReader.IsDamage(e))
        {
            throw backup.Damaged("a part of it cannot be unpacked", e);
        }
    }

    private static void CheckEmpty(DbConnection writer, DatabaseEngine engine)
    {
        if (engine.Tables(writer).Count > 0)
        {
            throw new ConflictException($"The database {engine.Place} is not empty. Restore into an empty folder or database; nothing was changed.");
        }
    }

    private static async Task WriteFilesAsync(BackupReader backup, string root, CancellationToken cancellation)
    {
        var blobs = new BlobStore(Path.Join(root, "blobs"));
        foreach (BackupFile file in backup.Manifest.Files)
        {
            Stream content = backup.Open(file.Name);
            await using (content.ConfigureAwait(false))
            {
                string hash = BackupFiles.HashOf(file.Name) is not null
                    ? await WriteBlobAsync(blobs, content, cancellation).ConfigureAwait(false)
                    : WriteCheckpoint(backup, file, root, content);
                if (hash != file.Hash || (BackupFiles.HashOf(file.Name) ?? hash) != hash)
                {
                    throw backup.Damaged($"'{file.Name}' gives the hash {hash}");
                }
            }
        }
    }

    private static async Task<string> WriteBlobAsync(BlobStore blobs, Stream content, CancellationToken cancellation)
    {
        using Blob blob = await blobs.WriteAsync(content, cancellation: cancellation).ConfigureAwait(false);
        return blob.Hash;
    }

    private static string WriteCheckpoint(BackupReader backup, BackupFile file, string root, Stream content)
    {
        if (!BackupFiles.IsCheckpoint(file.Name))
        {
            throw backup.Damaged($"it holds the file '{file.Name}', which belongs nowhere");
        }

        using var memory = new MemoryStream();
        content.CopyTo(memory);
        byte[] bytes = memory.ToArray();
        string path = Path.Join(root, file.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DurableFile.Write(path, bytes);
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
    }

    private static void WriteRows(BackupReader backup, DbConnection writer, DatabaseEngine engine, IReadOnlyList<Migration> steps, TimeProvider clock, CancellationToken cancellation)
    {
        engine.Begin(writer);
        engine.LoosenReferences(writer);
        Migrations.CreateLedger(writer);
        foreach (Migration step in steps)
        {
            Migrations.Run(writer, engine, step, clock);
        }

        HashSet<string> known = [.. engine.Tables(writer)];
        foreach (BackupTable table in backup.Manifest.Tables)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!known.Contains(table.Name))
            {
                throw backup.Damaged($"the schema has no table '{table.Name}'");
            }

            Fill(backup, writer, table);
        }

        engine.AlignNumbers(writer);
        writer.Execute("commit");
    }

    private static void Fill(BackupReader backup, DbConnection writer, BackupTable table)
    {
        // The schema itself may have put rows into the table; they are in the backup too.
        string target = RowReader.Quoted(table.Name);
        if (writer.ExecuteScalar<bool>($"select exists (select 1 from {target})"))
        {
            writer.Execute($"delete from {target}");
        }

        foreach (object[][] rows in backup.Rows(table).Chunk(Math.Max(1, MostParameters / table.Columns.Count)))
        {
            Insert(writer, target, table.Columns, rows);
        }

        BackupTable stored = RowReader.Read(writer, table.Name, table.Columns);
        if (stored.Rows != table.Rows || stored.Digest != table.Digest)
        {
            throw backup.Damaged($"the table '{table.Name}' came to {stored.Rows} rows with the digest {stored.Digest}; it should be {table.Rows} with {table.Digest}");
        }
    }

    private static void Insert(DbConnection writer, string target, IReadOnlyList<string> columns, object[][] rows)
    {
        using DbCommand insert = writer.CreateCommand();
        insert.CommandTimeout = 0;
        int number = 0;
        string[] values = [.. rows.Select(row => $"({string.Join(", ", row.Select(_ => $"@p{number++}"))})")];
        insert.CommandText = $"insert into {target} ({string.Join(", ", columns.Select(RowReader.Quoted))}) values {string.Join(", ", values)}";
        foreach ((object value, int i) in rows.SelectMany(row => row).Select((value, i) => (value, i)))
        {
            DbParameter parameter = insert.CreateParameter();
            parameter.ParameterName = $"p{i}";
            parameter.Value = value;
            insert.Parameters.Add(parameter);
        }

        insert.ExecuteNonQuery();
    }
}
