using System.Data;
using System.Text.Json.Nodes;
using Strata.Platform.Datasets;
using Strata.Platform.Storage;

namespace Strata.Platform.Runs;

/// <summary>All runs, their metric series and artifacts.</summary>
public sealed class RunHistory
{
    /// <summary>The job kind that carries out a run.</summary>
    public const string TrainKind = "train";

    /// <summary>The job kind that carries out a run whose hyperparameters are searched first.</summary>
    public const string TuneKind = "tune";

    /// <summary>The job kind that carries out a run of the algorithm of this name, which tries many others.</summary>
    public const string AutomlKind = "automl";

    /// <summary>The job kind that combines stored models; its plan has the way of combining in the algorithm's place.</summary>
    public const string EnsembleKind = "ensemble";

    /// <summary>The job kind that teaches a small model to answer as a stored one does.</summary>
    public const string DistilKind = "distil";

    private const int PurgedAtOnce = 100;

    private readonly DataStore store;
    private readonly EnqueueJob enqueue;
    private readonly TimeProvider clock;

    internal RunHistory(DataStore store, EnqueueJob enqueue, TimeProvider clock) =>
        (this.store, this.enqueue, this.clock) = (store, enqueue, clock);

    /// <summary>Records a run and queues its job.</summary>
    /// <exception cref="NotFoundException">There is no such dataset.</exception>
    /// <exception cref="ConflictException">The dataset is not ready, or a derived one cannot be learned from so.</exception>
    public async Task<Run> StartAsync(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string id = NewId.Next();
        await store.Database.WriteAsync(connection =>
        {
            Dataset dataset = DatasetLibrary.Get(connection, request.DatasetId);
            dataset.ThrowIfNotReady();
            TrainingSource source = TrainingSource.Of(connection, dataset, request.AsIs, request.Preset);
            source = ModelsOf(request).Any() ? source.ForFittedModels() : source;
            RunRequest asked = request with { Plan = source.Into(request.Plan) };
            JsonObject payload = PayloadOf(id, asked);
            payload["dataset_name"] = dataset.Name;
            source.Tell(payload, request.Notes, request.Leaks);
            string jobId = enqueue(connection, new JobRequest(KindOf(request), payload)
            {
                Inputs = InputsOf(request, source),
                Uses = [.. source.Uses, .. request.Start?.ModelId is string model ? [Uses.OfModel(model)] : Array.Empty<string>(), .. ModelsOf(request).Select(member => Uses.OfModel(member.ModelId))],
                Owner = id,
                Project = dataset.Project,
                TimeLimit = request.TimeLimit,
                Terms = request.Terms,
            });
            DateTimeOffset now = clock.GetUtcNow();
            Experiment experiment = ExperimentTable.DefaultOf(connection, dataset.Project, now);
            RunTable.Insert(connection, new Run
            {
                Id = id,
                Name = NameOf(request),
                Project = dataset.Project,
                ExperimentId = experiment.Id,
                ArtifactLocation = ArtifactAddress.OfRun(experiment.ArtifactLocation, id),
                DatasetId = dataset.Id,
                DatasetName = dataset.Name,
                Preset = request.Preset,
                Plan = (JsonObject)asked.Plan.DeepClone(),
                JobId = jobId,
                Parameters = ParametersOf(request.Plan),
                Tags = request.Tags,
                Inputs = [InputOf(dataset)],
                CreatedAt = now,
                StartedAt = now,
            });
        }).ConfigureAwait(false);
        return Get(id);
    }

    /// <exception cref="NotFoundException">There is no such run.</exception>
    public Run Get(string id) => store.Database.Read(connection => RunTable.Get(connection, id));

    public Run? Find(string id) => store.Database.Read(connection => RunTable.Find(connection, id));

    /// <summary>The project of a run; null when there is no such run.</summary>
    public string? ProjectOf(string id) => store.Database.Read(connection => RunTable.ProjectOf(connection, id));

    /// <summary>The run of a job, or null.</summary>
    public Run? OfJob(string jobId) => store.Database.Read(connection => RunTable.OfJob(connection, jobId));

    /// <summary>The newest first, of the given projects, experiment and statuses or of all.</summary>
    public Page<Run> List(
        int offset = 0, int count = 100, string? datasetId = null, IReadOnlyCollection<string>? projects = null, string? experimentId = null, IReadOnlyCollection<RunStatus>? statuses = null) =>
        store.Database.Read(connection => RunTable.List(connection, offset, count, datasetId, projects, experimentId, statuses));

    /// <summary>
    /// The runs of some experiments that fit a filter over <c>metrics</c>, <c>params</c>, <c>tags</c>, <c>datasets</c> and attributes such as <c>run_name</c>; the newest first
    /// unless told otherwise.
    /// </summary>
    /// <exception cref="Learning.Data.DataException">The filter, an order or the token is wrong.</exception>
    public SearchPage<Run> Search(IReadOnlyList<string> experimentIds, SearchRequest asked)
    {
        ArgumentNullException.ThrowIfNull(experimentIds);
        ArgumentNullException.ThrowIfNull(asked);
        return experimentIds.Count == 0 ? new SearchPage<Run>([], null) : store.Database.Read(connection => RunTable.Search(connection, experimentIds, asked));
    }

