using System.Data;
using System.Text.Json.Nodes;
using Dapper;
using Strata.Platform.Storage;

namespace Strata.Platform.Runs;

/// <summary>The rows of runs.</summary>
internal static class RunTable
{
    public const string Create = """
        create table runs (
            sequence integer primary key,
            id text not null unique,
            name text not null,
            dataset_id text,
            dataset_name text,
            preset text,
            plan text not null,
            job_id text not null,
            parameters text not null,
            tags text not null,
            metrics text not null,
            model_id text,
            notes text not null,
            created_at bigint not null);
        create index runs_by_job on runs (job_id);
        """;

    public static void Insert(IDbConnection connection, Run run) => connection.Execute(
        """
        insert into runs (id, name, project, dataset_id, dataset_name, preset, plan, job_id, parameters, tags, metrics, notes, created_at)
        values (@Id, @Name, @Project, @DatasetId, @DatasetName, @Preset, @plan, @JobId, @parameters, @tags, @metrics, @notes, @createdAt)
        """,
        new
        {
            run.Id, run.Name, run.Project, run.DatasetId, run.DatasetName, run.Preset, run.JobId,
            plan = run.Plan.ToJsonString(), parameters = JsonText.Of(run.Parameters), tags = JsonText.Of(run.Tags),
            metrics = JsonText.Of(run.Metrics), notes = JsonText.Of(run.Notes), createdAt = run.CreatedAt.ToUnixTimeMilliseconds(),
        });

    /// <summary>Notes what the run has come to.</summary>
    public static void Finish(IDbConnection connection, string id, IReadOnlyDictionary<string, double> metrics, string? modelId, IReadOnlyList<string> notes) =>
        connection.Execute(
            "update runs set metrics = @metrics, model_id = @modelId, notes = @notes where id = @id",
            new { id, metrics = JsonText.Of(metrics), modelId, notes = JsonText.Of(notes) });

    public static Run? Find(IDbConnection connection, string id) =>
        connection.QueryFirstOrDefault<Row>("select * from runs where id = @id", new { id })?.ToRun();

    public static Run? OfJob(IDbConnection connection, string jobId) =>
        connection.QueryFirstOrDefault<Row>("select * from runs where job_id = @jobId", new { jobId })?.ToRun();

    /// <summary>The newest first.</summary>
    public static Page<Run> List(IDbConnection connection, int offset, int count, string? datasetId, IReadOnlyCollection<string>? projects)
    {
        const string Where = $"where (@datasetId is null or dataset_id = @datasetId) and {ProjectScope.Filter}";
        var filter = new { datasetId, projects = ProjectScope.Text(projects), offset, count = Math.Clamp(count, 0, Page<Run>.MostItems) };
        return new Page<Run>(
            [.. connection.Query<Row>($"select * from runs {Where} order by sequence desc limit @count offset @offset", filter).Select(row => row.ToRun())],
            connection.ExecuteScalar<int>($"select count(*) from runs {Where}", filter));
    }

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public string Project { get; set; } = string.Empty;

        public string? DatasetId { get; set; }

        public string? DatasetName { get; set; }

        public string? Preset { get; set; }

        public string Plan { get; set; } = string.Empty;

        public string JobId { get; set; } = string.Empty;

        public string Parameters { get; set; } = string.Empty;

        public string Tags { get; set; } = string.Empty;

        public string Metrics { get; set; } = string.Empty;

        public string? ModelId { get; set; }

        public string Notes { get; set; } = string.Empty;

        public long CreatedAt { get; set; }

        public Run ToRun() => new()
        {
            Id = Id,
            Name = Name,
            Project = Project,
            DatasetId = DatasetId,
            DatasetName = DatasetName,
            Preset = Preset,
            Plan = JsonText.Read<JsonObject>(Plan),
            JobId = JobId,
            Parameters = JsonText.Read<Dictionary<string, string>>(Parameters),
            Tags = JsonText.Read<Dictionary<string, string>>(Tags),
            Metrics = JsonText.Read<Dictionary<string, double>>(Metrics),
            ModelId = ModelId,
            Notes = JsonText.Read<string[]>(Notes),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        };
    }
}
