using System.Data;
using System.Text.Json.Nodes;
using Dapper;
using Strata.Platform.Runs.Filters;
using Strata.Platform.Storage;

namespace Strata.Platform.Runs;

/// <summary>The rows of runs, with their parameters and tags.</summary>
internal static class RunTable
{
    /// <summary>How many ids one statement takes.</summary>
    public const int MostPerStatement = 500;

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

    /// <summary>Runs belong to experiments and need no job; what can be searched for has columns or rows of its own.</summary>
    public const string Rework = """
        alter table runs add column experiment_id text not null default '0';
        alter table runs add column status text not null default 'scheduled';
        alter table runs add column user_id text not null default '';
        alter table runs add column artifact_location text not null default '';
        alter table runs add column started_at bigint not null default 0;
        alter table runs add column ended_at bigint;
        alter table runs add column deleted_at bigint;
        drop index runs_by_job;
        alter table runs rename column plan to old_plan;
        alter table runs rename column job_id to old_job_id;
        alter table runs add column plan text;
        alter table runs add column job_id text;
        update runs set plan = old_plan, job_id = old_job_id, artifact_location = 'mlflow-artifacts:/0/' || id || '/artifacts',
            status = coalesce((select case jobs.status when 'completed' then 'finished' when 'failed' then 'failed' when 'cancelled' then 'killed' when 'running' then 'running' else 'scheduled' end
                from jobs where jobs.id = runs.old_job_id), 'killed'),
            started_at = coalesce((select jobs.started_at from jobs where jobs.id = runs.old_job_id), created_at),
            ended_at = (select jobs.ended_at from jobs where jobs.id = runs.old_job_id);
        alter table runs drop column old_plan;
        alter table runs drop column old_job_id;
        create index runs_by_job on runs (job_id);
        create index runs_by_start on runs (experiment_id, started_at desc, id);
        create table run_parameters (
            run_id text not null,
            name text not null,
            value text not null,
            primary key (run_id, name)) without rowid;
        create table run_tags (
            run_id text not null,
            name text not null,
            value text not null,
            primary key (run_id, name)) without rowid;
        """;

    private static readonly FilteredSearch Searching = new()
    {
        Table = "runs",
        Id = "runs.id",
        Usual = [("runs.started_at", true)],
        Fields = RunFields.Find,
    };

    /// <summary>Moves what the first schema kept as JSON into rows that can be searched.</summary>
    public static void TakeOver(IDbConnection connection)
    {
        foreach ((string id, string name, string parameters, string tags, string metrics, long startedAt, long? endedAt) in connection.Query<(string, string, string, string, string, long, long?)>(
            "select id, name, parameters, tags, metrics, started_at, ended_at from runs order by sequence").AsList())
        {
            SetParameters(connection, id, JsonText.Read<Dictionary<string, string>>(parameters));
            SetTags(connection, id, JsonText.Read<Dictionary<string, string>>(tags).Append(KeyValuePair.Create(Run.NameTag, name)));
            MetricPoints.StoreResults(connection, id, JsonText.Read<Dictionary<string, double>>(metrics), endedAt ?? startedAt);
        }

        foreach (string column in (string[])["parameters", "tags", "metrics"])
        {
            connection.Execute($"alter table runs drop column {column}");
        }
    }

    public static void Insert(IDbConnection connection, Run run)
    {
        connection.Execute(
            """
            insert into runs (id, name, project, experiment_id, status, user_id, artifact_location, dataset_id, dataset_name, preset, plan, job_id, notes, created_at, started_at, ended_at)
            values (@Id, @Name, @Project, @ExperimentId, @status, @UserId, @ArtifactLocation, @DatasetId, @DatasetName, @Preset, @plan, @JobId, @notes, @createdAt, @startedAt, @endedAt)
            """,
            new
            {
                run.Id, run.Name, run.Project, run.ExperimentId, run.UserId, run.ArtifactLocation, run.DatasetId, run.DatasetName, run.Preset, run.JobId,
                status = JsonText.NameOf(run.Status), plan = run.Plan?.ToJsonString(), notes = JsonText.Of(run.Notes), createdAt = run.CreatedAt.ToUnixTimeMilliseconds(),
                startedAt = run.StartedAt.ToUnixTimeMilliseconds(), endedAt = run.EndedAt?.ToUnixTimeMilliseconds(),
            });
        SetParameters(connection, run.Id, run.Parameters);
        SetTags(connection, run.Id, run.Tags.Where(tag => tag.Key != Run.NameTag).Append(KeyValuePair.Create(Run.NameTag, run.Name)));
        InputTable.Add(connection, run.ExperimentId, run.Id, run.Inputs);
    }

    /// <summary>Notes what the run has come to.</summary>
    public static void Finish(IDbConnection connection, string id, string? modelId, IReadOnlyList<string> notes) =>
        connection.Execute("update runs set model_id = @modelId, notes = @notes where id = @id", new { id, modelId, notes = JsonText.Of(notes) });

