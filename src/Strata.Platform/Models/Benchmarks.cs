using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Metrics;
using Strata.Platform.Datasets;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Models;

/// <summary>Models measured on the same dataset, side by side. Each is a job; its result is filed under the job's id.</summary>
public sealed class Benchmarks
{
    private const int MostModels = 20;

    private readonly DataStore store;
    private readonly JobQueue jobs;
    private readonly ModelLibrary models;
    private readonly RunHistory runs;

    internal Benchmarks(DataStore store, JobQueue jobs, ModelLibrary models, RunHistory runs) => (this.store, this.jobs, this.models, this.runs) = (store, jobs, models, runs);

    /// <summary>Queues the measuring of models on a dataset.</summary>
    /// <param name="datasetId">Rows whose target is known.</param>
    /// <param name="named">The models, each by its id and what it is called.</param>
    /// <param name="metric">What they are ranked by; null for the usual one of their task.</param>
    /// <param name="terms">Who asks, and when its turn comes.</param>
    /// <exception cref="NotFoundException">There is no such dataset or model.</exception>
    /// <exception cref="ConflictException">The dataset is not ready.</exception>
    /// <exception cref="DataException">The models do not answer one question.</exception>
    public async Task<Job> StartAsync(string datasetId, IReadOnlyList<(string ModelId, string? Name)> named, string? metric = null, JobTerms? terms = null)
    {
        ArgumentNullException.ThrowIfNull(named);
        StoredModel[] stored = [.. named.Select(one => models.Get(one.ModelId))];
        Check(stored, metric);
        BenchmarkEntry[] entries = [.. stored.Zip(named, (model, one) => new BenchmarkEntry(model.Id, one.Name ?? $"{model.Name} version {model.Version}", model.Bytes))];
        string[] notes = [.. stored.Zip(entries).Where(pair => HasLearnedFrom(pair.First, datasetId)).Select(pair => $"{pair.Second.Name} was trained on rows of this dataset: its figures here are better than they will be in use.")];
        string id = await store.Database.WriteAsync(connection =>
        {
            Dataset dataset = DatasetLibrary.Get(connection, datasetId);
            dataset.ThrowIfNotReady();
            var inputs = new Dictionary<string, string>(StringComparer.Ordinal) { ["table"] = dataset.FrameBlob! };
            foreach ((int place, StoredModel model) in stored.Index())
            {
                inputs[BenchmarkModels.InputOf(place)] = model.Hash;
            }

            return jobs.Enqueue(connection, new JobRequest(BenchmarkModels.KindName, new JsonObject
            {
                ["dataset_id"] = dataset.Id,
                ["dataset_name"] = dataset.Name,
                ["metric"] = metric,
                ["models"] = JsonText.NodeOf(entries),
                ["notes"] = JsonText.NodeOf(notes),
            })
            {
                Inputs = inputs,
                Uses = [Uses.OfDataset(dataset.Id), .. stored.Select(model => Uses.OfModel(model.Id))],
                Project = dataset.Project,
                Terms = terms ?? new JobTerms(),
            });
        }).ConfigureAwait(false);
        return jobs.Get(id);
    }

    /// <exception cref="NotFoundException">There is no such benchmark.</exception>
    public Job Get(string id) => jobs.Get(id) is { Kind: BenchmarkModels.KindName } job ? job : throw NotFoundException.Of("benchmark", id);

    /// <summary>The newest first, of the given projects or of all.</summary>
    public Page<Job> List(int offset = 0, int count = 100, IReadOnlyCollection<string>? projects = null) => jobs.List(offset, count, BenchmarkModels.KindName, projects: projects);

    /// <exception cref="ConflictException">It has no result, or none yet.</exception>
    public BenchmarkOutcome Result(string id)
    {
        Job job = Get(id);
        if (job.Status != JobStatus.Completed)
        {
            throw new ConflictException($"The benchmark {id} {(job.Status.IsEnded() ? $"ended without a result{(job.Error is null ? "." : $": {job.Error}")}" : "has no result yet; it is still at work.")}");
        }

        using Stream stored = runs.OpenArtifact(job.Owner, BenchmarkModels.ResultFileName);
        using var memory = new MemoryStream();
        stored.CopyTo(memory);
        return JsonText.Read<BenchmarkOutcome>(memory.ToArray());
    }

    private bool HasLearnedFrom(StoredModel model, string datasetId) => model.RunId is string run && runs.ProjectOf(run) is not null && runs.Get(run).DatasetId == datasetId;

    private static void Check(StoredModel[] stored, string? metric)
    {
        var problems = new List<string>();
        if (stored.Length is 0 or > MostModels)
        {
            problems.Add($"There are {stored.Length} models; expected 1 to {MostModels}.");
        }

        problems.AddRange(stored.CountBy(model => model.Id).Where(count => count.Value > 1).Select(count => $"Model '{count.Key}' is named {count.Value} times; expected once."));
        problems.AddRange(stored.Where(model => !model.Task.HasTarget()).Select(model => $"Model '{model.Name}' predicts no target, so that nothing tells how good it is."));
        problems.AddRange(stored.Skip(1).Where(model => model.Task != stored[0].Task || model.Target != stored[0].Target || !model.Classes.Order().SequenceEqual(stored[0].Classes.Order()))
            .Select(model => $"Model '{model.Name}' version {model.Version} answers another question ({model.Task} of '{model.Target}') than the first one ({stored[0].Task} of '{stored[0].Target}')."));
        DataException.ThrowIfAny(problems);
        if (metric is not null)
        {
            _ = Metric.Named(metric, stored[0].Task);
        }
    }
}
