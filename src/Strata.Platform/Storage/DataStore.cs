using System.Data;
using Dapper;
using Strata.Platform.Storage.Backups;
using Strata.Platform.Storage.Engines;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Storage;

/// <summary>A data folder, opened by one server at a time: the database, the blobs and the attempts of jobs.</summary>
public sealed class DataStore : IDisposable
{
    /// <summary>The file in the folder that the server holds locked.</summary>
    public const string LockName = "strata.lock";

    private const string BlobFolder = "blobs";

    internal static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(10);

    private readonly FolderLock? folderLock;

    private DataStore(string folder, FolderLock? folderLock, Database database, BlobStore blobs) =>
        (Folder, this.folderLock, Database, Blobs) = (folder, folderLock, database, blobs);

    /// <summary>Absolute path of the data folder.</summary>
    public string Folder { get; }

    public Database Database { get; }

    public BlobStore Blobs { get; }

    public string AttemptsFolder => Path.Join(Folder, "attempts");

    /// <param name="folder">The data folder, made when absent.</param>
    /// <param name="migrations">The schema.</param>
    /// <param name="clock">The time of what is recorded.</param>
    /// <param name="database">A connection string of PostgreSQL, or null for SQLite in the folder.</param>
    /// <param name="databaseWait">How long a lock on the database, or its absence, is waited for; ten seconds when not given.</param>
    /// <exception cref="ConflictException">Another server has the folder or the database open.</exception>
    public static DataStore Open(string folder, IReadOnlyList<Migration> migrations, TimeProvider clock, string? database = null, TimeSpan? databaseWait = null)
    {
        ArgumentNullException.ThrowIfNull(migrations);
        return Open(folder, database, databaseWait ?? DefaultWait, clock, migrations);
    }

    /// <summary>Opens the data folder and the database of another server beside it.</summary>
    /// <exception cref="DataException">There is no connection string of PostgreSQL: SQLite is for one server.</exception>
    /// <exception cref="StorageException">The database is not at the program's schema.</exception>
    internal static DataStore OpenReplica(string folder, IReadOnlyList<Migration> migrations, TimeProvider clock, string? database, TimeSpan databaseWait)
    {
        string root = Path.GetFullPath(folder);
        if (string.IsNullOrWhiteSpace(database))
        {
            throw new DataException("A replica takes PostgreSQL: name the database of the first server.");
        }

        if (!Directory.Exists(Path.Join(root, BlobFolder)))
        {
            throw new DataException($"There is no data folder '{root}' of another server. A replica takes that of the first server.");
        }

        Database opened = Database.Open(new PostgresEngine(database, databaseWait, isReplica: true), migrations, string.Empty, clock, isReplica: true);
        return new DataStore(root, null, opened, new BlobStore(Path.Join(root, BlobFolder), isReplica: true));
    }

    /// <summary>Opens what is there and leaves its schema alone.</summary>
    /// <exception cref="NotFoundException">There is nothing.</exception>
    internal static DataStore OpenAsIs(string folder, TimeProvider clock, string? database)
    {
        if (!Directory.Exists(folder))
        {
            throw new NotFoundException($"There is no data folder '{Path.GetFullPath(folder)}'.");
        }

        return Open(folder, database, DefaultWait, clock, null);
    }

    /// <summary>Writes everything that is committed now, and what it refers to, into one file, while reading and writing go on.</summary>
    public Task<BackupManifest> BackUpAsync(string path, TimeProvider clock, CancellationToken cancellation = default) =>
        Backup.WriteAsync(this, Path.GetFullPath(path), clock, cancellation);

    /// <summary>Brings a backup back into a folder and a database that are empty; rows from one make of database go into the other too.</summary>
    /// <exception cref="ConflictException">The database has something in it, or a server has the folder open.</exception>
    /// <exception cref="StorageException">The backup is damaged, or of a newer program.</exception>
    public static async Task<BackupManifest> RestoreAsync(
        string path, string folder, IReadOnlyList<Migration> migrations, TimeProvider clock, string? database = null, CancellationToken cancellation = default)
    {
        using var backup = new BackupReader(Path.GetFullPath(path));
        string root = Path.GetFullPath(folder);
        using FolderLock taken = Take(root);
        using DatabaseEngine engine = EngineOf(root, database, DefaultWait);
        return await Restore.RunAsync(backup, root, engine, migrations, clock, cancellation).ConfigureAwait(false);
    }

    /// <summary>Deletes those of the blobs that no row refers to any more and nobody holds.</summary>
    public async Task SweepAsync(IEnumerable<string> hashes)
    {
        string[] candidates = [.. hashes.Distinct(StringComparer.Ordinal)];
        if (candidates.Length > 0)
        {
            // On the writer's thread no new reference can be stored meanwhile. A reference that is only about to go, in the same commit, still counts.
            await Database.WriteAsync(connection =>
            {
                foreach (string hash in candidates)
                {
                    Blobs.DeleteUnless(hash, candidate => IsReferenced(connection, candidate) || Database.Read(committed => IsReferenced(committed, candidate)));
                }
            }).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes every blob that no row refers to: what a crash between writing a file and its row has left.</summary>
    public Task SweepAsync()
    {
        string[] stored = [.. Blobs.All()];
        HashSet<string> referenced = Database.Read(connection => connection.Query<string>("select hash from blob_references where hash is not null").ToHashSet(StringComparer.Ordinal));
        return SweepAsync(stored.Where(hash => !referenced.Contains(hash)));
    }

    public void Dispose()
    {
        Database.Dispose();
        folderLock?.Dispose();
    }

    private static DataStore Open(string folder, string? database, TimeSpan wait, TimeProvider clock, IReadOnlyList<Migration>? migrations)
    {
        string root = Path.GetFullPath(folder);
        FolderLock taken = Take(root);
        Database? opened = null;
        try
        {
            opened = Database.Open(EngineOf(root, database, wait), migrations, Path.Join(root, "backups"), clock);
            var store = new DataStore(root, taken, opened, new BlobStore(Path.Join(root, BlobFolder)));
            Directory.CreateDirectory(store.AttemptsFolder);
            return store;
        }
        catch
        {
            opened?.Dispose();
            taken.Dispose();
            throw;
        }
    }

    private static DatabaseEngine EngineOf(string root, string? database, TimeSpan wait) => string.IsNullOrWhiteSpace(database)
        ? new SqliteEngine(Path.Join(root, "strata.db"), wait)
        : new PostgresEngine(database, wait);

    private static FolderLock Take(string root)
    {
        try
        {
            Directory.CreateDirectory(root);
            return FolderLock.TryTake(Path.Join(root, LockName))
                ?? throw new ConflictException($"Another Strata server has the data folder '{root}' open. Stop it, or give this one another folder.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The data folder '{root}' cannot be used: {e.Message}", inner: e);
        }
    }

    private static bool IsReferenced(IDbConnection connection, string hash) =>
        connection.ExecuteScalar<bool>("select exists (select 1 from blob_references where hash = @hash)", new { hash });
}
