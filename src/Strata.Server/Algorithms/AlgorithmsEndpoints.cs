using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Server.Safety;
using Catalog = Strata.Learning.Catalog;

namespace Strata.Server.Algorithms;

internal static class AlgorithmsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/", List).WithName("list_algorithms").ForUsers();
        routes.MapGet("/{name}", Get).WithName("get_algorithm").ForUsers();
        routes.MapGet("/{name}/schema", GetSchema).WithName("get_algorithm_schema").ForUsers();
    }

    /// <summary>The algorithms that can be trained, with their hyperparameters.</summary>
    internal static Ok<Client.Contracts.Page<AlgorithmView>> List(int? offset, int? count) =>
        TypedResults.Ok(Catalog.Algorithms.All.View(Paging.Of(offset, count), AlgorithmsViews.View));

    /// <summary>One algorithm.</summary>
    internal static Ok<AlgorithmView> Get(string name) => TypedResults.Ok(Named(name).View());

    /// <summary>The JSON schema of an algorithm's hyperparameters.</summary>
    internal static Ok<JsonObject> GetSchema(string name) => TypedResults.Ok(Named(name).JsonSchema());

    private static Catalog.Algorithm Named(string name)
    {
        try
        {
            return Catalog.Algorithms.Named(name);
        }
        catch (DataException e)
        {
            // In an address an unknown name is something that is not there, not unusable data.
            throw new NotFoundException(e.Message);
        }
    }
}
