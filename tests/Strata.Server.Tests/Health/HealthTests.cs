using Shouldly;
using Strata.Client.Contracts;
using Strata.Testing;
using Xunit;

namespace Strata.Server.Tests.Health;

public sealed class HealthTests(PostgresCluster cluster)
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

    [Fact]
    public async Task Health_names_the_database()
    {
        string database = cluster.EmptyDatabase(nameof(HealthTests));
        await using RunningServer server = await RunningServer.Start(options => options with { Database = database });
        (await (await server.Http.GetAsync("/api/health", TestContext.Current.CancellationToken)).Read<HealthView>()).Storage.ShouldBe("postgresql");
    }
}
