using System.Data;
using Dapper;
using Strata.Platform.Storage;

namespace Strata.Platform.Monitoring.Webhooks;

/// <summary>The rows of deliveries: what waits to be sent, and the history of what was.</summary>
internal static class DeliveryTable
{
    public const string Create = """
        create table webhook_deliveries (
            sequence integer primary key,
            id text not null unique,
            webhook_id text not null,
            event text not null,
            body text not null,
            status text not null,
            attempts integer not null default 0,
            next_at bigint not null,
            answer integer,
            error text,
            created_at bigint not null,
            ended_at bigint);
        create index webhook_deliveries_by_webhook on webhook_deliveries (webhook_id, sequence);
        create index webhook_deliveries_by_turn on webhook_deliveries (status, next_at);

        """;

    public static void Insert(IDbConnection connection, Delivery delivery) => connection.Execute(
        """
        insert into webhook_deliveries (id, webhook_id, event, body, status, attempts, next_at, created_at)
        values (@Id, @WebhookId, @Event, @Body, @status, @Attempts, @nextAt, @createdAt)
        """,
        new
        {
            delivery.Id, delivery.WebhookId, delivery.Event, delivery.Body, delivery.Attempts,
            status = JsonText.NameOf(delivery.Status), nextAt = delivery.NextAt.ToUnixTimeMilliseconds(), createdAt = delivery.CreatedAt.ToUnixTimeMilliseconds(),
        });

    /// <summary>Stores what has become of a delivery, unless another server has gone on with it since it was read.</summary>
    public static bool Save(IDbConnection connection, Delivery delivery, int attemptsBefore) => connection.Execute(
        """
        update webhook_deliveries set status = @status, attempts = @Attempts, next_at = @nextAt, answer = @Answer, error = @Error, ended_at = @endedAt
        where id = @Id and attempts = @attemptsBefore and status = 'waiting'
        """,
        new
        {
            delivery.Id, delivery.Attempts, delivery.Answer, delivery.Error, attemptsBefore,
            status = JsonText.NameOf(delivery.Status), nextAt = delivery.NextAt.ToUnixTimeMilliseconds(), endedAt = delivery.EndedAt?.ToUnixTimeMilliseconds(),
        }) > 0;

    /// <summary>Those whose turn it is, the longest waiting first.</summary>
    public static IReadOnlyList<Delivery> Due(IDbConnection connection, DateTimeOffset now, int most) =>
        [.. connection.Query<Row>("select * from webhook_deliveries where status = 'waiting' and next_at <= @now order by next_at limit @most", new { now = now.ToUnixTimeMilliseconds(), most }).Select(row => row.ToDelivery())];

    public static Delivery? Find(IDbConnection connection, string id) => connection.QueryFirstOrDefault<Row>("select * from webhook_deliveries where id = @id", new { id })?.ToDelivery();

    /// <summary>The newest first.</summary>
    public static Page<Delivery> List(IDbConnection connection, string webhookId, int offset, int count) => new(
        [.. connection.Query<Row>(
            "select * from webhook_deliveries where webhook_id = @webhookId order by sequence desc limit @count offset @offset",
            new { webhookId, offset, count = Math.Clamp(count, 0, Page<Delivery>.MostItems) }).Select(row => row.ToDelivery())],
        connection.ExecuteScalar<int>("select count(*) from webhook_deliveries where webhook_id = @webhookId", new { webhookId }));

    public static void DeleteOf(IDbConnection connection, string webhookId) => connection.Execute("delete from webhook_deliveries where webhook_id = @webhookId", new { webhookId });

    /// <summary>Forgets what ended before a time.</summary>
    public static void DeleteBefore(IDbConnection connection, DateTimeOffset time) => connection.Execute("delete from webhook_deliveries where ended_at < @time", new { time = time.ToUnixTimeMilliseconds() });

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string WebhookId { get; set; } = string.Empty;

        public string Event { get; set; } = string.Empty;

        public string Body { get; set; } = string.Empty;

        public string Status { get; set; } = string.Empty;

        public int Attempts { get; set; }

        public long NextAt { get; set; }

        public int? Answer { get; set; }

        public string? Error { get; set; }

        public long CreatedAt { get; set; }

        public long? EndedAt { get; set; }

        public Delivery ToDelivery() => new()
        {
            Id = Id,
            WebhookId = WebhookId,
            Event = Event,
            Body = Body,
            Status = JsonText.EnumOf<DeliveryStatus>(Status),
            Attempts = Attempts,
            NextAt = DateTimeOffset.FromUnixTimeMilliseconds(NextAt),
            Answer = Answer,
            Error = Error,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            EndedAt = EndedAt is long ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
        };
    }
}
