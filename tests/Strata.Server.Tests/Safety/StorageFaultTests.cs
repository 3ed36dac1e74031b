using System.Diagnostics;
using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;
using Shouldly;
using Strata.Client.Contracts;
using Strata.Testing;
using Xunit;

namespace Strata.Server.Tests.Safety;

/// <summary>What a caller sees while the database cannot do its part.</summary>
public sealed class StorageFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_that_stays_locked_is_answered_with_503_and_when_to_come_back()
    {
        await using RunningServer server = await RunningServer.Start(options => options with { DatabaseWait = TimeSpan.FromSeconds(1) });
        using (var other = new SqliteConnection($"Data Source={Path.Join(server.DataFolder, "strata.db")};Pooling=False"))
        {
            other.Open();
            other.Execute("begin immediate");
            HttpResponseMessage answer = await UploadAsync(server);
            (await answer.Problem(503)).Title.ShouldBe("Storage is busy");
            answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
            (await server.Client.DatasetsAsync(cancellation: Cancellation)).Total.ShouldBe(0, "reading goes on");
            other.Execute("rollback");
        }

        (await UploadAsync(server)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Client.DatasetsAsync(cancellation: Cancellation)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task After_PostgreSQL_was_killed_the_server_goes_on_by_itself_within_ten_seconds()
    {
        using var cluster = new PostgresCluster();
        string database = cluster.EmptyDatabase("outage");
        await using RunningServer server = await RunningServer.Start(options => options with { Database = database, DatabaseWait = TimeSpan.FromSeconds(1) });
        (await UploadAsync(server)).StatusCode.ShouldBe(HttpStatusCode.Created);
        cluster.Kill();
        HttpResponseMessage lost = await UploadAsync(server);
        await lost.Problem(503);
        lost.Headers.RetryAfter.ShouldNotBeNull();
        await (await server.Http.GetAsync("/api/datasets", Cancellation)).Problem(503);
        cluster.Restart();
        var watch = Stopwatch.StartNew();
        while ((await UploadAsync(server, "again.csv")).StatusCode != HttpStatusCode.Created)
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
            await Task.Delay(100, Cancellation);
        }

        Page<DatasetView> stored = await server.Client.DatasetsAsync(cancellation: Cancellation);
        stored.Items.Select(dataset => dataset.Name).ShouldBe(["again", "t"], ignoreOrder: true);
    }

    private static async Task<HttpResponseMessage> UploadAsync(RunningServer server, string fileName = "t.csv")
    {
        using var form = new MultipartFormDataContent { { new StringContent("a,b\n1,2\n"), "file", fileName } };
        return await server.Http.PostAsync("/api/datasets", form, Cancellation);
    }
}
