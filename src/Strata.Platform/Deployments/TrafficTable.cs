using System.Data;
using Dapper;
using Strata.Platform.Storage;

namespace Strata.Platform.Deployments;

/// <summary>The rows of traffic: a model's minute in a deployment as one server has counted it.</summary>
internal static class TrafficTable
{
    public const string Create = """
        create table deployment_traffic (
            deployment_id text not null,
            minute bigint not null,
            model_id text not null,
            server text not null,
            answered bigint not null,
            row_count bigint not null,
            refused bigint not null,
            failed bigint not null,
            latency text not null,
            primary key (deployment_id, minute, model_id, server)) without rowid;
        """;

    /// <summary>Stores a cell with its counts up to now.</summary>
    public static void Save(IDbConnection connection, string deploymentId, string modelId, string server, TrafficCell cell) => connection.Execute(
        """
        insert into deployment_traffic (deployment_id, minute, model_id, server, answered, row_count, refused, failed, latency)
        values (@deploymentId, @minute, @modelId, @server, @Answered, @Rows, @Refused, @Failed, @latency)
        on conflict (deployment_id, minute, model_id, server) do update set
            answered = excluded.answered, row_count = excluded.row_count, refused = excluded.refused, failed = excluded.failed, latency = excluded.latency
        """,
        new { deploymentId, modelId, server, minute = cell.Minute.ToUnixTimeMilliseconds(), cell.Answered, cell.Rows, cell.Refused, cell.Failed, latency = JsonText.Of(cell.Latency.Counts) });

    /// <summary>The minutes from a time on by model, as the other servers counted them.</summary>
    public static IEnumerable<(string ModelId, TrafficCell Cell)> ReadOthers(IDbConnection connection, string deploymentId, DateTimeOffset from, string server) =>
        Read(connection, "server <> @server", deploymentId, from, server);

    /// <summary>The minutes from a time on by model, as one server has stored them.</summary>
    public static IEnumerable<(string ModelId, TrafficCell Cell)> ReadOwn(IDbConnection connection, string deploymentId, DateTimeOffset from, string server) =>
        Read(connection, "server = @server", deploymentId, from, server);

    public static void Delete(IDbConnection connection, string deploymentId) => connection.Execute("delete from deployment_traffic where deployment_id = @deploymentId", new { deploymentId });

    private static IEnumerable<(string ModelId, TrafficCell Cell)> Read(IDbConnection connection, string which, string deploymentId, DateTimeOffset from, string server) => connection.Query<Row>(
        $"select * from deployment_traffic where deployment_id = @deploymentId and minute >= @from and {which}",
        new { deploymentId, server, from = from.ToUnixTimeMilliseconds() }).Select(row => row.ToCell());

    private sealed class Row
    {
        public string ModelId { get; set; } = string.Empty;

        public long Minute { get; set; }

        public long Answered { get; set; }

        public long RowCount { get; set; }

        public long Refused { get; set; }

        public long Failed { get; set; }

        public string Latency { get; set; } = string.Empty;

        public (string, TrafficCell) ToCell() =>
            (ModelId, new TrafficCell(DateTimeOffset.FromUnixTimeMilliseconds(Minute), Answered, RowCount, Refused, Failed, new LatencyHistogram(JsonText.Read<long[]>(Latency))));
    }
}
