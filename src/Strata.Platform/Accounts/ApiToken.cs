using System.Data;
using Dapper;
using Strata.Platform.Storage;

namespace Strata.Platform.Accounts;

/// <summary>A secret that a program shows in place of a password. It can never do more than its user, and less when its scope says so.</summary>
public sealed record ApiToken
{
    public required string Id { get; init; }

    /// <summary>The first letters of the secret, by which one that was found somewhere is recognised.</summary>
    public required string Prefix { get; init; }

    public required string UserId { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>The most that it may do in any project.</summary>
    public required Role Scope { get; init; }

    /// <summary>The only project that it is good for; null for all of its user's.</summary>
    public string? Project { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>The rows of API tokens.</summary>
internal static class ApiTokenTable
{
    public const string Create = """
        create table api_tokens (
            sequence integer primary key,
            id text not null unique,
            prefix text not null unique,
            hash text not null,
            user_id text not null,
            name text not null,
            scope text not null,
            project text,
            created_at bigint not null,
            expires_at bigint not null,
            last_used_at bigint,
            revoked_at bigint);
        create index api_tokens_by_user on api_tokens (user_id);
        """;

    public static void Insert(IDbConnection connection, ApiToken token, string hash) => connection.Execute(
        """
        insert into api_tokens (id, prefix, hash, user_id, name, scope, project, created_at, expires_at)
        values (@Id, @Prefix, @hash, @UserId, @Name, @scope, @Project, @createdAt, @expiresAt)
        """,
        new
        {
            token.Id, token.Prefix, token.UserId, token.Name, token.Project, hash, scope = JsonText.NameOf(token.Scope),
            createdAt = token.CreatedAt.ToUnixTimeMilliseconds(), expiresAt = token.ExpiresAt.ToUnixTimeMilliseconds(),
        });

    public static ApiToken? Find(IDbConnection connection, string id) => connection.QueryFirstOrDefault<Row>("select * from api_tokens where id = @id", new { id })?.ToToken();

    /// <summary>The token with that prefix, and the hash of its secret.</summary>
    public static (ApiToken Token, string Hash)? OfPrefix(IDbConnection connection, string prefix) =>
        connection.QueryFirstOrDefault<Row>("select * from api_tokens where prefix = @prefix", new { prefix }) is Row row ? (row.ToToken(), row.Hash) : null;

    /// <summary>The newest first.</summary>
    public static IReadOnlyList<ApiToken> OfUser(IDbConnection connection, string userId) =>
        [.. connection.Query<Row>("select * from api_tokens where user_id = @userId order by sequence desc", new { userId }).Select(row => row.ToToken())];

    public static int CountLiving(IDbConnection connection, string userId, DateTimeOffset now) => connection.ExecuteScalar<int>(
        "select count(*) from api_tokens where user_id = @userId and revoked_at is null and expires_at > @now", new { userId, now = now.ToUnixTimeMilliseconds() });

    public static void Revoke(IDbConnection connection, string id, DateTimeOffset at) =>
        connection.Execute("update api_tokens set revoked_at = @at where id = @id and revoked_at is null", new { id, at = at.ToUnixTimeMilliseconds() });

    public static void Used(IDbConnection connection, string id, DateTimeOffset at) =>
        connection.Execute("update api_tokens set last_used_at = @at where id = @id", new { id, at = at.ToUnixTimeMilliseconds() });

    public static void DeleteOf(IDbConnection connection, string userId) => connection.Execute("delete from api_tokens where user_id = @userId", new { userId });

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Prefix { get; set; } = string.Empty;

        public string Hash { get; set; } = string.Empty;

        public string UserId { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public string Scope { get; set; } = string.Empty;

        public string? Project { get; set; }

        public long CreatedAt { get; set; }

        public long ExpiresAt { get; set; }

        public long? LastUsedAt { get; set; }

        public long? RevokedAt { get; set; }

        public ApiToken ToToken() => new()
        {
            Id = Id,
            Prefix = Prefix,
            UserId = UserId,
            Name = Name,
            Scope = JsonText.EnumOf<Role>(Scope),
            Project = Project,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt),
            LastUsedAt = LastUsedAt is long used ? DateTimeOffset.FromUnixTimeMilliseconds(used) : null,
            RevokedAt = RevokedAt is long revoked ? DateTimeOffset.FromUnixTimeMilliseconds(revoked) : null,
        };
    }
}
