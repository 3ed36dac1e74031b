using System.Data;
using Dapper;
using Strata.Platform.Storage;

namespace Strata.Platform.Monitoring.Webhooks;

/// <summary>The rows of webhooks.</summary>
internal static class WebhookTable
{
    public const string Create = """
        create table webhooks (
            sequence integer primary key,
            id text not null unique,
            project text not null default 'default',
            name text not null,
            address text not null,
            created_at bigint not null);

        """;

    public static void Insert(IDbConnection connection, Webhook webhook) => connection.Execute(
        "insert into webhooks (id, project, name, address, created_at) values (@Id, @Project, @Name, @Address, @createdAt)",
        new { webhook.Id, webhook.Project, webhook.Name, webhook.Address, createdAt = webhook.CreatedAt.ToUnixTimeMilliseconds() });

    public static Webhook? Find(IDbConnection connection, string id) => connection.QueryFirstOrDefault<Row>("select * from webhooks where id = @id", new { id })?.ToWebhook();

    /// <summary>The newest first.</summary>
    public static Page<Webhook> List(IDbConnection connection, int offset, int count, IReadOnlyCollection<string>? projects)
    {
        var asked = new { projects = ProjectScope.Text(projects), offset, count = Math.Clamp(count, 0, Page<Webhook>.MostItems) };
        return new Page<Webhook>(
            [.. connection.Query<Row>($"select * from webhooks where {ProjectScope.Filter} order by sequence desc limit @count offset @offset", asked).Select(row => row.ToWebhook())],
            connection.ExecuteScalar<int>($"select count(*) from webhooks where {ProjectScope.Filter}", asked));
    }

    public static void Delete(IDbConnection connection, string id) => connection.Execute("delete from webhooks where id = @id", new { id });

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Project { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public string Address { get; set; } = string.Empty;

        public long CreatedAt { get; set; }

        public Webhook ToWebhook() => new() { Id = Id, Project = Project, Name = Name, Address = Address, CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt) };
    }
}
