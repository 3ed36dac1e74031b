using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Client;

namespace Strata.Server.OpenApi;

/// <summary>A request to a route and its answer as somebody may meet them, for the OpenAPI document; null shows none.</summary>
internal sealed record RouteExample(object? Request, object? Answer)
{
    /// <summary>A contract as it travels; what is null is left out, as a person would.</summary>
    public static JsonNode NodeOf(object contract)
    {
        JsonNode node = JsonSerializer.SerializeToNode(contract, contract.GetType(), WireJson.Options)!;
        LeaveNullsOut(node);
        return node;
    }

    private static void LeaveNullsOut(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (string name in members.Where(member => member.Value is null).Select(member => member.Key).ToArray())
            {
                members.Remove(name);
            }
        }

        foreach (JsonNode? inner in node switch { JsonObject many => many.Select(member => member.Value), JsonArray items => items, _ => [] })
        {
            LeaveNullsOut(inner);
        }
    }
}

internal static class RouteExamples
{
    /// <summary>Shows in the OpenAPI document what is sent and what comes back, as contracts: what does not compile is no example.</summary>
    /// <param name="route">The route.</param>
    /// <param name="request">Of the type that the route takes as JSON; null for a route without such a body.</param>
    /// <param name="answer">Of the type that it answers when all is well; null shows none.</param>
    public static RouteHandlerBuilder Example(this RouteHandlerBuilder route, object? request, object? answer = null) => route.WithMetadata(new RouteExample(request, answer));
}
