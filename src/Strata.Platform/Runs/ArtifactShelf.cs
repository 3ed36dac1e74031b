using System.Data;
using Dapper;
using Strata.Platform.Storage;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Runs;

/// <summary>The artifacts of runs and logged models as files under addresses: written, listed, opened and deleted by path.</summary>
public sealed class ArtifactShelf
{
    private const int MostOfOneOwner = 100_000;

    private readonly DataStore store;
    private readonly ArtifactLimits limits;

    internal ArtifactShelf(DataStore store, ArtifactLimits limits) => (this.store, this.limits) = (store, limits);

    /// <summary>Whose artifacts lie at a path, and the rest of the path within them.</summary>
    /// <exception cref="NotFoundException">Nobody's do.</exception>
    public (string Owner, string Name) Locate(string path)
    {
        string checkedPath = ArtifactAddress.Check(path);
        string[] parts = checkedPath.Split('/');
        return store.Database.Read(connection =>
        {
            for (int i = 1; i < parts.Length; i++)
            {
                if (parts[i] == "artifacts" && LocationOf(connection, parts[i - 1]) is string location && ArtifactAddress.PathOf(location) == string.Join('/', parts[..(i + 1)]))
                {
                    return (parts[i - 1], string.Join('/', parts[(i + 1)..]));
                }
            }

            throw new NotFoundException($"The path '{checkedPath}' belongs to no run. Artifacts are kept under the artifact address of a run.");
        });
    }

    /// <summary>The project of whoever owns artifacts.</summary>
    /// <exception cref="NotFoundException">There is no such run or logged model.</exception>
    public string ProjectOf(string owner) => store.Database.Read(connection => RunTable.ProjectOf(connection, owner) ?? LoggedModelTable.ProjectOf(connection, owner)) ?? throw NotFoundException.Of("run", owner);

    /// <summary>Stores what the stream still gives under a name of an owner; a file that is there is replaced.</summary>
    /// <exception cref="TooLargeException">The file is larger than one may be, or than what its project has left.</exception>
    public async Task WriteAsync(string owner, string name, Stream content, long mostBytes = long.MaxValue, CancellationToken cancellation = default)
    {
        ArtifactAddress.Check(name);
        using Blob blob = await StoreAsync(owner, name, content, Math.Min(mostBytes, limits.OfOne), cancellation).ConfigureAwait(false);
        string? replaced = await store.Database.WriteAsync(connection =>
        {
            _ = LocationOf(connection, owner) ?? throw NotFoundException.Of("run", owner);
            string? before = connection.ExecuteScalar<string?>("select hash from artifacts where owner = @owner and name = @name", new { owner, name });
            ThrowIfInTheWay(connection, owner, name);
            limits.ThrowIfOver(connection, owner, name, blob.Bytes);
            Artifact.Add(connection, owner, new Artifact(name, blob.Hash, blob.Bytes));
            return before;
        }).ConfigureAwait(false);
        if (replaced is not null && replaced != blob.Hash)
        {
            await store.SweepAsync([replaced]).ConfigureAwait(false);
        }
    }

    /// <summary>What lies directly in a folder; nothing where there is no such folder.</summary>
    public IReadOnlyList<ArtifactEntry> List(string owner, string folder) => ArtifactEntry.In(folder, store.Database.Read(connection => Artifact.Read(connection, owner)));

    /// <exception cref="NotFoundException">There is no such file.</exception>
    public (Stream Content, Artifact Artifact) Open(string owner, string name)
    {
        Artifact artifact = store.Database.Read(connection => Artifact.Find(connection, owner, name)) ?? throw new NotFoundException($"'{owner}' has no artifact '{name}'.");
        return (store.Blobs.Open(artifact.Hash), artifact);
    }

    /// <summary>Deletes a file, or a folder with all that is in it; the empty name is everything of the owner.</summary>
    /// <exception cref="NotFoundException">There is nothing of that name.</exception>
    public async Task DeleteAsync(string owner, string name)
    {
        string[] hashes = await store.Database.WriteAsync(connection =>
        {
            Artifact[] gone = [.. Artifact.Read(connection, owner).Where(artifact => name.Length == 0 || artifact.Name == name || artifact.Name.StartsWith($"{name}/", StringComparison.Ordinal))];
            if (gone.Length == 0)
            {
                throw new NotFoundException($"'{owner}' has no artifact '{name}'.");
            }

            connection.Execute("delete from artifacts where owner = @owner and name = @Name", gone.Select(artifact => new { owner, artifact.Name }));
            return gone.Select(artifact => artifact.Hash).ToArray();
        }).ConfigureAwait(false);
        await store.SweepAsync(hashes).ConfigureAwait(false);
    }

    /// <summary>Stores no more than one file may have, nor than the project has left.</summary>
    private async Task<Blob> StoreAsync(string owner, string name, Stream content, long mostBytes, CancellationToken cancellation)
    {
        long left = store.Database.Read(connection => limits.Left(connection, owner, name));
        try
        {
            return await store.Blobs.WriteAsync(content, Math.Min(mostBytes, left), "The artifact", cancellation).ConfigureAwait(false);
        }
        catch (TooLargeException) when (left < mostBytes)
        {
            throw limits.Over(left);
        }
    }

    private static string? LocationOf(IDbConnection connection, string owner) =>
        connection.ExecuteScalar<string?>("select artifact_location from runs where id = @owner", new { owner })
        ?? connection.ExecuteScalar<string?>("select artifact_location from logged_models where id = @owner", new { owner });

    /// <summary>A name is a file's or a folder's, never both.</summary>
    private static void ThrowIfInTheWay(IDbConnection connection, string owner, string name)
    {
        string[] parents = [.. Enumerable.Range(1, name.Count(letter => letter == '/')).Select(depth => string.Join('/', name.Split('/')[..depth]))];
        if (parents.Length > 0 && connection.ExecuteScalar<string?>("select name from artifacts where owner = @owner and name in @parents", new { owner, parents }) is string file)
        {
            throw new DataException($"The artifact '{name}' cannot be stored: '{file}' is a file, not a folder.");
        }

        (long count, long below) = connection.QuerySingle<(long, long)>(
            "select count(*), count(case when substr(name, 1, @length) = @prefix then 1 end) from artifacts where owner = @owner", new { owner, prefix = $"{name}/", length = name.Length + 1 });
        if (below > 0)
        {
            throw new DataException($"The artifact '{name}' cannot be stored: a folder has that name.");
        }

        if (count >= MostOfOneOwner)
        {
            throw new DataException($"'{owner}' has {count} artifacts; that is the most that one run keeps.");
        }
    }
}
