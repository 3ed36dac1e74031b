using System.Data;
using Dapper;
using Strata.Platform.Storage.Engines;

namespace Strata.Platform.Storage;

/// <summary>A data folder, opened by one server at a time: the database, the blobs and the attempts of jobs.</summary>
public sealed class DataStore : IDisposable
{
    internal static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(10);

    private readonly FolderLock folderLock;

    private DataStore(string folder, FolderLock folderLock, Database database, BlobStore blobs) =>
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
        string root = Path.GetFullPath(folder);
        FolderLock taken = Take(root);
        Database? opened = null;
        try
        {
            opened = Database.Open(EngineOf(root, database, databaseWait ?? DefaultWait), migrations, Path.Join(root, "backups"), clock);
            var store = new DataStore(root, taken, opened, new BlobStore(Path.Join(root, "blobs")));
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
        folderLock.Dispose();
    }

    private static DatabaseEngine EngineOf(string root, string? database, TimeSpan wait) => string.IsNullOrWhiteSpace(database)
        ? new SqliteEngine(Path.Join(root, "strata.db"), wait)
        : new PostgresEngine(database, wait);

    private static FolderLock Take(string root)
    {
        try
        {
            Directory.CreateDirectory(root);
            return FolderLock.TryTake(Path.Join(root, "strata.lock"))
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
