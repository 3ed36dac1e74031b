using System.Data;
using Dapper;

namespace Strata.Platform.Accounts;

/// <summary>The rows of the audit log.</summary>
internal static class AuditTable
{
    public const string Create = """
        create table audit_log (
            number bigint primary key,
            time bigint not null,
            actor_id text,
            actor text not null,
            action text not null,
            subject text not null,
            detail text not null,
            address text,
            previous_hash text not null,
            hash text not null);
        create index audit_log_by_subject on audit_log (subject, number);
        """;

    /// <summary>Keeps the database from changing what is written.</summary>
    public const string Guard = """
        create trigger audit_log_is_not_changed before update on audit_log begin select raise(abort, 'the audit log is only appended to'); end;
        create trigger audit_log_is_not_deleted before delete on audit_log begin select raise(abort, 'the audit log is only appended to'); end;
        """;

    public static void Insert(IDbConnection connection, AuditEntry entry) => connection.Execute(
        """
        insert into audit_log (number, time, actor_id, actor, action, subject, detail, address, previous_hash, hash)
        values (@Number, @time, @ActorId, @Actor, @Action, @Subject, @Detail, @Address, @PreviousHash, @Hash)
        """,
        new
        {
            entry.Number, entry.ActorId, entry.Actor, entry.Action, entry.Subject, entry.Detail, entry.Address, entry.PreviousHash, entry.Hash,
            time = entry.Time.ToUnixTimeMilliseconds(),
        });

    public static AuditEntry? Last(IDbConnection connection) => connection.QueryFirstOrDefault<Row>("select * from audit_log order by number desc limit 1")?.ToEntry();

    /// <summary>In their order, after the given number.</summary>
    public static IReadOnlyList<AuditEntry> After(IDbConnection connection, long number, int count) =>
        [.. connection.Query<Row>("select * from audit_log where number > @number order by number limit @count", new { number, count }).Select(row => row.ToEntry())];

    /// <summary>The newest first.</summary>
    public static Page<AuditEntry> List(IDbConnection connection, int offset, int count, string? actor, string? action, string? subject)
    {
        const string Where = "where (@actor is null or actor = @actor) and (@action is null or action = @action) and (@subject is null or subject = @subject)";
        var filter = new { actor, action, subject, offset, count = Math.Clamp(count, 0, Page<AuditEntry>.MostItems) };
        return new Page<AuditEntry>(
            [.. connection.Query<Row>($"select * from audit_log {Where} order by number desc limit @count offset @offset", filter).Select(row => row.ToEntry())],
            connection.ExecuteScalar<int>($"select count(*) from audit_log {Where}", filter));
    }

    private sealed class Row
    {
        public long Number { get; set; }

        public long Time { get; set; }

        public string? ActorId { get; set; }

        public string Actor { get; set; } = string.Empty;

        public string Action { get; set; } = string.Empty;

        public string Subject { get; set; } = string.Empty;

        public string Detail { get; set; } = string.Empty;

        public string? Address { get; set; }

        public string PreviousHash { get; set; } = string.Empty;

        public string Hash { get; set; } = string.Empty;

        public AuditEntry ToEntry() => new()
        {
            Number = Number,
            Time = DateTimeOffset.FromUnixTimeMilliseconds(Time),
            ActorId = ActorId,
            Actor = Actor,
            Action = Action,
            Subject = Subject,
            Detail = Detail,
            Address = Address,
            PreviousHash = PreviousHash,
            Hash = Hash,
        };
    }
}
