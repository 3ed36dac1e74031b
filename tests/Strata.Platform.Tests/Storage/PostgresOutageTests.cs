using System.Collections.Concurrent;
using System.Diagnostics;
using Dapper;
using Npgsql;
using Shouldly;
using Strata.Platform.Storage;
using Strata.Platform.Storage.Engines;
using Strata.Testing;
using Xunit;

namespace Strata.Platform.Tests.Storage;

/// <summary>PostgreSQL killed under load, on a cluster of this class's own.</summary>
public sealed class PostgresOutageTests : IDisposable
{
    private static readonly Migration[] Schema = [new(1, "numbers", "create table numbers (value integer primary key)")];

    private readonly PostgresCluster cluster = new();
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        cluster.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Writes_wait_for_a_killed_database_and_none_is_lost_or_done_twice()
    {
        using Database database = Open(cluster.EmptyDatabase(nameof(PostgresOutageTests)), TimeSpan.FromSeconds(20));
        var acknowledged = new ConcurrentBag<int>();
        int next = 0;
        using var enough = new CancellationTokenSource();
        Task[] writers = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                int value = Interlocked.Increment(ref next);
                await database.WriteAsync(connection => { connection.Execute("insert into numbers values (@value)", new { value }); });
                acknowledged.Add(value);
            }
        }))];
        for (int kill = 0; kill < 3; kill++)
        {
            await Task.Delay(200, Cancellation);
            int before = acknowledged.Count;
            cluster.KillAndRestart(TimeSpan.FromMilliseconds(300));
            for (var watch = Stopwatch.StartNew(); acknowledged.Count < before + 20; await Task.Delay(20, Cancellation))
            {
                watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
            }
        }

        await enough.CancelAsync();
        await Task.WhenAll(writers);
        database.Read(connection => connection.Query<int>("select value from numbers order by value")).ShouldBe(acknowledged.Order());
    }

    [Fact]
    public async Task While_the_database_is_gone_requests_are_refused_for_now_and_afterwards_all_is_well()
    {
        using Database database = Open(cluster.EmptyDatabase(nameof(PostgresOutageTests)), TimeSpan.FromMilliseconds(500));
        await database.WriteAsync(connection => { connection.Execute("insert into numbers values (1)"); });
        Count(database).ShouldBe(1);
        cluster.Kill();
        var watch = Stopwatch.StartNew();
        (await Should.ThrowAsync<StorageException>(() => database.WriteAsync(connection => { connection.Execute("insert into numbers values (2)"); }))).IsTemporary.ShouldBeTrue();
        Should.Throw<StorageException>(() => Count(database)).IsTemporary.ShouldBeTrue();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        cluster.Restart();
        await database.WriteAsync(connection => { connection.Execute("insert into numbers values (3)"); });
        Count(database).ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_commit_whose_answer_is_lost_is_asked_for_and_told_truly(bool committed)
    {
        var engine = new PostgresEngine(cluster.EmptyDatabase(nameof(PostgresOutageTests)), TimeSpan.FromSeconds(10));
        using Database database = Database.Open(engine, Schema, folder.At("backups"), TimeProvider.System);
        int commits = 0;
        engine.BeforeStatement = command =>
        {
            if (command.CommandText.EndsWith("; commit", StringComparison.Ordinal) && commits++ == 0)
            {
                if (committed)
                {
                    command.ExecuteNonQuery();
                }

                throw new NpgsqlException("The connection broke.", new IOException("cut"));
            }
        };
        int runs = 0;
        await database.WriteAsync(connection =>
        {
            runs++;
            connection.Execute("insert into numbers values (1)");
        });
        runs.ShouldBe(committed ? 1 : 2);
        Count(database).ShouldBe(1);
    }

    private Database Open(string connectionString, TimeSpan wait) =>
        Database.Open(new PostgresEngine(connectionString, wait), Schema, folder.At("backups"), TimeProvider.System);

    private static long Count(Database database) => database.Read(connection => connection.ExecuteScalar<long>("select count(*) from numbers"));
}
