using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Jobs;
using Strata.Server.Jobs;
using Strata.Server.Repeats;
using Strata.Server.Safety;

namespace Strata.Server.Registry;

/// <summary>Models measured on the same dataset, side by side.</summary>
internal static class BenchmarksEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/", Start).WithName("start_benchmark").Makes().Needs(Role.Trainer);
        routes.MapGet("/", List).WithName("list_benchmarks").ForUsers();
        routes.MapGet("/{id}", Get).WithName("get_benchmark").Needs(Role.Viewer, Thing.Job);
        routes.MapGet("/{id}/result", GetResult).WithName("get_benchmark_result").Needs(Role.Viewer, Thing.Job);
    }

    /// <summary>Starts measuring models, or versions of registered ones, on a dataset whose target is known.</summary>
    internal static async Task<Accepted<BenchmarkView>> Start(BenchmarkRequest request, Caller caller, StrataPlatform platform)
    {
        string project = caller.Require(Role.Trainer, Thing.Dataset, request.DatasetId, platform);
        (string ModelId, string? Name)[] models = [.. request.Models.Select(asked => Named(asked, project, platform))];
        foreach ((string modelId, _) in models)
        {
            caller.Require(Role.Viewer, Thing.Model, modelId, platform);
        }

        Job job = await platform.Benchmarks.StartAsync(request.DatasetId, models, request.Metric, caller.Terms(request.Priority, null, platform)).ConfigureAwait(false);
        return TypedResults.Accepted($"/api/benchmarks/{job.Id}", job.Benchmark());
    }

    /// <summary>The benchmarks, newest first.</summary>
    internal static Ok<Client.Contracts.Page<BenchmarkView>> List(int? offset, int? count, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Benchmarks.List(paging.Offset, paging.Count, caller.Projects).View(BenchmarksViews.Benchmark));
    }

    /// <summary>One benchmark.</summary>
    internal static Ok<BenchmarkView> Get(string id, StrataPlatform platform) => TypedResults.Ok(platform.Benchmarks.Get(id).Benchmark());

    /// <summary>The models of a finished benchmark, the best first, each compared with the best.</summary>
    internal static Ok<BenchmarkResult> GetResult(string id, StrataPlatform platform) => TypedResults.Ok(platform.Benchmarks.Result(id).View());

    private static (string ModelId, string? Name) Named(BenchmarkModelRequest asked, string project, StrataPlatform platform) => asked switch
    {
        { ModelId: string id, Name: null, Version: null } => (id, null),
        { ModelId: null, Name: string name, Version: int version } => (
            platform.Registry.GetVersion(name, version, project).ModelId ?? throw new ConflictException($"'{name}' version {version} is no stored model of Strata, so it cannot be measured."),
            $"{name} version {version}"),
        _ => throw new DataException("Each of models has either a model_id, or a name and a version."),
    };
}