    /// <summary>A run's state follows that of its job.</summary>
    public static void Follow(IDbConnection connection, string jobId, RunStatus status, DateTimeOffset? startedAt, DateTimeOffset? endedAt) => connection.Execute(
        "update runs set status = @status, started_at = coalesce(@startedAt, started_at), ended_at = @endedAt where job_id = @jobId",
        new { jobId, status = JsonText.NameOf(status), startedAt = startedAt?.ToUnixTimeMilliseconds(), endedAt = endedAt?.ToUnixTimeMilliseconds() });

    public static void Update(IDbConnection connection, string id, RunStatus status, DateTimeOffset? endedAt, string name)
    {
        connection.Execute(
            "update runs set status = @status, ended_at = @endedAt, name = @name where id = @id", new { id, status = JsonText.NameOf(status), endedAt = endedAt?.ToUnixTimeMilliseconds(), name });
        SetTags(connection, id, [KeyValuePair.Create(Run.NameTag, name)]);
    }

    public static void SetParameters(IDbConnection connection, string id, IEnumerable<KeyValuePair<string, string>> parameters) =>
        connection.Execute("insert into run_parameters (run_id, name, value) values (@id, @Key, @Value)", parameters.Select(parameter => new { id, parameter.Key, parameter.Value }));

    public static void SetTags(IDbConnection connection, string id, IEnumerable<KeyValuePair<string, string>> tags) => connection.Execute(
        "insert into run_tags (run_id, name, value) values (@id, @Key, @Value) on conflict (run_id, name) do update set value = excluded.value",
        tags.Select(tag => new { id, tag.Key, tag.Value }));

    public static bool DeleteTag(IDbConnection connection, string id, string name) => connection.Execute("delete from run_tags where run_id = @id and name = @name", new { id, name }) == 1;

    public static void MarkDeleted(IDbConnection connection, string id, DateTimeOffset? at) =>
        connection.Execute("update runs set deleted_at = @at where id = @id", new { id, at = at?.ToUnixTimeMilliseconds() });

    /// <summary>Deletes the runs of an experiment with it.</summary>
    public static void DeleteOf(IDbConnection connection, string experimentId, DateTimeOffset at) =>
        connection.Execute("update runs set deleted_at = @at where experiment_id = @experimentId and deleted_at is null", new { experimentId, at = at.ToUnixTimeMilliseconds() });

    /// <summary>Restores the runs that were deleted with their experiment; those deleted before stay so.</summary>
    public static void RestoreOf(IDbConnection connection, string experimentId, DateTimeOffset at) =>
        connection.Execute("update runs set deleted_at = null where experiment_id = @experimentId and deleted_at = @at", new { experimentId, at = at.ToUnixTimeMilliseconds() });

    /// <summary>Deleted runs whose time is over, except those whose job still lives; all of an experiment where one is named.</summary>
    public static IReadOnlyList<string> DeletedBefore(IDbConnection connection, DateTimeOffset time, int most) => connection.Query<string>(
        "select id from runs where deleted_at < @time and (job_id is null or status in ('finished', 'failed', 'killed')) order by deleted_at limit @most",
        new { time = time.ToUnixTimeMilliseconds(), most }).AsList();

    /// <summary>Removes a run with all its rows; returns the hashes of its artifacts.</summary>
    public static IReadOnlyList<string> Purge(IDbConnection connection, string id)
    {
        IReadOnlyList<string> hashes = [.. Artifact.Read(connection, id).Select(artifact => artifact.Hash), .. LoggedModelTable.OfRun(connection, id).SelectMany(model => LoggedModelTable.Delete(connection, model))];
        MetricPoints.Delete(connection, id);
        InputTable.Delete(connection, id);
        connection.Execute("delete from run_outputs where run_id = @id", new { id });
        connection.Execute("delete from run_parameters where run_id = @id", new { id });
        connection.Execute("delete from run_tags where run_id = @id", new { id });
        connection.Execute("delete from artifacts where owner = @id", new { id });
        connection.Execute("delete from runs where id = @id", new { id });
        return hashes;
    }

    public static Run? Find(IDbConnection connection, string id) => Load(connection, [id]) is [var found] ? found : null;

    public static Run Get(IDbConnection connection, string id) => Find(connection, id) ?? throw NotFoundException.Of("run", id);

    /// <summary>What writes look at: the run without its parameters, tags, metrics and inputs.</summary>
    public static Run GetHead(IDbConnection connection, string id) =>
        connection.QueryFirstOrDefault<Row>("select * from runs where id = @id", new { id })?.ToRun() ?? throw NotFoundException.Of("run", id);

    public static string? ProjectOf(IDbConnection connection, string id) => connection.ExecuteScalar<string?>("select project from runs where id = @id", new { id });

    public static Run? OfJob(IDbConnection connection, string jobId) =>
        connection.ExecuteScalar<string?>("select id from runs where job_id = @jobId", new { jobId }) is string id ? Find(connection, id) : null;

