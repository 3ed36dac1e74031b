using System.Diagnostics;
using System.Globalization;
using Dapper;
using Shouldly;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Strata.Testing;
using Xunit;

namespace Strata.Platform.Tests.Jobs;

/// <summary>Sixty-four who claim jobs at the same moment; 400 jobs, or as many as the environment asks for.</summary>
public abstract class ClaimContract
{
    private const int Claimers = 64;

    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("STRATA_CLAIM_JOBS") ?? "400", CultureInfo.InvariantCulture);

    protected abstract string? Database { get; }

    [Fact]
    public async Task However_many_claim_at_once_no_job_is_given_twice_and_none_is_left()
    {
        await using JobHouse house = JobHouse.Idle(options => options with { Database = Database, DatabaseWait = TimeSpan.FromMinutes(1), MaxQueuedPerProject = Count, MaxQueuedPerUser = Count });
        string[] ids = await house.Platform.Storage.Database.WriteAsync(connection =>
            Enumerable.Range(0, Count).Select(i => house.Jobs.Enqueue(connection, new JobRequest("succeed", []) { Terms = new JobTerms { AskedBy = $"user {i % 7}" } })).ToArray());
        var watch = Stopwatch.StartNew();
        string[][] claimed = await Task.WhenAll(Enumerable.Range(0, Claimers).Select(_ => Task.Run(() => ClaimAll(house))));
        TestContext.Current.SendDiagnosticMessage($"{Count} jobs claimed by {Claimers} in {watch.Elapsed.TotalSeconds:0.0} s");
        claimed.SelectMany(mine => mine).Order().ShouldBe(ids.Order());
        house.Platform.Storage.Database.Read(connection => connection.ExecuteScalar<int>("select count(*) from jobs where attempt <> 1")).ShouldBe(0);
        await house.Platform.Storage.Database.WriteAsync(connection => { connection.Execute("update jobs set status = 'failed', ended_at = 1"); });
    }

    private static async Task<string[]> ClaimAll(JobHouse house)
    {
        var claimed = new List<string>();
        while (await house.Jobs.ClaimAsync() is Job job)
        {
            claimed.Add(job.Id);
        }

        return [.. claimed];
    }
}

public sealed class ClaimTests : ClaimContract
{
    protected override string? Database => null;
}

public sealed class ClaimOnPostgresTests(PostgresCluster cluster) : ClaimContract
{
    protected override string? Database { get; } = cluster.EmptyDatabase(nameof(ClaimOnPostgresTests));
}
