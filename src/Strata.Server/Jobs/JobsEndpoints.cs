using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;

namespace Strata.Server.Jobs;

internal static class JobsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/", List).WithName("list_jobs");
        routes.MapGet("/{id}", Get).WithName("get_job");
        routes.MapPost("/{id}/cancel", Cancel).WithName("cancel_job");
        routes.MapGet("/{id}/log", GetLog).WithName("get_job_log");
        routes.MapGet("/{id}/events", GetEvents).WithName("get_job_events").Produces<string>(StatusCodes.Status200OK, "text/event-stream");
    }

    /// <summary>The jobs, newest first.</summary>
    internal static Ok<Page<JobView>> List(int? offset, int? count) => throw new NotBuiltYet();

    /// <summary>One job.</summary>
    internal static Ok<JobView> Get(string id) => throw new NotBuiltYet();

    /// <summary>Asks a job to stop; refused when it has ended.</summary>
    internal static Accepted<JobView> Cancel(string id) => throw new NotBuiltYet();

    /// <summary>The lines of its log after some line.</summary>
    internal static Ok<JobLog> GetLog(string id, long? after) => throw new NotBuiltYet();

    /// <summary>Server-sent events: <c>status</c> and <c>progress</c> (a job), <c>metric</c> (name, step, value), <c>log</c> (number, time, text). Ends after a terminal status; resumes by Last-Event-ID.</summary>
    internal static IResult GetEvents(string id, HttpContext context) => throw new NotBuiltYet();
}
