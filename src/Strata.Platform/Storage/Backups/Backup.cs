using Dapper;

namespace Strata.Platform.Storage.Backups;

/// <summary>Makes a backup while others go on reading and writing.</summary>
internal static class Backup
{
    /// <summary>Everything that was committed when this was called, and what it refers to, in a file that is there whole or not at all.</summary>
    public static async Task<BackupManifest> WriteAsync(DataStore store, string path, TimeProvider clock, CancellationToken cancellation)
    {
        if (!store.Database.HasTables())
        {
            throw new NotFoundException($"The data folder '{store.Folder}' holds nothing that could be backed up.");
        }

        DatabaseSnapshot? snapshot = null;
        var held = new List<Blob>();
        try
        {
            // On the writer's thread nothing is swept away between the look at the rows and the hold on what they refer to.
            await store.Database.WriteAsync(_ =>
            {
                Release(snapshot, held);
                snapshot = store.Database.TakeSnapshot();
                held.AddRange(snapshot.Connection.Query<string>("select distinct hash from blob_references where hash is not null order by hash").Select(store.Blobs.Hold));
            }).ConfigureAwait(false);
            return await Task.Run(() => Write(store, snapshot!, held, path, clock, cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            Release(snapshot, held);
        }
    }

    /// <summary>The rows alone: what is kept before the schema changes.</summary>
    public static void WriteRows(DatabaseSnapshot snapshot, string path, TimeProvider clock) => DurableFile.Write(path, file =>
    {
        using var backup = new BackupWriter(file);
        AddRows(backup, snapshot, CancellationToken.None);
        backup.Finish(snapshot.Connection, snapshot.Engine, clock.GetUtcNow());
    });

    private static BackupManifest Write(DataStore store, DatabaseSnapshot snapshot, List<Blob> held, string path, TimeProvider clock, CancellationToken cancellation)
    {
        BackupManifest? manifest = null;
        DurableFile.Write(path, file =>
        {
            using var backup = new BackupWriter(file);
            AddRows(backup, snapshot, cancellation);
            foreach (Blob blob in held)
            {
                cancellation.ThrowIfCancellationRequested();
                backup.AddBlob(store.Blobs, blob.Hash);
            }

            foreach ((string name, string checkpoint) in BackupFiles.Checkpoints(store.AttemptsFolder))
            {
                AddCheckpoint(backup, name, checkpoint);
            }

            manifest = backup.Finish(snapshot.Connection, snapshot.Engine, clock.GetUtcNow());
        });
        return manifest!;
    }

    private static void AddRows(BackupWriter backup, DatabaseSnapshot snapshot, CancellationToken cancellation)
    {
        foreach (string table in snapshot.Engine.Tables(snapshot.Connection).Where(table => table != Migrations.Table))
        {
            cancellation.ThrowIfCancellationRequested();
            backup.AddRows(snapshot.Connection, table);
        }
    }

    /// <summary>A checkpoint is replaced whole; one that goes with its job just now is not missed.</summary>
    private static void AddCheckpoint(BackupWriter backup, string name, string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            backup.AddFile(name, file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // The job has ended.
        }
    }

    private static void Release(DatabaseSnapshot? snapshot, List<Blob> held)
    {
        snapshot?.Dispose();
        held.ForEach(blob => blob.Dispose());
        held.Clear();
    }
}
