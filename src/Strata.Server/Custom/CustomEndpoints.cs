using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Server.OpenApi;

namespace Strata.Server.Custom;

internal static class CustomEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/train", Train).WithName("start_custom_training").TakesFormOrJson<SessionRequest>(SessionForm.Fields).Produces<SessionView>();
        routes.MapGet("/progress/{session}", GetProgress).WithName("get_custom_progress");
        routes.MapGet("/result/{session}", GetResult).WithName("get_custom_result");
    }

    /// <summary>Trains on an observed, simulated or own table of planet candidates.</summary>
    internal static Task<IResult> Train(HttpRequest request, CancellationToken cancellation) => throw new NotBuiltYet();

    /// <summary>How far a training is.</summary>
    internal static Ok<SessionProgress> GetProgress(string session) => throw new NotBuiltYet();

    /// <summary>What a training found.</summary>
    internal static Ok<SessionResult> GetResult(string session) => throw new NotBuiltYet();
}
