using Dapper;
using Microsoft.Data.Sqlite;
using Shouldly;
using Strata.Platform.Datasets;
using Strata.Platform.Jobs;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Platform.TestWorker;
using Strata.Testing;
using Xunit;

namespace Strata.Platform.Tests.Storage;

/// <summary>Databases as earlier versions left them (<c>Fixtures/make.py</c> says how they were made) become the newest and work.</summary>
public sealed class ReleasedSchemaTests(PostgresCluster cluster) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 1, 1, 0)]
    [InlineData(2, 1, 2, 1)]
    [InlineData(3, 2, 1, 0)]
    [InlineData(8, 1, 2, 1)]
    public async Task A_database_of_every_released_schema_is_brought_up_to_date(int schema, int datasets, int runs, int comparisons)
    {
        LayDown(schema, folder.At("strata.db"));
        await using StrataPlatform platform = Open(folder.Root, null);
        Check(platform, datasets, runs, comparisons);
        Directory.GetFiles(folder.At("backups")).ShouldHaveSingleItem().ShouldContain($"schema{schema}");
    }

    /// <summary>The way from SQLite to PostgreSQL, from any version: back up with the new program, restore with it.</summary>
    [Theory]
    [InlineData(1, 1, 1, 0)]
    [InlineData(2, 1, 2, 1)]
    [InlineData(3, 2, 1, 0)]
    [InlineData(8, 1, 2, 1)]
    public async Task A_database_of_every_released_schema_moves_to_PostgreSQL(int schema, int datasets, int runs, int comparisons)
    {
        LayDown(schema, folder.At("strata.db"));
        await StrataPlatform.BackUpAsync(folder.At("strata.backup"), folder.Root, null, TimeProvider.System, Cancellation);
        string database = cluster.EmptyDatabase(nameof(ReleasedSchemaTests));
        await StrataPlatform.RestoreAsync(folder.At("strata.backup"), folder.At("new"), database, TimeProvider.System, Cancellation);
        await using StrataPlatform platform = Open(folder.At("new"), database);
        Check(platform, datasets, runs, comparisons);
        Job job = await platform.Jobs.EnqueueAsync(new JobRequest("succeed", []));
        platform.Jobs.List(0, 1).Items.ShouldHaveSingleItem().Id.ShouldBe(job.Id);
        Dataset added = await platform.Datasets.UploadAsync(new MemoryStream("a,b\n1,2\n"u8.ToArray()), new DatasetUpload("new.csv"), Cancellation);
        platform.Datasets.List().Items[0].Id.ShouldBe(added.Id);
    }

    private static void Check(StrataPlatform platform, int datasets, int runs, int comparisons)
    {
        platform.Datasets.List().Total.ShouldBe(datasets);
        platform.Comparisons.List().Total.ShouldBe(comparisons);
        Page<Run> found = platform.Runs.List();
        found.Total.ShouldBe(runs);
        Run trained = found.Items.Last(run => run.JobId is not null);
        platform.Models.Get(trained.ModelId!).RunId.ShouldBe(trained.Id);
        trained.Metrics.ShouldNotBeEmpty();
        platform.Runs.Series(trained.Id).ShouldNotBeEmpty();
        platform.Runs.Artifacts(trained.Id).Count.ShouldBeGreaterThan(2);
        Job job = platform.Jobs.Get(trained.JobId!);
        job.Status.ShouldBe(JobStatus.Completed);
        platform.Jobs.Log(job.Id).ShouldNotBeNull();
        platform.Models.List().Items.Select(model => model.Algorithm).ShouldAllBe(name => name.Length > 0);
        platform.Datasets.List().Items.ShouldAllBe(dataset => dataset.Columns.Count > 0 && dataset.Layout != null);
    }

    /// <summary>What came with schemas 4 to 8: accounts, tracking, the registry, deployments with their log.</summary>
    [Fact]
    public async Task What_was_served_reported_and_written_down_in_schema_8_is_there_afterwards()
    {
        LayDown(8, folder.At("strata.db"));
        await using StrataPlatform platform = Open(folder.Root, null);
        platform.Users.HasAdmin().ShouldBeTrue();
        platform.Audit.Verify().IsWhole.ShouldBeTrue();
        platform.Deployments.Get("planets").Current.Number.ShouldBe(1);
        platform.Deployments.LoggedCount("planets").ShouldBe(1);
        platform.Deployments.Known("planets", DateTimeOffset.UnixEpoch).Count.ShouldBe(1);
        platform.Registry.GetVersion("registered", 1).Status.ShouldBe(ModelVersionStatus.Training);
        Run reported = platform.Runs.List().Items.Single(run => run.JobId is null);
        (reported.Parameters["depth"], reported.Metrics["acc"], reported.Tags["who"]).ShouldBe(("3", 0.5, "me"));
    }

    private static StrataPlatform Open(string folder, string? database) =>
        StrataPlatform.Open(TestPlatform.OptionsFor(folder, database) with { WorkerProgram = null }, TestPlatform.LoadModel, TimeProvider.System);

    internal static void LayDown(int schema, string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        connection.Execute(File.ReadAllText(Path.Join(AppContext.BaseDirectory, "Storage", "Fixtures", $"schema{schema}.sql")));
    }
}
