using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Server.OpenApi;
using Strata.Server.Repeats;
using Strata.Server.Safety;
using Strata.Server.Sessions;

namespace Strata.Server.Pretrained;

internal static class PretrainedEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/predict", Predict).WithName("start_pretrained_prediction").Makes().Needs(Role.Trainer).TakesFormOrJson<SessionRequest>(SessionForm.Fields);
        routes.MapGet("/progress/{session}", GetProgress).WithName("get_pretrained_progress").Needs(Role.Viewer, Thing.Job, "session");
        routes.MapGet("/result/{session}", GetResult).WithName("get_pretrained_result").Needs(Role.Viewer, Thing.Job, "session");
    }

    /// <summary>Predicts with a shipped model; fine-tunes it first when the training rows carry labels.</summary>
    internal static async Task<Ok<SessionView>> Predict(HttpRequest request, Caller caller, StrataPlatform platform, ServerOptions options, CancellationToken cancellation) =>
        TypedResults.Ok(await SessionEndpoints.Start(SessionJob.Pretrained, request, caller, platform, options, cancellation).ConfigureAwait(false));

    /// <summary>How far a prediction is.</summary>
    internal static Ok<SessionProgress> GetProgress(string session, StrataPlatform platform) =>
        TypedResults.Ok(SessionEndpoints.Progress(SessionJob.Pretrained, session, platform));

    /// <summary>What a prediction found.</summary>
    internal static Ok<SessionResult> GetResult(string session, StrataPlatform platform) =>
        TypedResults.Ok(SessionEndpoints.Result(SessionJob.Pretrained, session, platform));
}
