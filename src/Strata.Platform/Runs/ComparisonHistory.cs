using System.Data;
using System.Text.Json.Nodes;
using Strata.Platform.Datasets;
using Strata.Platform.Storage;

namespace Strata.Platform.Runs;

/// <summary>All comparisons of algorithms.</summary>
public sealed class ComparisonHistory
{
    /// <summary>The job kind that carries out a comparison.</summary>
    public const string CompareKind = "compare";

    private readonly DataStore store;
    private readonly EnqueueJob enqueue;
    private readonly TimeProvider clock;

    internal ComparisonHistory(DataStore store, EnqueueJob enqueue, TimeProvider clock) =>
        (this.store, this.enqueue, this.clock) = (store, enqueue, clock);

    /// <summary>Records a comparison and queues its job.</summary>
    /// <exception cref="NotFoundException">There is no such dataset.</exception>
    /// <exception cref="ConflictException">The dataset is not ready, or a derived one cannot be learned from so.</exception>
    public async Task<Comparison> StartAsync(ComparisonRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string id = NewId.Next();
        await store.Database.WriteAsync(connection =>
        {
            Dataset dataset = DatasetLibrary.Get(connection, request.DatasetId);
            dataset.ThrowIfNotReady();
            TrainingSource source = TrainingSource.Of(connection, dataset, request.AsIs, request.Preset);
            var plan = (JsonObject)request.Plan.DeepClone();
            plan["plan"] = source.Into((JsonObject)plan["plan"]!);
            var payload = new JsonObject { ["comparison_id"] = id, ["name"] = NameOf(request), ["dataset_name"] = dataset.Name, ["plan"] = plan.DeepClone(), ["preset"] = request.Preset };
            source.Tell(payload, [], []);
            if (request.AsIs)
            {
                payload["as_is"] = true;
            }

            string jobId = enqueue(connection, new JobRequest(CompareKind, payload)
            {
                Inputs = source.Inputs,
                Uses = source.Uses,
                Owner = id,
                Project = dataset.Project,
                Terms = request.Terms,
            });
            ComparisonTable.Insert(connection, new Comparison
            {
                Id = id,
                Name = NameOf(request),
                Project = dataset.Project,
                DatasetId = dataset.Id,
                DatasetName = dataset.Name,
                Preset = request.Preset,
                Plan = plan,
                JobId = jobId,
                CreatedAt = clock.GetUtcNow(),
            });
        }).ConfigureAwait(false);
        return Get(id);
    }

    /// <exception cref="NotFoundException">There is no such comparison.</exception>
    public Comparison Get(string id) => store.Database.Read(connection => ComparisonTable.Find(connection, id)) ?? throw NotFoundException.Of("comparison", id);

    /// <summary>The newest first, of the given projects or of all.</summary>
    public Page<Comparison> List(int offset = 0, int count = 100, IReadOnlyCollection<string>? projects = null) =>
        store.Database.Read(connection => ComparisonTable.List(connection, offset, count, projects));

    /// <summary>Notes what the comparison has come to.</summary>
    internal static void Finish(IDbConnection connection, string id, string? best) => ComparisonTable.Finish(connection, id, best);

    private static string NameOf(ComparisonRequest request) => request.Name is { Length: > 0 } name
        ? name
        : $"Algorithms for {request.Plan["plan"]?["target"]?.GetValue<string>() ?? "a table"}";
}
