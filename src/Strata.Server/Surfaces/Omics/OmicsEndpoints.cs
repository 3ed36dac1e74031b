using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Datasets;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Server.Models;
using Strata.Server.OpenApi;
using Strata.Server.Repeats;
using Strata.Server.Runs;
using Strata.Server.Safety;

namespace Strata.Server.Surfaces.Omics;

/// <summary>The routes of the omics framework, over runs, jobs and models.</summary>
internal static class OmicsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/automl/train", TrainAutomatically).WithName("start_automl").Makes().Needs(Role.Trainer).Example(OmicsExamples.Automl);
        routes.MapPost("/deep-learning/train", TrainNetwork).WithName("start_deep_learning").Makes().Needs(Role.Trainer).Example(OmicsExamples.Network);
        routes.MapPost("/transfer-learning/train", TrainOn).WithName("start_transfer_learning").Makes().Needs(Role.Trainer).Example(OmicsExamples.Transfer);
        routes.MapPost("/ensemble/create", CreateEnsemble).WithName("create_ensemble").Makes().Needs(Role.Trainer).Example(OmicsExamples.Ensemble);
        routes.MapGet("/jobs/{id}/status", GetStatus).WithName("get_omics_job").Needs(Role.Viewer, Thing.Job);
        routes.MapGet("/models/list", ListModels).WithName("list_omics_models").ForUsers();
        routes.MapGet("/models/{id}/results", GetResults).WithName("get_omics_results").Needs(Role.Viewer, Thing.Model);
        routes.MapGet("/models/{id}/leaderboard", GetLeaderboard).WithName("get_leaderboard").Needs(Role.Viewer, Thing.Model);
        routes.MapPost("/models/{id}/candidates/{name}", MakeCandidate).WithName("make_candidate").Needs(Role.Trainer, Thing.Model);
        routes.MapPost("/models/{id}/distil", Distil).WithName("distil_model").Makes().Needs(Role.Viewer, Thing.Model).Example(OmicsExamples.Distillation);
        routes.MapDelete("/models/{id}", Delete).WithName("delete_omics_model").Needs(Role.Trainer, Thing.Model);
        routes.MapPost("/models/{id}/explain", Explain).WithName("explain_omics_model").Needs(Role.Viewer, Thing.Model).Example(OmicsExamples.Explanation);
    }

    /// <summary>Looks for the best model that can be had in some time: many candidates on folds of the training rows, the best of them weighted together.</summary>
    internal static Task<Accepted<OmicsJobView>> TrainAutomatically(OmicsAutomlRequest request, Caller caller, StrataPlatform platform, CancellationToken cancellation) =>
        Start(request.ToRun(caller.TrainingData(request.DatasetId, platform)), caller, platform, cancellation);

    /// <summary>Trains a network.</summary>
    internal static Task<Accepted<OmicsJobView>> TrainNetwork(OmicsNetworkRequest request, Caller caller, StrataPlatform platform, CancellationToken cancellation) =>
        Start(request.ToRun(caller.TrainingData(request.DatasetId, platform)), caller, platform, cancellation);

    /// <summary>Trains a network that begins from the weights of a stored or pretrained one.</summary>
    internal static async Task<Accepted<OmicsJobView>> TrainOn(OmicsTransferRequest request, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        AskedRun asked = await request.ToRun(caller.TrainingData(request.DatasetId, platform), caller, platform, cancellation).ConfigureAwait(false);
        return await Start(asked, caller, platform, cancellation).ConfigureAwait(false);
    }

    /// <summary>Trains several algorithms together, or combines stored models as they are: by vote, stacked or blended.</summary>
    internal static Task<Accepted<OmicsJobView>> CreateEnsemble(OmicsEnsembleRequest request, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        Dataset dataset = caller.TrainingData(request.DatasetId, platform);
        return Start(request.ModelIds is null ? request.ToRun(dataset) : request.ToRun(dataset, caller, platform), caller, platform, cancellation);
    }

    /// <summary>How far a job is, and what came of it.</summary>
    internal static Ok<OmicsJobView> GetStatus(string id, StrataPlatform platform) => TypedResults.Ok(platform.Jobs.Get(id).OmicsJob(platform));

    /// <summary>The models, newest first.</summary>
    internal static Ok<OmicsModelsView> ListModels(int? offset, int? count, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        Platform.Page<StoredModel> models = platform.Models.List(paging.Offset, paging.Count, caller.Projects);
        return TypedResults.Ok(new OmicsModelsView([.. models.Items.Select(ModelsViews.View)], models.Total));
    }

    /// <summary>How good a model is, how it was trained, and what it was chosen among.</summary>
    internal static Ok<OmicsResultsView> GetResults(string id, StrataPlatform platform) => TypedResults.Ok(platform.Models.Get(id).OmicsResults(platform));

    /// <summary>All that an automatic model was chosen among, with validation and test scores.</summary>
    internal static Ok<LeaderboardView> GetLeaderboard(string id, StrataPlatform platform) => TypedResults.Ok(platform.Candidates.Leaderboard(id).View());

    /// <summary>Makes a model of one row of the leaderboard, to be used as any other.</summary>
    internal static async Task<Created<ModelView>> MakeCandidate(string id, string name, CandidateRequest? request, StrataPlatform platform, CancellationToken cancellation)
    {
        StoredModel made = await platform.Candidates.MakeAsync(id, name, request?.Name, cancellation).ConfigureAwait(false);
        return TypedResults.Created($"/api/models/{made.Id}", made.View());
    }

    /// <summary>Teaches one small model to answer as a large one does, and tests both on rows that neither has learned from.</summary>
    internal static Task<Accepted<OmicsJobView>> Distil(string id, DistilRequest? request, Caller caller, StrataPlatform platform, CancellationToken cancellation) =>
        Start((request ?? new DistilRequest()).ToRun(id, caller, platform), caller, platform, cancellation);

    /// <summary>Deletes a model; refused while something serves it.</summary>
    internal static Task<NoContent> Delete(string id, StrataPlatform platform) => ModelsEndpoints.Delete(id, platform);

    /// <summary>Says why a model answers as it does, by the method's usual name.</summary>
    internal static Ok<OmicsExplanationView> Explain(string id, OmicsExplanationRequest request, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        caller.RequireNamed(Role.Viewer, Thing.Dataset, request.DatasetId, platform);
        caller.RequireNamed(Role.Viewer, Thing.Dataset, request.BackgroundDatasetId, platform);
        StoredModel stored = platform.Models.Get(id);
        IModel model = platform.Models.Load(stored);
        var explained = new ExplainedModel(stored, model, platform);
        return TypedResults.Ok(OmicsReasons.Answer(id, request, model, explained, platform, cancellation) ?? new OmicsExplanationView(id, request.Method, explained.Answer(request.For(model), cancellation)));
    }

    private static async Task<Accepted<OmicsJobView>> Start(AskedRun asked, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        Run run = await StartedRun.Of(asked, caller, platform, cancellation).ConfigureAwait(false);
        return TypedResults.Accepted($"/api/ml/jobs/{run.JobId}/status", platform.Jobs.Get(run.JobId!).OmicsJob(platform));
    }
}
