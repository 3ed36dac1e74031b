using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Server.OpenApi;
using Strata.Server.Sessions;

namespace Strata.Server.Custom;

internal static class CustomEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/train", Train).WithName("start_custom_training").TakesFormOrJson<SessionRequest>(SessionForm.Fields);
        routes.MapGet("/progress/{session}", GetProgress).WithName("get_custom_progress");
        routes.MapGet("/result/{session}", GetResult).WithName("get_custom_result");
    }

    /// <summary>Trains on an observed, simulated or own table of planet candidates.</summary>
    internal static async Task<Ok<SessionView>> Train(HttpRequest request, StrataPlatform platform, ServerOptions options, CancellationToken cancellation) =>
        TypedResults.Ok(await SessionEndpoints.Start(SessionJob.Custom, request, platform, options, cancellation).ConfigureAwait(false));

    /// <summary>How far a training is.</summary>
    internal static Ok<SessionProgress> GetProgress(string session, StrataPlatform platform) =>
        TypedResults.Ok(SessionEndpoints.Progress(SessionJob.Custom, session, platform));

    /// <summary>What a training found.</summary>
    internal static Ok<SessionResult> GetResult(string session, StrataPlatform platform) =>
        TypedResults.Ok(SessionEndpoints.Result(SessionJob.Custom, session, platform));
}
