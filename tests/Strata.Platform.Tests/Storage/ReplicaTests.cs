using Dapper;
using Shouldly;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Strata.Platform.TestWorker;
using Strata.Testing;
using Xunit;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Tests.Storage;

/// <summary>A second server on one PostgreSQL and one data folder that only predicts.</summary>
public sealed class ReplicaTests(PostgresCluster cluster) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string database = cluster.EmptyDatabase(nameof(ReplicaTests));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_two_servers_write_at_once_is_as_if_they_had_taken_turns()
    {
        const int each = 150;
        await using StrataPlatform first = Open(isReplica: false), replica = Open(isReplica: true);
        await first.Storage.Database.WriteAsync(connection => { connection.Execute("create table counters (value bigint); insert into counters values (0)"); });
        await Task.WhenAll(new[] { first, replica }.SelectMany(platform => Enumerable.Range(0, each).Select(_ => platform.Storage.Database.WriteAsync(connection =>
        {
            long value = connection.ExecuteScalar<long>("select value from counters");
            connection.Execute("update counters set value = @next", new { next = value + 1 });
        }))));
        replica.Storage.Database.Read(connection => connection.ExecuteScalar<long>("select value from counters")).ShouldBe(2 * each);
    }

    [Fact]
    public async Task A_replica_runs_no_jobs_and_leaves_half_written_files_to_the_first_server()
    {
        await using StrataPlatform first = Open(isReplica: false);
        string halfWritten = Path.Join(first.Storage.Folder, "blobs", "incoming.x.tmp");
        await File.WriteAllTextAsync(halfWritten, "half", Cancellation);
        Job job = await first.Jobs.EnqueueAsync(new JobRequest("succeed", []));
        await using StrataPlatform replica = Open(isReplica: true);
        await replica.StartAsync(Cancellation);
        await Task.Delay(300, Cancellation);
        replica.Jobs.Get(job.Id).Status.ShouldBe(JobStatus.Queued);
        File.Exists(halfWritten).ShouldBeTrue();
    }

    [Fact]
    public void A_replica_takes_what_a_first_server_of_its_own_version_has_made()
    {
        Should.Throw<DataException>(() => Open(isReplica: true)).Message.ShouldContain("no data folder");
        Should.Throw<DataException>(() => StrataPlatform.Open(TestPlatform.OptionsFor(folder.Root) with { IsReplica = true }, TestPlatform.LoadModel, TimeProvider.System)).Message.ShouldContain("PostgreSQL");
        Directory.CreateDirectory(Path.Join(folder.Root, "blobs"));
        Should.Throw<StorageException>(() => Open(isReplica: true)).Message.ShouldContain("Start the first server");
        Database.Open(new Platform.Storage.Engines.PostgresEngine(database, TimeSpan.FromSeconds(10)), [.. StrataPlatform.Schema.SkipLast(1)], folder.At("backups"), TimeProvider.System).Dispose();
        Should.Throw<StorageException>(() => Open(isReplica: true)).Message.ShouldContain("another version");
    }

    private StrataPlatform Open(bool isReplica) => StrataPlatform.Open(TestPlatform.OptionsFor(folder.Root, database) with { IsReplica = isReplica }, TestPlatform.LoadModel, TimeProvider.System);
}