    /// <summary>The points of a metric by step, page by page.</summary>
    /// <exception cref="Learning.Data.DataException">The token is not one of this metric.</exception>
    public SearchPage<MetricPoint> MetricHistory(string id, string name, int count, string? pageToken = null) =>
        store.Database.Read(connection => MetricPoints.History(connection, id, name, count, pageToken));

    /// <summary>The datasets that runs of some experiments name.</summary>
    public IReadOnlyList<DatasetSummary> InputsOf(IReadOnlyList<string> experimentIds) => store.Database.Read(connection => InputTable.Summaries(connection, experimentIds));

    /// <summary>Removes for good what was deleted before a time: runs with all that is filed of them, and experiments that are empty then. Returns how many runs went.</summary>
    public async Task<int> PurgeAsync(DateTimeOffset deletedBefore)
    {
        int count = 0;
        while (store.Database.Read(connection => RunTable.DeletedBefore(connection, deletedBefore, PurgedAtOnce)) is { Count: > 0 } ids)
        {
            string[] hashes = await store.Database.WriteAsync(connection => ids.SelectMany(id => RunTable.Purge(connection, id)).ToArray()).ConfigureAwait(false);
            await store.SweepAsync(hashes).ConfigureAwait(false);
            count += ids.Count;
        }

        await store.Database.WriteAsync(connection => ExperimentTable.PurgeEmpty(connection, deletedBefore)).ConfigureAwait(false);
        return count;
    }

    /// <summary>The metric series of a run, or of a job without a run, thinned to about so many points each, and to fewer where there are many series.</summary>
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
    public void Finish(IDbConnection connection, string id, IReadOnlyDictionary<string, double> metrics, string? modelId, IReadOnlyList<string> notes)
    {
        MetricPoints.StoreResults(connection, id, metrics, clock.GetUtcNow().ToUnixTimeMilliseconds());
        RunTable.Finish(connection, id, modelId, notes);
    }

    private static DatasetInput InputOf(Dataset dataset) => new(
        dataset.Name,
        dataset.ContentHash[..Math.Min(dataset.ContentHash.Length, 32)],
        "strata",
        new JsonObject { ["dataset_id"] = dataset.Id, ["version"] = dataset.Version }.ToJsonString(),
        null,
        null,
        new Dictionary<string, string> { [DatasetInput.ContextTag] = "training" });

    /// <summary>The stored models that the run works with.</summary>
    private static IReadOnlyList<EnsembleMember> ModelsOf(RunRequest request) => request.Teacher is EnsembleMember teacher ? [teacher] : request.Members;

    private static string KindOf(RunRequest request) => request.Members.Count > 0 ? EnsembleKind : request.Teacher is not null ? DistilKind : Text(request.Plan["algorithm"]) == AutomlKind ? AutomlKind : request.Tuning is not null ? TuneKind : TrainKind;

    private static Dictionary<string, string> InputsOf(RunRequest request, TrainingSource source)
    {
        Dictionary<string, string> inputs = source.Inputs.ToDictionary();
        if (request.Start is StartWeights start)
        {
            inputs[StartWeights.Input] = start.Hash;
        }

        if (request.Study is string study)
        {
            inputs[RunRequest.StudyInput] = study;
        }

        EnsembleMember.AddInputs(inputs, ModelsOf(request));
        return inputs;
    }

    private static JsonObject PayloadOf(string id, RunRequest request)
    {
        var payload = new JsonObject { ["run_id"] = id, ["name"] = NameOf(request), ["plan"] = request.Plan.DeepClone(), ["preset"] = request.Preset };
        if (request.Tuning is not null)
        {
            payload["tuning"] = request.Tuning.DeepClone();
        }

        if (request.AsIs)
        {
            payload["as_is"] = true;
        }

        if (request.Folds is int folds)
        {
            payload["folds"] = folds;
        }

        if (request.Start is not null)
        {
            payload[StartWeights.Input] = JsonText.NodeOf(request.Start);
        }

        if (request.Members.Count > 0)
        {
            payload[EnsembleMember.Payload] = JsonText.NodeOf(request.Members);
        }

        if (request.Teacher is not null)
        {
            payload[EnsembleMember.TeacherPayload] = JsonText.NodeOf(request.Teacher);
        }

        return payload;
    }

    private static string NameOf(RunRequest request) => request.Name is { Length: > 0 } name
        ? name
        : $"{(request.Tuning is null ? string.Empty : "tuned ")}{Text(request.Plan["algorithm"]) ?? "training"} for {Text(request.Plan["target"]) ?? "a table"}";

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
}
