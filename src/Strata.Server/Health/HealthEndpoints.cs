using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;

namespace Strata.Server.Health;

internal static class HealthEndpoints
{
    public static void Map(RouteGroupBuilder routes) => routes.MapGet("/", Get).WithName("get_health");

    /// <summary>Says that the server is up, and which one it is.</summary>
    internal static Ok<HealthView> Get() => throw new NotBuiltYet();
}
