using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Deployments;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Server.OpenApi;
using Strata.Server.Repeats;
using Strata.Server.Runs;
using Strata.Server.Safety;

namespace Strata.Server.Surfaces.Rockfall;

/// <summary>The routes of the rockfall trainer, over runs, jobs and deployments. Trainings that were asked for elsewhere are seen here too.</summary>
internal static class RockfallEndpoints
{
    private const int MostLines = 1000;
    private const int FewLines = 20;
    private const int UsualJobs = 20;

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/train", Train).WithName("start_rockfall_training").Makes().Needs(Role.Trainer).Example(RockfallExamples.Config, RockfallExamples.Running);
        routes.MapGet("/status/{job}", GetStatus).WithName("get_rockfall_job").Needs(Role.Viewer, Thing.Job, "job").Example(null, RockfallExamples.Running);
        routes.MapPost("/cancel/{job}", Cancel).WithName("cancel_rockfall_job").Needs(Role.Trainer, Thing.Job, "job");
        routes.MapGet("/jobs", ListJobs).WithName("list_rockfall_jobs").ForUsers();
        routes.MapGet("/report/{job}", GetReport).WithName("get_rockfall_report").Needs(Role.Viewer, Thing.Job, "job")
            .Produces<RockfallReportView>().Produces<string>(StatusCodes.Status200OK, "text/html");
        routes.MapPost("/deploy/{job}", Deploy).WithName("deploy_rockfall_job").Needs(Role.Deployer, Thing.Job, "job").Example(RockfallExamples.Deploy, RockfallExamples.Deployed);
        routes.MapGet("/deployments", ListDeployments).WithName("list_rockfall_deployments").ForUsers();
    }

    /// <summary>Starts a training.</summary>
    internal static async Task<Accepted<RockfallJobView>> Train(RockfallTrainingRequest request, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        AskedRun asked = request.ToRun(caller.TrainingData(request.DatasetId, platform));
        Run run = await StartedRun.Of(asked, caller, platform, cancellation).ConfigureAwait(false);
        return TypedResults.Accepted($"/api/training/status/{run.JobId}", run.RockfallJob(platform, MostLines));
    }

    /// <summary>How far a training is, with what was measured after each epoch.</summary>
    internal static Ok<RockfallJobView> GetStatus(string job, StrataPlatform platform) => TypedResults.Ok(RunOf(job, platform).RockfallJob(platform, MostLines));

    /// <summary>Asks a training to stop; refused when it has ended.</summary>
    internal static async Task<Accepted<RockfallJobView>> Cancel(string job, StrataPlatform platform)
    {
        Run run = RunOf(job, platform);
        await platform.Jobs.CancelAsync(job).ConfigureAwait(false);
        return TypedResults.Accepted($"/api/training/status/{job}", run.RockfallJob(platform, MostLines));
    }

    /// <summary>The trainings, newest first.</summary>
    internal static Ok<RockfallJobsView> ListJobs(int? offset, int? count, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count, UsualJobs);
        Platform.Page<Run> runs = platform.Runs.List(paging.Offset, paging.Count, projects: caller.Projects);
        return TypedResults.Ok(new RockfallJobsView([.. runs.Items.Where(run => run.JobId is not null).Select(run => run.RockfallJob(platform, FewLines))], runs.Total));
    }

    /// <summary>Everything that a training came to; <c>Accept: text/html</c> answers a page of its own.</summary>
    internal static IResult GetReport(string job, HttpContext context, StrataPlatform platform)
    {
        Run run = RunsEndpoints.Tested(RunOf(job, platform).Id, platform);
        RockfallReportView report = run.RockfallReport(platform);
        context.Response.Headers.Vary = HeaderNames.Accept;
        if (!WantsPage(context.Request))
        {
            return TypedResults.Ok(report);
        }

        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.DocumentPolicy;
        using Stream evaluation = platform.Runs.OpenArtifact(run.Id, TrainModel.EvaluationFileName);
        return TypedResults.Content(RockfallPage.Of(report, evaluation), "text/html; charset=utf-8");
    }

    /// <summary>Serves a training's model under a name; a deployment that has the name serves it from then on.</summary>
    internal static async Task<Ok<RockfallDeploymentView>> Deploy(string job, RockfallDeploymentRequest? request, Caller caller, StrataPlatform platform)
    {
        Run run = RunsEndpoints.Tested(RunOf(job, platform).Id, platform);
        string model = run.ModelId is string id && platform.Models.Find(id) is not null ? id : throw new ConflictException($"The model of '{run.Name}' has been deleted.");
        request ??= new RockfallDeploymentRequest();
        string name = request.Name ?? $"training-{job}";
        bool isThere = platform.Deployments.Find(name) is Deployment known && caller.RoleIn(known.Project) >= Role.Deployer;
        Deployment deployment = isThere
            ? await platform.Deployments.PromoteAsync(name, model, by: caller.Actor.Name, note: request.Note).ConfigureAwait(false)
            : await platform.Deployments.CreateAsync(name, new DeploymentPlan { Models = [new DeployedModel(model, 1)], LogShare = request.LogShare ?? 1 }, run.Project, caller.Actor.Name, request.Note).ConfigureAwait(false);
        return TypedResults.Ok(deployment.RockfallDeployment(platform));
    }

    /// <summary>The deployments, newest first.</summary>
    internal static Ok<RockfallDeploymentsView> ListDeployments(int? offset, int? count, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        Platform.Page<Deployment> deployments = platform.Deployments.List(paging.Offset, paging.Count, caller.Projects);
        return TypedResults.Ok(new RockfallDeploymentsView([.. deployments.Items.Select(deployment => deployment.RockfallDeployment(platform))], deployments.Total));
    }

    private static bool WantsPage(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted)
        && accepted.OrderByDescending(type => type.Quality ?? 1).FirstOrDefault()?.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) == true;

    /// <exception cref="NotFoundException">The job is no training.</exception>
    private static Run RunOf(string job, StrataPlatform platform) => platform.Runs.OfJob(job) ?? throw NotFoundException.Of("training", job);
}
