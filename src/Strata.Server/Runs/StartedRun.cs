using System.Text.Json.Nodes;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Datasets;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Server.Jobs;
using Strata.Server.Safety;
using RunRequest = Strata.Client.Contracts.RunRequest;

namespace Strata.Server.Runs;

/// <summary>Checks what a training needs while the person who asks is still there, and starts it.</summary>
internal static class StartedRun
{
    private const int MostFolds = 100;
    private const double MostSeconds = 1e7;

    /// <summary>The dataset that somebody wants to learn from.</summary>
    /// <exception cref="NotFoundException">There is none, or they may not see it.</exception>
    /// <exception cref="ConflictException">It is not ready.</exception>
    public static Dataset TrainingData(this Caller caller, string id, StrataPlatform platform)
    {
        caller.Require(Role.Trainer, Thing.Dataset, id, platform);
        Dataset dataset = platform.Datasets.Get(id);
        dataset.ThrowIfNotReady();
        return dataset;
    }

    /// <exception cref="DataException">The training does not fit the dataset; all problems at once.</exception>
    public static async Task<Run> Of(AskedRun asked, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        RunRequest request = asked.Request;
        Dataset dataset = caller.TrainingData(request.DatasetId, platform);
        TrainingPlan plan = request.Plan.ToPlan(request.Preset);
        JsonNode profile = await platform.Datasets.ProfileAsync(dataset.Id, null, cancellation).ConfigureAwait(false);
        TableProfileView told = StoredResults.Read<TableProfileView>(profile);
        bool hasPreset = request.Preset is not null;
        DataException.ThrowIfAny([.. asked.Problems, .. Problems(request), .. PlanCheck.Problems(plan, hasPreset, dataset, told)]);
        StartingWeights.ThrowIfNoNetwork(request.StartFrom, plan);
        using StartingWeights? start = await StartingWeights.Find(request.StartFrom, caller, platform, cancellation).ConfigureAwait(false);
        return await platform.Runs.StartAsync(new Platform.Runs.RunRequest(dataset.Id, (JsonObject)JsonText.NodeOf(plan)!)
        {
            Name = request.Name,
            Preset = request.Preset,
            Tuning = request.Tuning?.ToSettings(plan),
            Folds = request.Folds,
            TimeLimit = request.TimeLimit is double seconds ? TimeSpan.FromSeconds(seconds) : null,
            AsIs = request.AsIs == true,
            Tags = asked.Tags,
            Study = asked.Study,
            Start = start?.Weights,
            Members = asked.Members,
            Teacher = asked.Teacher,
            Leaks = [.. asked.Leaks, .. start?.Weights.ModelId is string model ? SeenRows.Of(model, dataset, plan, platform) : []],
            Notes = asked.Notes,
            Terms = caller.Terms(request.Priority, request.After, platform),
        }).ConfigureAwait(false);
    }

    private static IEnumerable<string> Problems(RunRequest request)
    {
        if (request.TimeLimit is double seconds && !(seconds is > 0 and <= MostSeconds))
        {
            yield return $"'time_limit' is {seconds}; it takes a number of seconds above 0, up to {MostSeconds}.";
        }

        if (request.Folds is < 2 or > MostFolds)
        {
            yield return $"'folds' is {request.Folds}; it takes 2 to {MostFolds}.";
        }

        if (request is { Folds: not null, Tuning: not null })
        {
            yield return "'folds' goes with a training without tuning; the trials of a search have 'tuning.folds'.";
        }

        if (request is { StartFrom: not null, Tuning: not null })
        {
            yield return "'start_from' goes with a training without tuning; tune first, then train the best from the weights.";
        }
    }
}
