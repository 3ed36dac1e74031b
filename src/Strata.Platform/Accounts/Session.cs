using System.Data;
using Dapper;

namespace Strata.Platform.Accounts;

/// <summary>The time from a log-in to its end, in a browser (a cookie) or a program (access and refresh tokens).</summary>
/// <param name="Id">Names it; no secret.</param>
/// <param name="UserId">Who logged in.</param>
/// <param name="CreatedAt">When they did.</param>
/// <param name="SeenAt">When it was last used.</param>
/// <param name="ConfirmedAt">When the password was last given.</param>
/// <param name="ExpiresAt">When it ends at the latest.</param>
/// <param name="Address">Where they logged in from.</param>
public sealed record Session(string Id, string UserId, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, DateTimeOffset ConfirmedAt, DateTimeOffset ExpiresAt, string? Address);

/// <summary>The rows of sessions and of their refresh tokens.</summary>
internal static class SessionTable
{
    public const string Create = """
        create table sessions (
            id text primary key,
            user_id text not null,
            secret_hash text unique,
            created_at bigint not null,
            seen_at bigint not null,
            confirmed_at bigint not null,
            expires_at bigint not null,
            address text);
        create index sessions_by_user on sessions (user_id);
        create table refresh_tokens (
            hash text primary key,
            session_id text not null,
            is_used integer not null default 0,
            expires_at bigint not null);
        create index refresh_tokens_by_session on refresh_tokens (session_id);
        """;

    public static void Insert(IDbConnection connection, Session session, string? secretHash) => connection.Execute(
        """
        insert into sessions (id, user_id, secret_hash, created_at, seen_at, confirmed_at, expires_at, address)
        values (@Id, @UserId, @secretHash, @createdAt, @createdAt, @createdAt, @expiresAt, @Address)
        """,
        new { session.Id, session.UserId, session.Address, secretHash, createdAt = session.CreatedAt.ToUnixTimeMilliseconds(), expiresAt = session.ExpiresAt.ToUnixTimeMilliseconds() });

    public static Session? Find(IDbConnection connection, string id) => Read(connection, "id = @id", new { id }).FirstOrDefault();

    public static Session? OfSecret(IDbConnection connection, string secretHash) => Read(connection, "secret_hash = @secretHash", new { secretHash }).FirstOrDefault();

    public static IReadOnlyList<Session> OfUser(IDbConnection connection, string userId) => Read(connection, "user_id = @userId order by seen_at desc", new { userId });

    public static void Touch(IDbConnection connection, string id, DateTimeOffset at) =>
        connection.Execute("update sessions set seen_at = @at where id = @id and seen_at < @at", new { id, at = at.ToUnixTimeMilliseconds() });

    public static void Confirm(IDbConnection connection, string id, DateTimeOffset at) =>
        connection.Execute("update sessions set confirmed_at = @at, seen_at = @at where id = @id", new { id, at = at.ToUnixTimeMilliseconds() });

    public static void Delete(IDbConnection connection, string id) =>
        connection.Execute("delete from refresh_tokens where session_id = @id; delete from sessions where id = @id", new { id });

    public static void DeleteOf(IDbConnection connection, string userId, string? exceptId = null)
    {
        foreach (Session session in OfUser(connection, userId).Where(session => session.Id != exceptId))
        {
            Delete(connection, session.Id);
        }
    }

    /// <summary>Removes what has ended by its time.</summary>
    public static void DeleteExpired(IDbConnection connection, DateTimeOffset now, TimeSpan idle)
    {
        var times = new { now = now.ToUnixTimeMilliseconds(), idle = (now - idle).ToUnixTimeMilliseconds() };
        connection.Execute("delete from sessions where expires_at <= @now or (secret_hash is not null and seen_at <= @idle)", times);
        connection.Execute("delete from refresh_tokens where not exists (select 1 from sessions where sessions.id = session_id)");
    }

    public static void AddRefresh(IDbConnection connection, string sessionId, string hash, DateTimeOffset expiresAt) => connection.Execute(
        "insert into refresh_tokens (hash, session_id, expires_at) values (@hash, @sessionId, @expiresAt)",
        new { hash, sessionId, expiresAt = expiresAt.ToUnixTimeMilliseconds() });

    /// <summary>The session of a refresh token and whether the token was used before; null when it is unknown or too old.</summary>
    public static (string SessionId, bool WasUsed)? UseRefresh(IDbConnection connection, string hash, DateTimeOffset now)
    {
        (string? sessionId, long isUsed) = connection.QueryFirstOrDefault<(string?, long)>(
            "select session_id, is_used from refresh_tokens where hash = @hash and expires_at > @now",
            new { hash, now = now.ToUnixTimeMilliseconds() });
        connection.Execute("update refresh_tokens set is_used = 1 where hash = @hash", new { hash });
        return sessionId is null ? null : (sessionId, isUsed != 0);
    }

    private static Session[] Read(IDbConnection connection, string where, object values) =>
        [.. connection.Query<(string Id, string UserId, long CreatedAt, long SeenAt, long ConfirmedAt, long ExpiresAt, string? Address)>(
            $"select id, user_id, created_at, seen_at, confirmed_at, expires_at, address from sessions where {where}", values)
            .Select(row => new Session(row.Id, row.UserId, Time(row.CreatedAt), Time(row.SeenAt), Time(row.ConfirmedAt), Time(row.ExpiresAt), row.Address))];

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
