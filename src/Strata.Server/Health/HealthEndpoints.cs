using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Server.Safety;

namespace Strata.Server.Health;

internal static class HealthEndpoints
{
    private static readonly string Version = typeof(HealthEndpoints).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static void Map(RouteGroupBuilder routes) => routes.MapGet("/", Get).WithName("get_health").Open().OnReplicas();

    /// <summary>Says that the server is up, and which one it is.</summary>
    internal static Ok<HealthView> Get(StrataPlatform platform, ServerStart start)
    {
        // Asking the database keeps a server whose disk is gone from calling itself well.
        _ = platform.Jobs.List(0, 1);
        return TypedResults.Ok(new HealthView("ok", Version, start.Time, platform.Storage.Database.EngineName));
    }
}
