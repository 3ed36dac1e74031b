using System.Data;
using Dapper;

namespace Strata.Platform.Deployments;

/// <summary>The rows of prediction logs: a packed page each.</summary>
internal static class PredictionPageTable
{
    public const string Create = """
        create table prediction_pages (
            sequence integer primary key,
            deployment_id text not null,
            first_at bigint not null,
            last_at bigint not null,
            entry_count integer not null,
            entries text not null);
        create index prediction_pages_by_time on prediction_pages (deployment_id, last_at);
        """;

    public static void Insert(IDbConnection connection, string deploymentId, PredictionPage page, string packed) => connection.Execute(
        "insert into prediction_pages (deployment_id, first_at, last_at, entry_count, entries) values (@deploymentId, @first, @last, @Count, @packed)",
        new { deploymentId, first = page.First.ToUnixTimeMilliseconds(), last = page.Last.ToUnixTimeMilliseconds(), page.Count, packed });

    /// <summary>The pages with entries between two times, the newest first.</summary>
    public static IEnumerable<PredictionPage> Read(IDbConnection connection, string deploymentId, DateTimeOffset from, DateTimeOffset to) => connection.Query<Row>(
        "select * from prediction_pages where deployment_id = @deploymentId and last_at >= @from and first_at <= @to order by last_at desc",
        new { deploymentId, from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds() },
        buffered: false).Select(row => row.ToPage());

    public static long Count(IDbConnection connection, string deploymentId) =>
        connection.ExecuteScalar<long?>("select sum(entry_count) from prediction_pages where deployment_id = @deploymentId", new { deploymentId }) ?? 0;

    public static void DeleteBefore(IDbConnection connection, DateTimeOffset limit) => connection.Execute("delete from prediction_pages where last_at < @limit", new { limit = limit.ToUnixTimeMilliseconds() });

    public static void Delete(IDbConnection connection, string deploymentId) => connection.Execute("delete from prediction_pages where deployment_id = @deploymentId", new { deploymentId });

    private sealed class Row
    {
        public long FirstAt { get; set; }

        public long LastAt { get; set; }

        public int EntryCount { get; set; }

        public string Entries { get; set; } = string.Empty;

        public PredictionPage ToPage() => PredictionPage.Unpack(Entries, EntryCount, DateTimeOffset.FromUnixTimeMilliseconds(FirstAt), DateTimeOffset.FromUnixTimeMilliseconds(LastAt));
    }
}
