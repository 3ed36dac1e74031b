using Strata.Learning.Data;
using Strata.Platform.Storage;

namespace Strata.Platform.Runs;

/// <summary>All logged models.</summary>
public sealed class LoggedModelShelf
{
    private readonly DataStore store;
    private readonly TimeProvider clock;

    internal LoggedModelShelf(DataStore store, TimeProvider clock) => (this.store, this.clock) = (store, clock);

    /// <summary>Makes room for a model whose files follow.</summary>
    /// <exception cref="NotFoundException">There is no such experiment or run.</exception>
    public async Task<LoggedModel> CreateAsync(NewLoggedModel asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        string name = string.IsNullOrEmpty(asked.Name) ? RunNames.Next() : asked.Name;
        LoggedText.Throw(problems =>
        {
            LoggedText.CheckName(name, "the model", problems);
            LoggedText.CheckValue(asked.ModelType ?? string.Empty, LoggedText.MostName, "The model's type", problems);
            LoggedText.CheckTags(asked.Tags, LoggedText.MostTag, problems);
            LoggedText.CheckTags(asked.Parameters, LoggedText.MostParameter, problems);
        });
        string id = $"m-{NewId.Next()}";
        DateTimeOffset now = clock.GetUtcNow();
        await store.Database.WriteAsync(connection =>
        {
            Experiment experiment = ExperimentTable.Get(connection, asked.ExperimentId);
            experiment.ThrowIfDeleted();
            if (asked.RunId is string runId)
            {
                RunTable.GetHead(connection, runId).ThrowIfDeleted();
            }

            LoggedModelTable.Insert(connection, new LoggedModel
            {
                Id = id,
                ExperimentId = experiment.Id,
                Name = name,
                ArtifactLocation = ArtifactAddress.OfLoggedModel(experiment.ArtifactLocation, id),
                ModelType = asked.ModelType,
                RunId = asked.RunId,
                Parameters = asked.Parameters,
                Tags = asked.Tags,
                CreatedAt = now,
                UpdatedAt = now,
            });
        }).ConfigureAwait(false);
        return Get(id);
    }

    /// <exception cref="NotFoundException">There is no such model.</exception>
    public LoggedModel Get(string id) => store.Database.Read(connection => LoggedModelTable.Get(connection, id));

    /// <summary>The project of a logged model; null when there is none.</summary>
    public string? ProjectOf(string id) => store.Database.Read(connection => LoggedModelTable.ProjectOf(connection, id));

    /// <exception cref="DataException">The filter, an order or the token is wrong.</exception>
    public SearchPage<LoggedModel> Search(IReadOnlyList<string> experimentIds, SearchRequest asked)
    {
        ArgumentNullException.ThrowIfNull(experimentIds);
        ArgumentNullException.ThrowIfNull(asked);
        return experimentIds.Count == 0 ? new SearchPage<LoggedModel>([], null) : store.Database.Read(connection => LoggedModelTable.Search(connection, experimentIds, asked));
    }

    /// <summary>Says that its files are complete, or that they will never be.</summary>
    public async Task<LoggedModel> FinishAsync(string id, LoggedModelStatus status, string? message = null)
    {
        await store.Database.WriteAsync(connection =>
        {
            _ = LoggedModelTable.Get(connection, id);
            LoggedModelTable.Finish(connection, id, status, message, clock.GetUtcNow());
        }).ConfigureAwait(false);
        return Get(id);
    }

    public async Task<LoggedModel> SetTagsAsync(string id, IReadOnlyDictionary<string, string> tags)
    {
        LoggedText.Throw(problems => LoggedText.CheckTags(tags, LoggedText.MostTag, problems));
        await store.Database.WriteAsync(connection =>
        {
            _ = LoggedModelTable.Get(connection, id);
            LoggedModelTable.SetTags(connection, id, tags);
        }).ConfigureAwait(false);
        return Get(id);
    }

    /// <exception cref="NotFoundException">It has no such tag.</exception>
    public Task DeleteTagAsync(string id, string name) => store.Database.WriteAsync(connection =>
    {
        _ = LoggedModelTable.Get(connection, id);
        if (!LoggedModelTable.DeleteTag(connection, id, name))
        {
            throw new NotFoundException($"The logged model '{id}' has no tag '{name}'.");
        }
    });

    /// <summary>Removes a model with its files.</summary>
    public async Task DeleteAsync(string id)
    {
        IReadOnlyList<string> hashes = await store.Database.WriteAsync(connection =>
        {
            _ = LoggedModelTable.Get(connection, id);
            return LoggedModelTable.Delete(connection, id);
        }).ConfigureAwait(false);
        await store.SweepAsync(hashes).ConfigureAwait(false);
    }

    /// <summary>Notes models that a run gave out.</summary>
    public Task AddOutputsAsync(string runId, IReadOnlyList<ModelOutput> outputs) => store.Database.WriteAsync(connection =>
    {
        RunTable.GetHead(connection, runId).ThrowIfDeleted();
        foreach (ModelOutput output in outputs)
        {
            _ = LoggedModelTable.Get(connection, output.ModelId);
        }

        LoggedModelTable.SetOutputs(connection, runId, outputs);
    });
}

/// <summary>What is asked for when room is made for a logged model.</summary>
public sealed record NewLoggedModel(string ExperimentId)
{
    /// <summary>Null for a name made up.</summary>
    public string? Name { get; init; }

    public string? ModelType { get; init; }

    public string? RunId { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
