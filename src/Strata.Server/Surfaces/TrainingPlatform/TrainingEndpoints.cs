using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts.TrainingPlatform;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Datasets;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Server.Comparisons;
using Strata.Server.Runs;
using Strata.Server.Safety;

namespace Strata.Server.Surfaces.TrainingPlatform;

internal static class TrainingEndpoints
{
    /// <summary>Starts a training.</summary>
    internal static async Task<Accepted<TrainingJobView>> Train(TrainModelRequest request, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        Dataset dataset = Source(request.DatasetId, caller, platform);
        PlanOfNames plan = await PlanOfNames.Of(request, dataset, platform, cancellation).ConfigureAwait(false);
        return await Start(plan.ToRun(request), plan.Notes, caller, platform, "train", cancellation).ConfigureAwait(false);
    }

    /// <summary>Starts a search for good hyperparameters, with a training by the best at its end.</summary>
    internal static async Task<Accepted<TrainingJobView>> Tune(TuneModelRequest request, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        Dataset dataset = Source(request.DatasetId, caller, platform);
        PlanOfNames plan = await PlanOfNames.Of(request, dataset, platform, cancellation).ConfigureAwait(false);
        return await Start(plan.ToRun(request), plan.Notes, caller, platform, "tune", cancellation).ConfigureAwait(false);
    }

    /// <summary>A training or a search: how far it is, and what has come of it.</summary>
    internal static Ok<TrainingJobView> GetTraining(string job, StrataPlatform platform) =>
        TypedResults.Ok((platform.Runs.OfJob(platform.Jobs.Get(job).Id) ?? throw NotFoundException.Of("training job", job)).TrainingView(platform));

    /// <summary>Starts measuring algorithms on the same folds.</summary>
    internal static async Task<Accepted<ModelComparisonView>> Compare(CompareModelsRequest request, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        Dataset dataset = Source(request.DatasetId, caller, platform);
        PlanOfNames plan = await PlanOfNames.Of(request, dataset, platform, cancellation).ConfigureAwait(false);
        Comparison comparison = await ComparisonsEndpoints.Record(plan.ToComparison(request), caller, platform, cancellation).ConfigureAwait(false);
        return TypedResults.Accepted($"/api/ml/models/compare/{comparison.JobId}", comparison.RankingView(platform, plan.Notes));
    }

    /// <summary>A comparison: how far it is, and the ranking when it is completed.</summary>
    internal static Ok<ModelComparisonView> GetComparison(string job, StrataPlatform platform)
    {
        Job known = platform.Jobs.Get(job);
        return TypedResults.Ok((known.Kind == ComparisonHistory.CompareKind ? platform.Comparisons.Get(known.Owner) : throw NotFoundException.Of("comparison job", job)).RankingView(platform, []));
    }

    private static async Task<Accepted<TrainingJobView>> Start(
        Client.Contracts.RunRequest request, IReadOnlyList<string> notes, Caller caller, StrataPlatform platform, string route, CancellationToken cancellation)
    {
        Run run = await StartedRun.Of(new AskedRun(request) { Notes = notes }, caller, platform, cancellation).ConfigureAwait(false);
        return TypedResults.Accepted($"/api/ml/models/{route}/{run.JobId}", run.TrainingView(platform) with { Notes = notes });
    }

    private static Dataset Source(string id, Caller caller, StrataPlatform platform)
    {
        caller.Require(Role.Trainer, Thing.Dataset, id, platform);
        Dataset dataset = platform.Datasets.Get(id);
        dataset.ThrowIfNotReady();
        return dataset;
    }
}
