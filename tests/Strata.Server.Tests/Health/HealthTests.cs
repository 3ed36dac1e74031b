using Shouldly;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_says_which_server_this_is()
    {
        await using RunningServer server = await RunningServer.Start();
        HealthView health = await (await server.Http.GetAsync("/api/health", TestContext.Current.CancellationToken)).Read<HealthView>();
        health.Status.ShouldBe("ok");
        health.Storage.ShouldBe("sqlite");
        health.Version.ShouldMatch(@"^\d+\.\d+\.\d+$");
        health.StartedAt.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
    }
}
