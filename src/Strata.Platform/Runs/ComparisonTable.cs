using System.Data;
using System.Text.Json.Nodes;
using Dapper;
using Strata.Platform.Storage;

namespace Strata.Platform.Runs;

/// <summary>The rows of comparisons.</summary>
internal static class ComparisonTable
{
    public const string Create = """
        create table comparisons (
            sequence integer primary key,
            id text not null unique,
            name text not null,
            dataset_id text not null,
            dataset_name text not null,
            preset text,
            plan text not null,
            job_id text not null,
            best text,
            created_at bigint not null);
        """;

    public static void Insert(IDbConnection connection, Comparison comparison) => connection.Execute(
        """
        insert into comparisons (id, name, project, dataset_id, dataset_name, preset, plan, job_id, created_at)
        values (@Id, @Name, @Project, @DatasetId, @DatasetName, @Preset, @plan, @JobId, @createdAt)
        """,
        new
        {
            comparison.Id, comparison.Name, comparison.Project, comparison.DatasetId, comparison.DatasetName, comparison.Preset, comparison.JobId,
            plan = comparison.Plan.ToJsonString(), createdAt = comparison.CreatedAt.ToUnixTimeMilliseconds(),
        });

    public static void Finish(IDbConnection connection, string id, string? best) => connection.Execute("update comparisons set best = @best where id = @id", new { id, best });

    public static Comparison? Find(IDbConnection connection, string id) =>
        connection.QueryFirstOrDefault<Row>("select * from comparisons where id = @id", new { id })?.ToComparison();

    /// <summary>The newest first.</summary>
    public static Page<Comparison> List(IDbConnection connection, int offset, int count, IReadOnlyCollection<string>? projects) => new(
        [.. connection.Query<Row>(
            $"select * from comparisons where {ProjectScope.Filter} order by sequence desc limit @count offset @offset",
            new { projects = ProjectScope.Text(projects), offset, count = Math.Clamp(count, 0, Page<Comparison>.MostItems) }).Select(row => row.ToComparison())],
        connection.ExecuteScalar<int>($"select count(*) from comparisons where {ProjectScope.Filter}", new { projects = ProjectScope.Text(projects) }));

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public string Project { get; set; } = string.Empty;

        public string DatasetId { get; set; } = string.Empty;

        public string DatasetName { get; set; } = string.Empty;

        public string? Preset { get; set; }

        public string Plan { get; set; } = string.Empty;

        public string JobId { get; set; } = string.Empty;

        public string? Best { get; set; }

        public long CreatedAt { get; set; }

        public Comparison ToComparison() => new()
        {
            Id = Id,
            Name = Name,
            Project = Project,
            DatasetId = DatasetId,
            DatasetName = DatasetName,
            Preset = Preset,
            Plan = JsonText.Read<JsonObject>(Plan),
            JobId = JobId,
            Best = Best,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        };
    }
}
