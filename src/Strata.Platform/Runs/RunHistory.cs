using System.Data;
using System.Text.Json.Nodes;
using Dapper;
using Strata.Platform.Datasets;
using Strata.Platform.Storage;

namespace Strata.Platform.Runs;

/// <summary>What is asked for when a training is started.</summary>
public sealed record RunRequest(string DatasetId, JsonObject Plan)
{
    /// <summary>Null for a name made from the plan's algorithm and target.</summary>
    public string? Name { get; init; }

    public string? Preset { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Further blobs that the job's kind reads.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>The job kind that does the training.</summary>
    public string Kind { get; init; } = "train";

    public TimeSpan? TimeLimit { get; init; }
}

/// <summary>All runs, their metric series and artifacts.</summary>
public sealed class RunHistory
{
    internal const string Create = """
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
        """;

    private readonly DataStore store;
    private readonly EnqueueJob enqueue;
    private readonly TimeProvider clock;

    internal RunHistory(DataStore store, EnqueueJob enqueue, TimeProvider clock) =>
        (this.store, this.enqueue, this.clock) = (store, enqueue, clock);

    /// <summary>Records a run and queues its job.</summary>
    /// <exception cref="NotFoundException">There is no such dataset.</exception>
    /// <exception cref="ConflictException">The dataset is not ready.</exception>
    public async Task<Run> StartAsync(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string id = NewId.Next();
        await store.Database.WriteAsync(connection =>
        {
            Dataset dataset = DatasetLibrary.Get(connection, request.DatasetId);
            dataset.ThrowIfNotReady();
            string jobId = enqueue(connection, new JobRequest(request.Kind, new JsonObject { ["run_id"] = id, ["name"] = NameOf(request), ["plan"] = request.Plan.DeepClone(), ["preset"] = request.Preset })
            {
                Inputs = new Dictionary<string, string>(request.Inputs) { ["table"] = dataset.FrameBlob! },
                Uses = [Uses.OfDataset(dataset.Id)],
                Owner = id,
                TimeLimit = request.TimeLimit,
            });
            Insert(connection, new Run
            {
                Id = id,
                Name = NameOf(request),
                DatasetId = dataset.Id,
                DatasetName = dataset.Name,
                Preset = request.Preset,
                Plan = (JsonObject)request.Plan.DeepClone(),
                JobId = jobId,
                Parameters = ParametersOf(request.Plan),
                Tags = request.Tags,
                CreatedAt = clock.GetUtcNow(),
            });
        }).ConfigureAwait(false);
        return Get(id);
    }

    /// <exception cref="NotFoundException">There is no such run.</exception>
    public Run Get(string id) => store.Database.Read(connection => Get(connection, id));

    /// <summary>The run of a job, or null.</summary>
    public Run? OfJob(string jobId) => store.Database.Read(connection =>
        connection.QueryFirstOrDefault<Row>("select * from runs where job_id = @jobId", new { jobId })?.ToRun());

    /// <summary>The newest first.</summary>
    public Page<Run> List(int offset = 0, int count = 100, string? datasetId = null) => store.Database.Read(connection => new Page<Run>(
        [.. connection.Query<Row>(
            "select * from runs where @datasetId is null or dataset_id = @datasetId order by sequence desc limit @count offset @offset",
            new { datasetId, offset, count = Math.Clamp(count, 0, Page<Run>.MostItems) }).Select(row => row.ToRun())],
        connection.ExecuteScalar<int>("select count(*) from runs where @datasetId is null or dataset_id = @datasetId", new { datasetId })));

    /// <summary>The metric series of a run, or of a job without a run, thinned to about so many points each.</summary>
    public IReadOnlyList<MetricSeries> Series(string ownerId, int mostPoints = 1000) =>
        store.Database.Read(connection => MetricSeries.Read(connection, ownerId, mostPoints));

    /// <summary>The artifacts of a run, or of a job without a run.</summary>
    public IReadOnlyList<Artifact> Artifacts(string ownerId) => store.Database.Read(connection => Artifact.Read(connection, ownerId));

    /// <exception cref="NotFoundException">There is no such artifact.</exception>
    public Stream OpenArtifact(string ownerId, string name)
    {
        Artifact artifact = Artifacts(ownerId).FirstOrDefault(artifact => artifact.Name == name)
            ?? throw new NotFoundException($"'{ownerId}' has no artifact '{name}'.");
        return store.Blobs.Open(artifact.Hash);
    }

    /// <summary>Some of the rows that a run was tested on, in the dataset's order or the worst predicted first.</summary>
    /// <exception cref="NotFoundException">The run has left none (yet).</exception>
    public TestedRowPage TestedRows(string runId, int offset = 0, int count = 50, bool worstFirst = false)
    {
        using Stream file = OpenArtifact(runId, worstFirst ? TestedRowFiles.WorstFileName : TestedRowFiles.FileName);
        return TestedRowFiles.Read(file, offset, Math.Clamp(count, 0, Page<TestedRow>.MostItems));
    }

    /// <summary>Notes what the run has come to.</summary>
    public static void Finish(IDbConnection connection, string id, IReadOnlyDictionary<string, double> metrics, string? modelId, IReadOnlyList<string> notes) =>
        connection.Execute(
            "update runs set metrics = @metrics, model_id = @modelId, notes = @notes where id = @id",
            new { id, metrics = JsonText.Of(metrics), modelId, notes = JsonText.Of(notes) });

    internal static Run Get(IDbConnection connection, string id) =>
        connection.QueryFirstOrDefault<Row>("select * from runs where id = @id", new { id })?.ToRun() ?? throw NotFoundException.Of("run", id);

    private static void Insert(IDbConnection connection, Run run) => connection.Execute(
        """
        insert into runs (id, name, dataset_id, dataset_name, preset, plan, job_id, parameters, tags, metrics, notes, created_at)
        values (@Id, @Name, @DatasetId, @DatasetName, @Preset, @plan, @JobId, @parameters, @tags, @metrics, @notes, @createdAt)
        """,
        new
        {
            run.Id, run.Name, run.DatasetId, run.DatasetName, run.Preset, run.JobId,
            plan = run.Plan.ToJsonString(), parameters = JsonText.Of(run.Parameters), tags = JsonText.Of(run.Tags),
            metrics = JsonText.Of(run.Metrics), notes = JsonText.Of(run.Notes), createdAt = run.CreatedAt.ToUnixTimeMilliseconds(),
        });

    private static string NameOf(RunRequest request) => request.Name is { Length: > 0 } name
        ? name
        : $"{Text(request.Plan["algorithm"]) ?? "training"} for {Text(request.Plan["target"]) ?? "a table"}";

    private static Dictionary<string, string> ParametersOf(JsonObject plan)
    {
        var parameters = new Dictionary<string, string>();
        foreach ((string name, JsonNode? value) in plan["hyperparameters"] as JsonObject ?? [])
        {
            parameters[name] = Text(value) ?? string.Empty;
        }

        return parameters;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString();

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

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
