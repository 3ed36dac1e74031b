using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;

namespace Strata.Server.Sources;

internal static class SourcesEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/", List).WithName("list_sources");
        routes.MapPost("/{name}", Fetch).WithName("fetch_source");
    }

    /// <summary>Where tables can be fetched from, and what can be simulated.</summary>
    internal static Ok<Page<SourceView>> List(int? offset, int? count) => throw new NotBuiltYet();

    /// <summary>Starts a job that fetches or simulates a table; its result is <c>{ dataset_id }</c>.</summary>
    internal static Accepted<JobView> Fetch(string name, SourceRequest? request) => throw new NotBuiltYet();
}
