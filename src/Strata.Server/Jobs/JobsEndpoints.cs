using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Jobs;
using Strata.Server.Events;
using Strata.Server.Repeats;
using Strata.Server.Safety;

namespace Strata.Server.Jobs;

internal static class JobsEndpoints
{
    /// <summary>Ends the id of a job's last event: whoever sends it back has seen everything.</summary>
    public const string EndMark = "-end";

    private const int MostLogLines = 1000;

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/", List).WithName("list_jobs").ForUsers();
        routes.MapGet("/{id}", Get).WithName("get_job").Needs(Role.Viewer, Thing.Job);
        routes.MapPost("/{id}/cancel", Cancel).WithName("cancel_job").Needs(Role.Trainer, Thing.Job);
        routes.MapPost("/{id}/pause", Pause).WithName("pause_job").Needs(Role.Trainer, Thing.Job);
        routes.MapPost("/{id}/finish", Finish).WithName("finish_job").Needs(Role.Trainer, Thing.Job);
        routes.MapPost("/{id}/resume", Resume).WithName("resume_job").Needs(Role.Trainer, Thing.Job);
        routes.MapPost("/{id}/clone", Clone).WithName("clone_job").Makes().Needs(Role.Trainer, Thing.Job);
        routes.MapGet("/{id}/log", GetLog).WithName("get_job_log").Needs(Role.Viewer, Thing.Job);
        routes.MapGet("/{id}/log/file", GetLogFile).WithName("get_job_log_file").Needs(Role.Viewer, Thing.Job).Produces<string>(StatusCodes.Status200OK, "text/plain");
        routes.MapGet("/{id}/events", GetEvents).WithName("get_job_events").Needs(Role.Viewer, Thing.Job).Produces<string>(StatusCodes.Status200OK, "text/event-stream");
    }

    /// <summary>The jobs, newest first.</summary>
    internal static Ok<Client.Contracts.Page<JobView>> List(int? offset, int? count, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Jobs.List(paging.Offset, paging.Count, projects: caller.Projects).View(JobsViews.View));
    }

    /// <summary>One job.</summary>
    internal static Ok<JobView> Get(string id, StrataPlatform platform) => TypedResults.Ok(platform.Jobs.Get(id).View());

    /// <summary>Asks a job to stop; refused when it has ended.</summary>
    internal static async Task<Accepted<JobView>> Cancel(string id, StrataPlatform platform) =>
        TypedResults.Accepted($"/api/jobs/{id}", (await platform.Jobs.CancelAsync(id).ConfigureAwait(false)).View());

    /// <summary>Puts a job aside: a running one saves what it has, which takes ten seconds at the most, and waits until it is resumed.</summary>
    internal static async Task<Accepted<JobView>> Pause(string id, StrataPlatform platform) =>
        TypedResults.Accepted($"/api/jobs/{id}", (await platform.Jobs.PauseAsync(id).ConfigureAwait(false)).View());

    /// <summary>Asks a running job to end soon with what is ready, as AutoML can; refused where nothing is ready before the end.</summary>
    internal static async Task<Accepted<JobView>> Finish(string id, StrataPlatform platform)
    {
        Job job = platform.Jobs.Get(id);
        return HouseJobKinds.All.Contains(job.Kind) && HouseJobKinds.All[job.Kind].FinishesEarly
            ? TypedResults.Accepted($"/api/jobs/{id}", (await platform.Jobs.FinishAsync(id).ConfigureAwait(false)).View())
            : throw new ConflictException($"A job of kind '{job.Kind}' has nothing ready before it is done. Cancel it, or let it go on.");
    }

    /// <summary>Lets a paused job wait for its turn again; it goes on from what it has saved.</summary>
    internal static async Task<Accepted<JobView>> Resume(string id, StrataPlatform platform) =>
        TypedResults.Accepted($"/api/jobs/{id}", (await platform.Jobs.ResumeAsync(id).ConfigureAwait(false)).View());

    /// <summary>Does a training, a comparison or a fetching again, with changes if need be; the answer is the new job.</summary>
    internal static async Task<Accepted<JobView>> Clone(string id, CloneRequest? request, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        string cloned = await JobClone.Start(platform.Jobs.Get(id), request ?? new CloneRequest(), caller, platform, cancellation).ConfigureAwait(false);
        return TypedResults.Accepted($"/api/jobs/{cloned}", platform.Jobs.Get(cloned).View());
    }

    /// <summary>The lines of its log after some line.</summary>
    internal static Ok<JobLog> GetLog(string id, long? after, StrataPlatform platform)
    {
        long from = Math.Max(0, after ?? 0);
        Client.Contracts.LogLine[] lines = [.. platform.Jobs.Log(id, from, MostLogLines).Select(JobsViews.View)];
        return TypedResults.Ok(new JobLog(lines, lines.Length > 0 ? lines[^1].Number : from));
    }

    /// <summary>The whole log as a text file, each line with its time.</summary>
    internal static IResult GetLogFile(string id, HttpContext context, StrataPlatform platform)
    {
        Job job = platform.Jobs.Get(id);
        return Downloads.Text(context, LogText.Of(platform.Jobs, job.Id), $"{job.Kind}-{job.Id}.log");
    }

    /// <summary>Server-sent events: <c>status</c> and <c>progress</c> (a job), <c>metric</c> (name, step, value), <c>log</c> (number, time, text). Ends after a terminal status; resumes by Last-Event-ID.</summary>
    internal static IResult GetEvents(string id, HttpRequest request, StrataPlatform platform, TimeProvider clock)
    {
        string last = request.Headers["Last-Event-ID"].ToString();
        if (last.EndsWith(EndMark, StringComparison.Ordinal))
        {
            return TypedResults.NoContent();
        }

        _ = platform.Jobs.Get(id);
        long? after = long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long seen) ? seen : null;
        return new EventStream(platform.Jobs.Events.ListenAsync(id, after, request.HttpContext.RequestAborted).Select(JobsViews.View), EventStream.UsualHeartbeat, clock);
    }
}
