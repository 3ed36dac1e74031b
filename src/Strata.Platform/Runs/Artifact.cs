using System.Data;
using Dapper;

namespace Strata.Platform.Runs;

/// <summary>A file of a run or job, named by its relative path with forward slashes; the hash names the blob with its bytes.</summary>
public sealed record Artifact(string Name, string Hash, long Bytes)
{
    internal const string Create = """
        create table artifacts (
            owner text not null,
            name text not null,
            hash text not null,
            bytes bigint not null,
            primary key (owner, name));
        create index artifacts_by_hash on artifacts (hash);
        """;

    public static void Add(IDbConnection connection, string owner, Artifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        connection.Execute(
            "insert into artifacts (owner, name, hash, bytes) values (@owner, @Name, @Hash, @Bytes) on conflict (owner, name) do update set hash = excluded.hash, bytes = excluded.bytes",
            new { owner, artifact.Name, artifact.Hash, artifact.Bytes });
    }

    public static Artifact? Find(IDbConnection connection, string owner, string name) =>
        connection.QueryFirstOrDefault<Artifact>("select name, hash, bytes from artifacts where owner = @owner and name = @name", new { owner, name });

    public static IReadOnlyList<Artifact> Read(IDbConnection connection, string owner) =>
        connection.Query<Artifact>("select name, hash, bytes from artifacts where owner = @owner order by name", new { owner }).AsList();
}
