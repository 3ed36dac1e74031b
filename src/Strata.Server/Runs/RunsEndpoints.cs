using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;

namespace Strata.Server.Runs;

internal static class RunsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/", Start).WithName("start_run");
        routes.MapGet("/", List).WithName("list_runs");
        routes.MapGet("/{id}", Get).WithName("get_run");
        routes.MapGet("/{id}/metrics", GetMetrics).WithName("get_run_metrics");
        routes.MapGet("/{id}/evaluation", GetEvaluation).WithName("get_run_evaluation");
        routes.MapGet("/{id}/rows", GetRows).WithName("get_run_rows");
        routes.MapGet("/{id}/artifacts", ListArtifacts).WithName("list_run_artifacts");
        routes.MapGet("/{id}/artifacts/{name}", GetArtifact).WithName("get_run_artifact").Produces<string>(StatusCodes.Status200OK, "application/octet-stream");
    }

    /// <summary>Starts a training.</summary>
    internal static Accepted<RunView> Start(RunRequest request) => throw new NotBuiltYet();

    /// <summary>The runs, newest first.</summary>
    internal static Ok<Page<RunView>> List(int? offset, int? count) => throw new NotBuiltYet();

    /// <summary>One run.</summary>
    internal static Ok<RunView> Get(string id) => throw new NotBuiltYet();

    /// <summary>The metrics that were recorded while training.</summary>
    internal static Ok<RunMetrics> GetMetrics(string id) => throw new NotBuiltYet();

    /// <summary>How good the model is on the test rows.</summary>
    internal static Ok<EvaluationView> GetEvaluation(string id) => throw new NotBuiltYet();

    /// <summary>The test rows with what the model said about them, in row order or the worst first.</summary>
    internal static Ok<TestRows> GetRows(string id, int? offset, int? count, string? order) => throw new NotBuiltYet();

    /// <summary>The files that a run left.</summary>
    internal static Ok<Page<ArtifactView>> ListArtifacts(string id, int? offset, int? count) => throw new NotBuiltYet();

    /// <summary>One file of a run.</summary>
    internal static IResult GetArtifact(string id, string name) => throw new NotBuiltYet();
}
