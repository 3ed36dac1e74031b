using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Server.OpenApi;
using Strata.Server.Repeats;
using Strata.Server.Safety;
using Strata.Server.Sessions;

namespace Strata.Server.Custom;

internal static class CustomEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/train", Train).WithName("start_custom_training").Makes().Needs(Role.Trainer).TakesFormOrJson<SessionRequest>(SessionForm.Fields);
        routes.MapGet("/progress/{session}", GetProgress).WithName("get_custom_progress").Needs(Role.Viewer, Thing.Job, "session");
        routes.MapGet("/result/{session}", GetResult).WithName("get_custom_result").Needs(Role.Viewer, Thing.Job, "session");
    }

    /// <summary>Trains on an observed, simulated or own table of planet candidates.</summary>
    internal static async Task<Ok<SessionView>> Train(HttpRequest request, Caller caller, StrataPlatform platform, ServerOptions options, CancellationToken cancellation) =>
        TypedResults.Ok(await SessionEndpoints.Start(SessionJob.Custom, request, caller, platform, options, cancellation).ConfigureAwait(false));

    /// <summary>How far a training is.</summary>
    internal static Ok<SessionProgress> GetProgress(string session, StrataPlatform platform) =>
        TypedResults.Ok(SessionEndpoints.Progress(SessionJob.Custom, session, platform));

    /// <summary>What a training found.</summary>
    internal static Ok<SessionResult> GetResult(string session, StrataPlatform platform) =>
        TypedResults.Ok(SessionEndpoints.Result(SessionJob.Custom, session, platform));
}
