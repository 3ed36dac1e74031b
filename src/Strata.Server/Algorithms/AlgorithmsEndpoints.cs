using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;

namespace Strata.Server.Algorithms;

internal static class AlgorithmsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/", List).WithName("list_algorithms");
        routes.MapGet("/{name}", Get).WithName("get_algorithm");
        routes.MapGet("/{name}/schema", GetSchema).WithName("get_algorithm_schema");
    }

    /// <summary>The algorithms that can be trained, with their hyperparameters.</summary>
    internal static Ok<Page<AlgorithmView>> List(int? offset, int? count) => throw new NotBuiltYet();

    /// <summary>One algorithm.</summary>
    internal static Ok<AlgorithmView> Get(string name) => throw new NotBuiltYet();

    /// <summary>The JSON schema of an algorithm's hyperparameters.</summary>
    internal static Ok<JsonObject> GetSchema(string name) => throw new NotBuiltYet();
}
