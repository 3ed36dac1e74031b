namespace Strata.Server;

/// <summary>When this server was put together.</summary>
internal sealed class ServerStart(TimeProvider clock)
{
    public DateTimeOffset Time { get; } = clock.GetUtcNow();
}
