using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Strata.Server.Jobs;
using Strata.Server.Repeats;
using Strata.Server.Safety;
using Strata.Solutions;
using SourceRequest = Strata.Client.Contracts.SourceRequest;

namespace Strata.Server.Sources;

internal static class SourcesEndpoints
{
    private const int MostRows = 1_000_000;

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/", List).WithName("list_sources").ForUsers();
        routes.MapPost("/{name}", Fetch).WithName("fetch_source").Makes().Needs(Role.Trainer);
    }

    /// <summary>Where tables can be fetched from, and what can be simulated.</summary>
    internal static Ok<Client.Contracts.Page<SourceView>> List(int? offset, int? count)
    {
        ITableSource[] sources = [.. Solution.All.SelectMany(solution => solution.Sources)];
        return TypedResults.Ok(sources.View(
            Paging.Of(offset, count),
            source => new SourceView(source.Name, source.Title, source.Description, source.Kind.To<Client.Contracts.SourceKind>(), source.DatasetName)));
    }

    /// <summary>Starts a job that fetches or simulates a table; its result is <c>{ dataset_id }</c>.</summary>
    internal static async Task<Accepted<JobView>> Fetch(string name, SourceRequest? request, Caller caller, StrataPlatform platform, ServerOptions options)
    {
        ITableSource source = Solution.SourceOf(name) ?? throw NotFoundException.Of("source", name);
        if (request?.RowCount is < 1 or > MostRows)
        {
            throw new DataException($"row_count is {request.RowCount}; expected 1 to {MostRows}.");
        }

        string project = caller.ProjectFor(Role.Trainer, request?.Project, platform);
        JobRequest fetch = FetchSource.Request(source.Name, request?.RowCount, request?.Seed ?? 0, platform.CacheFolder(), options.ArchiveAddress) with { Project = project, Terms = caller.Terms() };
        Job job = await platform.Jobs.EnqueueAsync(fetch).ConfigureAwait(false);
        return TypedResults.Accepted($"/api/jobs/{job.Id}", job.View());
    }
}
