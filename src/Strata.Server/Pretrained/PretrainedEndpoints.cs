using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Server.Custom;
using Strata.Server.OpenApi;

namespace Strata.Server.Pretrained;

internal static class PretrainedEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/predict", Predict).WithName("start_pretrained_prediction").TakesFormOrJson<SessionRequest>(SessionForm.Fields).Produces<SessionView>();
        routes.MapGet("/progress/{session}", GetProgress).WithName("get_pretrained_progress");
        routes.MapGet("/result/{session}", GetResult).WithName("get_pretrained_result");
    }

    /// <summary>Predicts with a shipped model; fine-tunes it first when the rows carry labels.</summary>
    internal static Task<IResult> Predict(HttpRequest request, CancellationToken cancellation) => throw new NotBuiltYet();

    /// <summary>How far a prediction is.</summary>
    internal static Ok<SessionProgress> GetProgress(string session) => throw new NotBuiltYet();

    /// <summary>What a prediction found.</summary>
    internal static Ok<SessionResult> GetResult(string session) => throw new NotBuiltYet();
}
