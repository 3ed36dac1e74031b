using System.Data;
using Dapper;
using Strata.Platform.Storage;

namespace Strata.Platform.AbTests;

/// <summary>The rows of A/B tests.</summary>
internal static class AbTestTable
{
    public const string Create = """
        create table ab_tests (
            sequence integer primary key,
            id text not null unique,
            name text not null unique,
            project text not null default 'default',
            plan text not null,
            status text not null,
            started_at bigint not null,
            ended_at bigint,
            result text);
        """;

    public static void Insert(IDbConnection connection, AbTest test) => connection.Execute(
        "insert into ab_tests (id, name, project, plan, status, started_at) values (@Id, @Name, @Project, @plan, @status, @startedAt)",
        new { test.Id, test.Plan.Name, test.Plan.Project, plan = JsonText.Of(test.Plan), status = JsonText.NameOf(test.Status), startedAt = test.StartedAt.ToUnixTimeMilliseconds() });

    /// <summary>False when it had ended already.</summary>
    public static bool End(IDbConnection connection, string id, AbTestStatus status, AbTestReport result, DateTimeOffset at) => connection.Execute(
        "update ab_tests set status = @status, result = @result, ended_at = @at where id = @id and status = 'running'",
        new { id, status = JsonText.NameOf(status), result = JsonText.Of(result), at = at.ToUnixTimeMilliseconds() }) > 0;

    public static AbTest? Find(IDbConnection connection, string name) => connection.QueryFirstOrDefault<Row>("select * from ab_tests where name = @name", new { name })?.ToTest();

    public static IReadOnlyList<AbTest> Running(IDbConnection connection) => [.. connection.Query<Row>("select * from ab_tests where status = 'running'").Select(row => row.ToTest())];

    /// <summary>The newest first, of the given projects or of all.</summary>
    public static Page<AbTest> List(IDbConnection connection, int offset, int count, IReadOnlyCollection<string>? projects)
    {
        string? scope = ProjectScope.Text(projects);
        return new Page<AbTest>(
            [.. connection.Query<Row>(
                $"select * from ab_tests where {ProjectScope.Filter} order by sequence desc limit @count offset @offset",
                new { offset, projects = scope, count = Math.Clamp(count, 0, Page<AbTest>.MostItems) }).Select(row => row.ToTest())],
            connection.ExecuteScalar<int>($"select count(*) from ab_tests where {ProjectScope.Filter}", new { projects = scope }));
    }

    public static void Delete(IDbConnection connection, string id) => connection.Execute("delete from ab_tests where id = @id", new { id });

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Plan { get; set; } = string.Empty;

        public string Status { get; set; } = string.Empty;

        public long StartedAt { get; set; }

        public long? EndedAt { get; set; }

        public string? Result { get; set; }

        public AbTest ToTest() => new()
        {
            Id = Id,
            Plan = JsonText.Read<AbTestPlan>(Plan),
            Status = JsonText.EnumOf<AbTestStatus>(Status),
            StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(StartedAt),
            EndedAt = EndedAt is long ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
            Result = JsonText.ReadOrNull<AbTestReport>(Result),
        };
    }
}
