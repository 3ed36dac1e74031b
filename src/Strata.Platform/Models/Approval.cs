using System.Data;
using Dapper;
using Strata.Platform.Accounts;

namespace Strata.Platform.Models;

/// <summary>What somebody has said of a version: whether it may go into production, and why.</summary>
/// <param name="AuthorId">Who, so that nobody counts twice.</param>
/// <param name="By">Their name at that time.</param>
/// <param name="Approved">Whether it may.</param>
/// <param name="Comment">Why.</param>
/// <param name="At">When.</param>
public sealed record Approval(string AuthorId, string By, bool Approved, string Comment, DateTimeOffset At)
{
    internal const string Create = """
        create table version_approvals (
            version_id text not null,
            author_id text not null,
            author text not null,
            approved integer not null,
            comment text not null,
            at bigint not null,
            primary key (version_id, author_id));
        """;

    /// <summary>By what an approver is told from others; the local owner has no account.</summary>
    internal static string IdOf(Actor actor) => actor.Id ?? actor.Name;

    /// <summary>Their last word counts.</summary>
    internal static void Save(IDbConnection connection, string versionId, Approval approval) => connection.Execute(
        """
        insert into version_approvals (version_id, author_id, author, approved, comment, at) values (@versionId, @AuthorId, @By, @approved, @Comment, @at)
        on conflict (version_id, author_id) do update set author = excluded.author, approved = excluded.approved, comment = excluded.comment, at = excluded.at
        """,
        new { versionId, approval.AuthorId, approval.By, approved = approval.Approved ? 1 : 0, approval.Comment, at = approval.At.ToUnixTimeMilliseconds() });

    internal static ILookup<string, Approval> Read(IDbConnection connection, string[] versionIds) => connection
        .Query<(string Version, string AuthorId, string Author, long Approved, string Comment, long At)>(
            "select version_id, author_id, author, approved, comment, at from version_approvals where version_id in @versionIds order by at, author_id", new { versionIds })
        .ToLookup(row => row.Version, row => new Approval(row.AuthorId, row.Author, row.Approved != 0, row.Comment, DateTimeOffset.FromUnixTimeMilliseconds(row.At)));

    internal static void Delete(IDbConnection connection, string versionId) => connection.Execute("delete from version_approvals where version_id = @versionId", new { versionId });
}
