using Strata.Learning.Automl;
using Strata.Learning.Catalog;
using Strata.Learning.Workflow;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Models;

/// <summary>The candidates that stored automatic models were made of.</summary>
public sealed class ModelCandidates
{
    private readonly ModelLibrary models;
    private readonly RunHistory runs;

    internal ModelCandidates(ModelLibrary models, RunHistory runs) => (this.models, this.runs) = (models, runs);

    /// <summary>All that was tried, with test scores where the run that trained the model is still there.</summary>
    /// <exception cref="NotFoundException">There is no such model.</exception>
    /// <exception cref="ConflictException">It was not chosen among candidates.</exception>
    public Leaderboard Leaderboard(string modelId)
    {
        StoredModel stored = models.Get(modelId);
        Leaderboard own = AutomlModel.Of(models.Load(stored))?.Leaderboard ?? throw new ConflictException($"'{stored.Name}' is a '{stored.Algorithm}' model, which was not chosen among candidates; one of {AutomlRecipe.AlgorithmName} has a leaderboard.");
        if (stored.RunId is not string run || runs.ProjectOf(run) is null || runs.Artifacts(run).All(artifact => artifact.Name != ChooseModel.LeaderboardFileName))
        {
            return own;
        }

        using Stream file = runs.OpenArtifact(run, ChooseModel.LeaderboardFileName);
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        return JsonText.Read<Leaderboard>(memory.ToArray());
    }

    /// <summary>Makes a model of one row of the leaderboard; the same row again gives the model that is there.</summary>
    /// <param name="modelId">An automatic model.</param>
    /// <param name="candidate">The row's name.</param>
    /// <param name="name">The new model's name; null for one of both.</param>
    /// <param name="cancellation">Stops the storing.</param>
    /// <exception cref="NotFoundException">There is no such model.</exception>
    /// <exception cref="ConflictException">It was not chosen among candidates.</exception>
    /// <exception cref="DataException">There is no such row, or its model was not kept.</exception>
    public async Task<StoredModel> MakeAsync(string modelId, string candidate, string? name = null, CancellationToken cancellation = default)
    {
        StoredModel stored = models.Get(modelId);
        Leaderboard board = Leaderboard(modelId);
        LeaderboardRow? row = board.Rows.FirstOrDefault(row => row.Name == candidate);
        string title = string.IsNullOrWhiteSpace(name) ? $"{candidate} of {stored.Name}" : name.Trim();
        var metrics = new Dictionary<string, double>();
        if (row?.TestScore is double score)
        {
            metrics[board.Metric] = score;
        }

        using var file = new MemoryStream();
        using (Stream whole = models.OpenFile(modelId))
        {
            CandidateFile.Of(ModelFile.Load(whole), candidate, title, metrics).Save(file);
        }

        file.Position = 0;
        return await models.ImportAsync(file, new ModelEntry(title) { Origin = stored.Origin, Project = stored.Project, Metrics = metrics, RunId = stored.RunId, Preset = stored.Preset }, cancellation: cancellation).ConfigureAwait(false);
    }
}
