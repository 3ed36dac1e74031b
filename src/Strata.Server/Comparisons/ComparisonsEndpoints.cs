using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Datasets;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Server.Jobs;
using Strata.Server.Repeats;
using Strata.Server.Runs;
using Strata.Server.Safety;
using ComparisonRequest = Strata.Client.Contracts.ComparisonRequest;
using JobStatus = Strata.Platform.Jobs.JobStatus;

namespace Strata.Server.Comparisons;

internal static class ComparisonsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/", Start).WithName("start_comparison").Makes().Needs(Role.Trainer);
        routes.MapGet("/", List).WithName("list_comparisons").ForUsers();
        routes.MapGet("/{id}", Get).WithName("get_comparison").Needs(Role.Viewer, Thing.Comparison);
        routes.MapGet("/{id}/scores", GetScores).WithName("get_comparison_scores").Needs(Role.Viewer, Thing.Comparison);
        routes.MapGet("/{id}/result", GetResult).WithName("get_comparison_result").Needs(Role.Viewer, Thing.Comparison);
        routes.MapGet("/{id}/report", GetReport).WithName("get_comparison_report").Needs(Role.Viewer, Thing.Comparison).Produces<JsonElement>().Produces<string>(StatusCodes.Status200OK, "text/html");
    }

    /// <summary>Starts measuring algorithms on the same folds.</summary>
    internal static async Task<Accepted<ComparisonView>> Start(ComparisonRequest request, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        Comparison comparison = await Record(request, caller, platform, cancellation).ConfigureAwait(false);
        return TypedResults.Accepted($"/api/comparisons/{comparison.Id}", comparison.View(platform));
    }

    internal static async Task<Comparison> Record(ComparisonRequest request, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        caller.Require(Role.Trainer, Thing.Dataset, request.DatasetId, platform);
        Dataset dataset = platform.Datasets.Get(request.DatasetId);
        dataset.ThrowIfNotReady();
        ComparisonPlan plan = request.ToPlan();
        JsonNode profile = await platform.Datasets.ProfileAsync(dataset.Id, null, cancellation).ConfigureAwait(false);
        DataException.ThrowIfAny([.. PlanCheck.Problems(plan, request.Preset is not null, dataset, StoredResults.Read<TableProfileView>(profile))]);
        return await platform.Comparisons.StartAsync(
            new Platform.Runs.ComparisonRequest(dataset.Id, (JsonObject)JsonText.NodeOf(plan)!, request.Name, request.Preset) { AsIs = request.AsIs == true, Terms = caller.Terms(request.Priority, request.After, platform) }).ConfigureAwait(false);
    }

    /// <summary>The comparisons, newest first.</summary>
    internal static Ok<Client.Contracts.Page<ComparisonView>> List(int? offset, int? count, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Comparisons.List(paging.Offset, paging.Count, caller.Projects).View(comparison => comparison.View(platform)));
    }

    /// <summary>One comparison.</summary>
    internal static Ok<ComparisonView> Get(string id, StrataPlatform platform) => TypedResults.Ok(platform.Comparisons.Get(id).View(platform));

    /// <summary>The scores of the folds that are done so far: a series an algorithm, a point a fold.</summary>
    internal static Ok<RunMetrics> GetScores(string id, StrataPlatform platform) =>
        TypedResults.Ok(new RunMetrics([.. platform.Runs.Series(platform.Comparisons.Get(id).Id).Select(RunsViews.View)]));

    /// <summary>The algorithms of a finished comparison, the best first, each tested against the best.</summary>
    internal static Ok<ComparisonResult> GetResult(string id, StrataPlatform platform) => TypedResults.Ok(Finished(id, platform).Result(platform));

    /// <summary>A finished comparison as a page that needs nothing else; <c>format=json</c> answers the same as data.</summary>
    internal static IResult GetReport(string id, string? format, HttpContext context, StrataPlatform platform)
    {
        string file = StoredReport.FileOf(format);
        return StoredReport.Answer(context, platform.Runs.OpenArtifact(Finished(id, platform).Id, file), file);
    }

    /// <exception cref="ConflictException">It has no result, or not yet.</exception>
    private static Comparison Finished(string id, StrataPlatform platform)
    {
        Comparison comparison = platform.Comparisons.Get(id);
        JobStatus status = platform.Jobs.Get(comparison.JobId).Status;
        if (status != JobStatus.Completed)
        {
            throw new ConflictException($"The comparison '{comparison.Name}' {(status.IsEnded() ? "ended without a result" : "has no result yet; it is still at work")}.");
        }

        return comparison;
    }
}
