using System.Collections.Concurrent;
using Strata.Platform;

namespace Strata.Server.Safety;

/// <summary>Writes into the audit log what known callers were refused: each route once a minute for each caller, so that nobody fills the disk by asking.</summary>
internal sealed class Refusals(TimeProvider clock)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Who, string Route), long> told = new();

    public Task Note(Caller caller, RouteEndpoint route, PathString path, StrataPlatform platform)
    {
        if (told.Count > MostRemembered)
        {
            told.Clear();
        }

        string action = route.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? route.RoutePattern.RawText ?? string.Empty;
        (string, string) key = (caller.Actor.Id ?? caller.Actor.Name, action);
        long now = clock.GetTimestamp();
        if (told.TryGetValue(key, out long before) && clock.GetElapsedTime(before, now) < Pause)
        {
            return Task.CompletedTask;
        }

        told[key] = now;
        return platform.Audit.AddAsync(caller.Actor, "refuse", path.ToString().TrimStart('/'), action);
    }
}
