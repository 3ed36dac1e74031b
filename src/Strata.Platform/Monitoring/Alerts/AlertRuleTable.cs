using System.Data;
using Dapper;
using Strata.Platform.Storage;

namespace Strata.Platform.Monitoring.Alerts;

/// <summary>The rows of alert rules, how they stand, and how they stood.</summary>
internal static class AlertRuleTable
{
    public const string Create = """
        create table alert_rules (
            sequence integer primary key,
            id text not null unique,
            project text not null default 'default',
            name text not null,
            deployment text,
            rule text not null,
            created_at bigint not null,
            state text not null,
            since bigint not null,
            value double precision,
            message text,
            fired_at bigint,
            changes integer not null default 0);
        create table alert_changes (
            sequence integer primary key,
            rule_id text not null,
            state text not null,
            at bigint not null,
            value double precision,
            message text);
        create index alert_changes_by_rule on alert_changes (rule_id, sequence);

        """;

    public static void Insert(IDbConnection connection, AlertRule rule) => connection.Execute(
        """
        insert into alert_rules (id, project, name, deployment, rule, created_at, state, since) values (@Id, @Project, @Name, @Deployment, @terms, @createdAt, @state, @since)
        """,
        new
        {
            rule.Id, rule.Terms.Project, rule.Terms.Name, rule.Terms.Deployment,
            terms = JsonText.Of(rule.Terms), createdAt = rule.CreatedAt.ToUnixTimeMilliseconds(), state = JsonText.NameOf(rule.Status.State), since = rule.Status.Since.ToUnixTimeMilliseconds(),
        });

    /// <summary>Notes how a rule stands now; false when another server has noted a change before, or the rule is gone.</summary>
    public static bool Advance(IDbConnection connection, string id, AlertStatus status)
    {
        var row = new
        {
            id, status.Value, status.Message, status.Changes, before = status.Changes - 1,
            state = JsonText.NameOf(status.State), since = status.Since.ToUnixTimeMilliseconds(), firedAt = status.FiredAt?.ToUnixTimeMilliseconds(),
        };
        if (connection.Execute(
            "update alert_rules set state = @state, since = @since, value = @Value, message = @Message, fired_at = @firedAt, changes = @Changes where id = @id and changes = @before", row) == 0)
        {
            return false;
        }

        connection.Execute("insert into alert_changes (rule_id, state, at, value, message) values (@id, @state, @since, @Value, @Message)", row);
        return true;
    }

    public static AlertRule? Find(IDbConnection connection, string id) => connection.QueryFirstOrDefault<Row>("select * from alert_rules where id = @id", new { id })?.ToRule();

    public static IReadOnlyList<AlertRule> All(IDbConnection connection) => [.. connection.Query<Row>("select * from alert_rules order by sequence").Select(row => row.ToRule())];

    /// <summary>The newest first; of one deployment, or of all.</summary>
    public static Page<AlertRule> List(IDbConnection connection, int offset, int count, string? deployment, IReadOnlyCollection<string>? projects)
    {
        string where = $"{ProjectScope.Filter}{(deployment is null ? string.Empty : " and deployment = @deployment")}";
        var asked = new { projects = ProjectScope.Text(projects), deployment, offset, count = Math.Clamp(count, 0, Page<AlertRule>.MostItems) };
        return new Page<AlertRule>(
            [.. connection.Query<Row>($"select * from alert_rules where {where} order by sequence desc limit @count offset @offset", asked).Select(row => row.ToRule())],
            connection.ExecuteScalar<int>($"select count(*) from alert_rules where {where}", asked));
    }

    public static long CountOf(IDbConnection connection, AlertState state) => connection.ExecuteScalar<long>("select count(*) from alert_rules where state = @state", new { state = JsonText.NameOf(state) });

    /// <summary>How a rule stood, the newest first.</summary>
    public static Page<AlertChange> History(IDbConnection connection, string id, int offset, int count) => new(
        [.. connection.Query<Row>(
            "select * from alert_changes where rule_id = @id order by sequence desc limit @count offset @offset",
            new { id, offset, count = Math.Clamp(count, 0, Page<AlertChange>.MostItems) }).Select(row => row.ToChange())],
        connection.ExecuteScalar<int>("select count(*) from alert_changes where rule_id = @id", new { id }));

    public static void Delete(IDbConnection connection, string id)
    {
        connection.Execute("delete from alert_changes where rule_id = @id", new { id });
        connection.Execute("delete from alert_rules where id = @id", new { id });
    }

    /// <summary>Forgets changes before a time.</summary>
    public static void DeleteBefore(IDbConnection connection, DateTimeOffset time) => connection.Execute("delete from alert_changes where at < @time", new { time = time.ToUnixTimeMilliseconds() });

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Rule { get; set; } = string.Empty;

        public long CreatedAt { get; set; }

        public string State { get; set; } = string.Empty;

        public long Since { get; set; }

        public long At { get; set; }

        public double? Value { get; set; }

        public string? Message { get; set; }

        public long? FiredAt { get; set; }

        public int Changes { get; set; }

        public AlertChange ToChange() => new(JsonText.EnumOf<AlertState>(State), DateTimeOffset.FromUnixTimeMilliseconds(At), Value, Message);

        public AlertRule ToRule() => new(
            Id,
            JsonText.Read<AlertTerms>(Rule),
            DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            new AlertStatus(
                JsonText.EnumOf<AlertState>(State), DateTimeOffset.FromUnixTimeMilliseconds(Since), Value, Message, FiredAt is long fired ? DateTimeOffset.FromUnixTimeMilliseconds(fired) : null, Changes));
    }
}