    /// <summary>The newest first, without deleted ones, of the given projects, experiment and statuses or of all.</summary>
    public static Page<Run> List(
        IDbConnection connection, int offset, int count, string? datasetId, IReadOnlyCollection<string>? projects, string? experimentId, IReadOnlyCollection<RunStatus>? statuses)
    {
        string where = $"where deleted_at is null and (@datasetId is null or dataset_id = @datasetId) and (@experimentId is null or experiment_id = @experimentId) and {ProjectScope.Filter}"
            + (statuses is null ? string.Empty : " and status in @names");
        var filter = new { datasetId, experimentId, names = statuses?.Select(JsonText.NameOf).ToArray(), projects = ProjectScope.Text(projects), offset, count = Math.Clamp(count, 0, Page<Run>.MostItems) };
        return new Page<Run>(
            Load(connection, connection.Query<string>($"select id from runs {where} order by sequence desc limit @count offset @offset", filter).AsList()),
            connection.ExecuteScalar<int>($"select count(*) from runs {where}", filter));
    }

    /// <summary>What goes on in experiments: of each that has runs.</summary>
    public static IReadOnlyDictionary<string, ExperimentActivity> Activity(IDbConnection connection, IReadOnlyCollection<string> experimentIds) => connection
        .Query<(string Id, int Runs, int Running, long Last)>(
            """
            select experiment_id, count(*), sum(case when status in ('scheduled', 'running') then 1 else 0 end), max(coalesce(ended_at, started_at))
            from runs where experiment_id in @experimentIds and deleted_at is null group by experiment_id
            """,
            new { experimentIds })
        .ToDictionary(row => row.Id, row => new ExperimentActivity(row.Runs, row.Running, DateTimeOffset.FromUnixTimeMilliseconds(row.Last)), StringComparer.Ordinal);

    public static SearchPage<Run> Search(IDbConnection connection, IReadOnlyList<string> experimentIds, SearchRequest asked)
    {
        FoundPage found = Searching.Find(
            connection,
            parameters => $"runs.experiment_id in ({string.Join(", ", experimentIds.Select(parameters.Add))}) and {Lifecycle.Sql("runs", asked.View)}",
            asked with { Scope = $"{asked.View} {string.Join(' ', experimentIds)}" });
        return new SearchPage<Run>(Load(connection, found.Ids), found.NextToken);
    }

    /// <summary>The runs with these ids, in the same order, with all that is filed of them.</summary>
    public static IReadOnlyList<Run> Load(IDbConnection connection, IReadOnlyList<string> ids)
    {
        var found = new Dictionary<string, Run>(StringComparer.Ordinal);
        foreach (string[] some in ids.Chunk(MostPerStatement))
        {
            ILookup<string, KeyValuePair<string, string>> parameters = Pairs(connection, "run_parameters", some), tags = Pairs(connection, "run_tags", some);
            ILookup<string, LatestMetric> metrics = MetricPoints.Latest(connection, some);
            ILookup<string, DatasetInput> inputs = InputTable.Read(connection, some);
            ILookup<string, ModelOutput> outputs = LoggedModelTable.Outputs(connection, some);
            foreach (Row row in connection.Query<Row>("select * from runs where id in @some", new { some }))
            {
                found[row.Id] = row.ToRun() with
                {
                    Parameters = parameters[row.Id].ToDictionary(StringComparer.Ordinal),
                    Tags = tags[row.Id].ToDictionary(StringComparer.Ordinal),
                    LatestMetrics = [.. metrics[row.Id]],
                    Inputs = [.. inputs[row.Id]],
                    Outputs = [.. outputs[row.Id]],
                };
            }
        }

        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    private static ILookup<string, KeyValuePair<string, string>> Pairs(IDbConnection connection, string table, string[] ids) => connection
        .Query<(string RunId, string Name, string Value)>($"select run_id, name, value from {table} where run_id in @ids order by run_id, name", new { ids })
        .ToLookup(row => row.RunId, row => KeyValuePair.Create(row.Name, row.Value));

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public string Project { get; set; } = string.Empty;

        public string ExperimentId { get; set; } = string.Empty;

        public string Status { get; set; } = string.Empty;

        public string UserId { get; set; } = string.Empty;

        public string ArtifactLocation { get; set; } = string.Empty;

        public string? DatasetId { get; set; }

        public string? DatasetName { get; set; }

        public string? Preset { get; set; }

        public string? Plan { get; set; }

        public string? JobId { get; set; }

        public string? ModelId { get; set; }

        public string Notes { get; set; } = string.Empty;

        public long CreatedAt { get; set; }

        public long StartedAt { get; set; }

        public long? EndedAt { get; set; }

        public long? DeletedAt { get; set; }

        public Run ToRun() => new()
        {
            Id = Id,
            Name = Name,
            Project = Project,
            ExperimentId = ExperimentId,
            Status = JsonText.EnumOf<RunStatus>(Status),
            UserId = UserId,
            ArtifactLocation = ArtifactLocation,
            DatasetId = DatasetId,
            DatasetName = DatasetName,
            Preset = Preset,
            Plan = JsonText.ReadOrNull<JsonObject>(Plan),
            JobId = JobId,
            ModelId = ModelId,
            Notes = JsonText.Read<string[]>(Notes),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(StartedAt),
            EndedAt = Time(EndedAt),
            DeletedAt = Time(DeletedAt),
        };

        private static DateTimeOffset? Time(long? milliseconds) => milliseconds is long value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
