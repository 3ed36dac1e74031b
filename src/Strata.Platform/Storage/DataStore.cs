using System.Data;
using Dapper;

namespace Strata.Platform.Storage;

/// <summary>A data folder, opened by one server at a time: the database, the blobs and the attempts of jobs.</summary>
public sealed class DataStore : IDisposable
{
    private readonly FolderLock folderLock;

    private DataStore(string folder, FolderLock folderLock, Database database, BlobStore blobs) =>
        (Folder, this.folderLock, Database, Blobs) = (folder, folderLock, database, blobs);

    /// <summary>Absolute path of the data folder.</summary>
    public string Folder { get; }

    public Database Database { get; }

    public BlobStore Blobs { get; }

    public string AttemptsFolder => Path.Join(Folder, "attempts");

    /// <exception cref="ConflictException">Another server has the folder open.</exception>
    public static DataStore Open(string folder, IReadOnlyList<Migration> migrations, TimeProvider clock)
    {
        string root = Path.GetFullPath(folder);
        FolderLock taken = Take(root);
        Database? database = null;
        try
        {
            database = Database.Open(Path.Join(root, "strata.db"), migrations, Path.Join(root, "backups"), clock);
            var store = new DataStore(root, taken, database, new BlobStore(Path.Join(root, "blobs")));
            Directory.CreateDirectory(store.AttemptsFolder);
            return store;
        }
        catch
        {
            database?.Dispose();
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
