using System.Text;
using Shouldly;
using Strata.Learning.Data;
using Strata.Platform.Datasets;
using Strata.Platform.Features;
using Strata.Platform.Jobs;
using Strata.Platform.TestWorker;
using Strata.Testing;
using Xunit;

namespace Strata.Platform.Tests.Features;

/// <summary>Feature groups from definition to deletion, worked out by real workers.</summary>
public class FeatureStoreTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly TemporaryFolder folder = new();
    private StrataPlatform platform = null!;

    /// <summary>Null is SQLite.</summary>
    protected virtual string? Database => null;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        platform = StrataPlatform.Open(TestPlatform.OptionsFor(folder.At("data"), Database), TestPlatform.LoadModel, TimeProvider.System);
        await platform.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await platform.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Features_are_defined_worked_out_joined_asked_for_and_deleted_without_a_trace()
    {
        Dataset events = await UploadAsync("who,at,amount\n7,2024-01-01,5\n7,2024-01-03,7\n8,2024-01-02,1\n", "events.csv");
        FeatureGroup group = await platform.Features.DefineAsync(Definition(events, new FeatureDefinition("amount", "amount"), new FeatureDefinition("spent", "amount", FeatureAggregate.Sum, TimeSpan.FromDays(30))));
        (group.Version, group.Owner, group.Values).ShouldBe((1, "ann", null));
        Should.Throw<ConflictException>(() => platform.Features.Online(group.Id, ["7"])).Message.ShouldContain("Materialise it first");

        Job made = await EndAsync(await platform.Features.MaterialiseAsync(group.Id));
        made.Status.ShouldBe(JobStatus.Completed, made.Error);
        group = platform.Features.Get(group.Id);
        (group.Values!.Rows, group.Values.Entities, group.Values.JobId).ShouldBe((3, 2, made.Id));

        OnlineFeatures latest = platform.Features.Online(group.Id, ["7"]);
        (latest.EventTime, latest.Features["spent"].Text).ShouldBe((new DateTimeOffset(2024, 1, 3, 0, 0, 0, TimeSpan.Zero), "12"));
        platform.Features.Online(group.Id, ["7"], new DateTimeOffset(2024, 1, 2, 0, 0, 0, TimeSpan.Zero)).Features["spent"].Text.ShouldBe("5");
        platform.Features.Online(group.Id, ["9"]).EventTime.ShouldBeNull();
        Should.Throw<Learning.Data.DataException>(() => platform.Features.Online(group.Id, ["7", "8"])).Message.ShouldContain("2 values");

        Dataset asked = await UploadAsync("who,asked,bought\n7,2024-01-02,yes\n8,2024-01-01,no\n8,2024-02-01,yes\n", "asked.csv");
        Job joining = await EndAsync(await platform.Features.JoinAsync(new FeatureJoinRequest(asked.Id, "asked", [FeatureReference.Parse("spending:spent"), FeatureReference.Parse("spending@1:amount")])));
        joining.Status.ShouldBe(JobStatus.Completed, joining.Error);
        Dataset joined = platform.Datasets.Get(joining.Result!["dataset_id"]!.GetValue<string>());
        (joined.Name, joined.Origin, joined.Status, joined.RowCount, joined.JobId).ShouldBe(("asked features", DatasetOrigin.Derived, DatasetStatus.Ready, 3, joining.Id));
        joined.Notes.ShouldBe(["spending@1: known for 2 of 3 rows."]);
        DatasetRows rows = platform.Datasets.Rows(joined.Id, 0, 3);
        rows.Columns.ShouldBe(["who", "asked", "bought", "spent", "amount"]);
        rows.Rows.Select(row => row[3]).ShouldBe(["5", null, "1"]);
        (await platform.Datasets.ProfileAsync(joined.Id, cancellation: Cancellation))["columns"]!.AsArray().Count.ShouldBe(5);

        Job again = await EndAsync(await platform.Features.JoinAsync(new FeatureJoinRequest(asked.Id, "asked", [FeatureReference.Parse("spending:spent"), FeatureReference.Parse("spending:amount")])));
        again.Result!["dataset_id"]!.GetValue<string>().ShouldBe(joined.Id);
        Dataset read = await EndedAsync(await platform.Datasets.RetypeAsync(joined.Id, new Dictionary<string, ColumnType> { ["who"] = ColumnType.Category }));
        read.Columns.Select(column => column.Type).ShouldBe([ColumnType.Category, .. joined.Columns.Skip(1).Select(column => column.Type)]);

        await platform.Features.DeleteAsync(group.Id);
        Should.Throw<NotFoundException>(() => platform.Features.Get(group.Id));
        foreach (Dataset dataset in new[] { events, asked, joined, read })
        {
            await platform.Datasets.DeleteAsync(dataset.Id);
        }

        platform.Storage.Blobs.All().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_definition_never_changes_another_is_the_next_version_and_the_same_is_the_same()
    {
        Dataset events = await UploadAsync("who,at,amount\n7,2024-01-01,5\n", "events.csv");
        FeatureGroup first = await platform.Features.DefineAsync(Definition(events, new FeatureDefinition("amount", "amount")));
        (await platform.Features.DefineAsync(Definition(events, new FeatureDefinition("amount", "amount")))).Id.ShouldBe(first.Id);
        FeatureGroup second = await platform.Features.DefineAsync(Definition(events, new FeatureDefinition("amount", "amount"), new FeatureDefinition("count", "amount", FeatureAggregate.Count)));
        (second.Version, platform.Features.List(name: "spending").Total, platform.Features.List(name: "other").Total, platform.Features.List(projects: ["p"]).Total).ShouldBe((2, 2, 0, 0));
        await Should.ThrowAsync<NotFoundException>(() => platform.Features.JoinAsync(new FeatureJoinRequest(events.Id, "at", [FeatureReference.Parse("spending@3:amount")])));
        (await Should.ThrowAsync<Learning.Data.DataException>(() => platform.Features.JoinAsync(new FeatureJoinRequest(events.Id, "when", [FeatureReference.Parse("spending@1:count")])))).Problems.Count.ShouldBe(2);
        await Should.ThrowAsync<ConflictException>(() => platform.Features.JoinAsync(new FeatureJoinRequest(events.Id, "at", [FeatureReference.Parse("spending:count")])));
    }

    [Fact]
    public async Task Values_of_newer_rows_take_the_place_of_the_old_ones_which_are_swept_away()
    {
        Dataset events = await UploadAsync("who,at,amount\n7,2024-01-01,5\n", "events.csv");
        FeatureGroup group = await platform.Features.DefineAsync(Definition(events, new FeatureDefinition("amount", "amount")));
        await EndAsync(await platform.Features.MaterialiseAsync(group.Id));
        string before = platform.Features.Get(group.Id).Values!.Blob;
        platform.Features.Online(group.Id, ["7"]).Features["amount"].Text.ShouldBe("5");
        Dataset newer = await UploadAsync("who,at,amount\n7,2024-01-01,5\n7,2024-02-01,6\n", "events.csv");
        await EndAsync(await platform.Features.MaterialiseAsync(group.Id, newer.Id));
        platform.Features.Get(group.Id).Values!.DatasetId.ShouldBe(newer.Id);
        platform.Features.Online(group.Id, ["7"]).Features["amount"].Text.ShouldBe("6");
        for (int tries = 0; tries < 100 && platform.Storage.Blobs.Contains(before); tries++)
        {
            await Task.Delay(50, Cancellation);
        }

        platform.Storage.Blobs.Contains(before).ShouldBeFalse();
        await platform.Storage.SweepAsync();
        platform.Features.Online(group.Id, ["7"]).Features["amount"].Text.ShouldBe("6");
    }

    private static FeatureGroupRequest Definition(Dataset source, params FeatureDefinition[] features) => new("spending", source.Id, new FeaturePlan(["who"], "at", features), "ann");

    private Task<Job> EndAsync(string jobId) => platform.Jobs.WaitAsync(jobId, Patience, Cancellation);

    private async Task<Dataset> UploadAsync(string table, string fileName) =>
        await EndedAsync(await platform.Datasets.UploadAsync(new MemoryStream(Encoding.UTF8.GetBytes(table)), new DatasetUpload(fileName), Cancellation));

    private async Task<Dataset> EndedAsync(Dataset dataset)
    {
        await EndAsync(dataset.JobId!);
        return platform.Datasets.Get(dataset.Id);
    }
}

public sealed class FeatureStoreOnPostgresTests(PostgresCluster cluster) : FeatureStoreTests
{
    protected override string? Database { get; } = cluster.EmptyDatabase(nameof(FeatureStoreOnPostgresTests));
}
