using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Jobs;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Server.Jobs;
using Strata.Server.Repeats;
using Strata.Server.Safety;
using JobStatus = Strata.Platform.Jobs.JobStatus;
using RunRequest = Strata.Client.Contracts.RunRequest;
using RunStatus = Strata.Platform.Runs.RunStatus;

namespace Strata.Server.Runs;

internal static class RunsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/", Start).WithName("start_run").Makes().Needs(Role.Trainer);
        routes.MapGet("/", List).WithName("list_runs").ForUsers();
        routes.MapGet("/{id}", Get).WithName("get_run").Needs(Role.Viewer, Thing.Run);
        routes.MapGet("/{id}/metrics", GetMetrics).WithName("get_run_metrics").Needs(Role.Viewer, Thing.Run);
        routes.MapGet("/{id}/evaluation", GetEvaluation).WithName("get_run_evaluation").Needs(Role.Viewer, Thing.Run);
        routes.MapGet("/{id}/report", GetReport).WithName("get_run_report").Needs(Role.Viewer, Thing.Run).Produces<JsonElement>().Produces<string>(StatusCodes.Status200OK, "text/html");
        routes.MapGet("/{id}/tuning", GetTuning).WithName("get_run_tuning").Needs(Role.Viewer, Thing.Run);
        routes.MapGet("/{id}/rows", GetRows).WithName("get_run_rows").Needs(Role.Viewer, Thing.Run);
        routes.MapGet("/{id}/artifacts", ListArtifacts).WithName("list_run_artifacts").Needs(Role.Viewer, Thing.Run);
        routes.MapGet("/{id}/artifacts/{**name}", GetArtifact).WithName("get_run_artifact").Needs(Role.Viewer, Thing.Run).Produces<string>(StatusCodes.Status200OK, "application/octet-stream");
    }

    /// <summary>Starts a training.</summary>
    internal static async Task<Accepted<RunView>> Start(RunRequest request, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        Run run = await StartedRun.Of(new AskedRun(request), caller, platform, cancellation).ConfigureAwait(false);
        return TypedResults.Accepted($"/api/runs/{run.Id}", run.View(platform));
    }

    /// <summary>The runs, newest first: those that Strata carries out and those that other programs report; of one experiment, and only the busy, completed or broken ones, where that is said.</summary>
    internal static Ok<Client.Contracts.Page<RunView>> List(int? offset, int? count, string? experiment_id, string? state, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Runs.List(paging.Offset, paging.Count, projects: caller.Projects, experimentId: experiment_id, statuses: Statuses(state)).View(run => run.View(platform)));
    }

    /// <summary>One run.</summary>
    internal static Ok<RunView> Get(string id, StrataPlatform platform) => TypedResults.Ok(platform.Runs.Get(id).View(platform));

    /// <summary>The metrics that were recorded while training, thinned for a picture: the lowest and highest value of each stretch stay.</summary>
    internal static Ok<RunMetrics> GetMetrics(string id, StrataPlatform platform) =>
        TypedResults.Ok(new RunMetrics([.. platform.Runs.Series(platform.Runs.Get(id).Id).Select(RunsViews.View)]));

    /// <summary>How good the model is on the test rows.</summary>
    internal static Ok<EvaluationView> GetEvaluation(string id, StrataPlatform platform)
    {
        return TypedResults.Ok(Evaluation(Tested(id, platform), platform));
    }

    /// <summary>Everything that a run came to, as a page that needs nothing else; <c>format=json</c> answers the same as data.</summary>
    internal static IResult GetReport(string id, string? format, HttpContext context, StrataPlatform platform)
    {
        string file = StoredReport.FileOf(format);
        return StoredReport.Answer(context, platform.Runs.OpenArtifact(Tested(id, platform).Id, file), file);
    }

    /// <summary>The trials of a run whose hyperparameters were searched, and what they say.</summary>
    internal static Ok<TuningView> GetTuning(string id, StrataPlatform platform)
    {
        using Stream stored = platform.Runs.OpenArtifact(Tested(id, platform).Id, TuneModel.TuningFileName);
        return TypedResults.Ok(StoredResults.Read<TuningView>(stored));
    }

    /// <summary>The test rows with what the model said about them, in row order or the worst first.</summary>
    internal static Ok<TestRows> GetRows(string id, int? offset, int? count, string? order, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count, usual: 50);
        bool worstFirst = order switch
        {
            null or "row" => false,
            "worst" => true,
            _ => throw new DataException($"order is '{order}'; expected row or worst."),
        };
        return TypedResults.Ok(platform.Runs.TestedRows(Tested(id, platform).Id, paging.Offset, paging.Count, worstFirst).View());
    }

    /// <summary>The files that a run left.</summary>
    internal static Ok<Client.Contracts.Page<ArtifactView>> ListArtifacts(string id, int? offset, int? count, StrataPlatform platform) =>
        TypedResults.Ok(platform.Runs.Artifacts(platform.Runs.Get(id).Id).View(Paging.Of(offset, count), artifact => new ArtifactView(artifact.Name, artifact.Bytes)));

    /// <summary>One file of a run.</summary>
    internal static IResult GetArtifact(string id, string name, HttpContext context, StrataPlatform platform) =>
        Downloads.File(context, platform.Runs.OpenArtifact(platform.Runs.Get(id).Id, name), name[(name.LastIndexOf('/') + 1)..]);

    private static RunStatus[]? Statuses(string? state) => state switch
    {
        null => null,
        "busy" => [RunStatus.Scheduled, RunStatus.Running],
        "completed" => [RunStatus.Finished],
        "broken" => [RunStatus.Failed, RunStatus.Killed],
        _ => throw new DataException($"state is '{state}'; expected busy, completed or broken."),
    };

    internal static EvaluationView Evaluation(Run run, StrataPlatform platform)
    {
        using Stream stored = platform.Runs.OpenArtifact(run.Id, TrainModel.EvaluationFileName);
        return StoredResults.Read<EvaluationView>(stored);
    }

    /// <exception cref="ConflictException">The run has no results, or not yet.</exception>
    internal static Run Tested(string id, StrataPlatform platform)
    {
        Run run = platform.Runs.Get(id);
        if (run.JobId is null)
        {
            throw new ConflictException($"The run '{run.Name}' is carried out by another program; Strata has not tested its model.");
        }

        JobStatus status = platform.Jobs.Get(run.JobId).Status;
        return status == JobStatus.Completed
            ? run
            : throw new ConflictException(status.IsEnded() ? $"The run '{run.Name}' ended without results." : $"The run '{run.Name}' has no results yet; it is still at work.");
    }
}
