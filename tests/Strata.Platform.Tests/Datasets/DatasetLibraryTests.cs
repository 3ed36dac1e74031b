using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Platform.Datasets;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Strata.Platform.TestWorker;
using Xunit;

namespace Strata.Platform.Tests.Datasets;

/// <summary>Datasets from upload to deletion, read by real workers.</summary>
public class DatasetLibraryTests : IAsyncLifetime
{
    /// <summary>Null is SQLite.</summary>
    protected virtual string? Database => null;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly TemporaryFolder folder = new();
    private StrataPlatform platform = null!;

    private string Data => folder.At("data");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        platform = StrataPlatform.Open(TestPlatform.OptionsFor(Data, Database) with { MaxUploadBytes = 100_000 }, TestPlatform.LoadModel, TimeProvider.System);
        await platform.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await platform.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_uploaded_table_is_read_shown_and_deleted_without_a_trace()
    {
        Dataset uploaded = await UploadAsync("age,name,target\n31,Ann,yes\n,Bo,no\n45,Cy,yes\n", "people.csv");
        uploaded.Status.ShouldBe(DatasetStatus.Reading);
        Should.Throw<ConflictException>(() => platform.Datasets.Rows(uploaded.Id, 0, 10)).Message.ShouldContain("still being read");
        await Should.ThrowAsync<ConflictException>(() => platform.Datasets.DeleteAsync(uploaded.Id));

        Dataset ready = await ReadyAsync(uploaded);
        ready.Status.ShouldBe(DatasetStatus.Ready, ready.Error);
        (ready.Name, ready.Version, ready.RowCount, ready.ColumnCount, ready.SuggestedTarget).ShouldBe(("people", 1, 3, 3, "target"));
        DatasetRows rows = platform.Datasets.Rows(ready.Id, 1, 1);
        rows.Columns.ShouldBe(["age", "name", "target"]);
        rows.RowCount.ShouldBe(3);
        rows.Rows.ShouldHaveSingleItem().ShouldBe([null, "Bo", "false"]);
        platform.Datasets.OpenTable(ready.Id).RowCount.ShouldBe(3);
        using (var original = new StreamReader(platform.Datasets.OpenOriginal(ready.Id)))
        {
            (await original.ReadToEndAsync(Cancellation)).ShouldStartWith("age,name");
        }

        await platform.Datasets.DeleteAsync(ready.Id);
        Should.Throw<NotFoundException>(() => platform.Datasets.Get(ready.Id));
        platform.Storage.Blobs.All().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_bytes_under_one_name_are_one_version_and_under_two_names_one_blob()
    {
        Dataset first = await UploadAsync("a,b\n1,2\n", "t.csv");
        (await UploadAsync("a,b\n1,2\n", "t.csv")).Id.ShouldBe(first.Id);
        Dataset twin = await UploadAsync("a,b\n1,2\n", "other.csv");
        twin.Id.ShouldNotBe(first.Id);
        twin.OriginalBlob.ShouldBe(first.OriginalBlob);
        twin.ContentHash.ShouldBe(first.ContentHash);
        (await UploadAsync("a,b\n1,3\n", "t.csv")).Version.ShouldBe(2);
        await ReadyAsync(first);
        await ReadyAsync(twin);
        await platform.Datasets.DeleteAsync(first.Id);
        platform.Datasets.Rows(twin.Id, 0, 1).Rows[0].ShouldBe(["1", "2"]);
        platform.Storage.Blobs.Contains(twin.OriginalBlob).ShouldBeTrue();
    }

    [Fact]
    public async Task A_profile_is_made_once_for_each_target()
    {
        Dataset ready = await ReadyAsync(await UploadAsync("a,leak,target\n1,1,yes\n2,0,no\n3,1,yes\n4,0,no\n", "t.csv"));
        JsonNode plain = await platform.Datasets.ProfileAsync(ready.Id, cancellation: Cancellation);
        plain["columns"]!.AsArray().Select(column => column!["name"]!.GetValue<string>()).ShouldBe(["a", "leak", "target"]);
        JsonNode aimed = await platform.Datasets.ProfileAsync(ready.Id, "target", Cancellation);
        aimed["target"]!.GetValue<string>().ShouldBe("target");
        int blobs = platform.Storage.Blobs.All().Count();
        (await platform.Datasets.ProfileAsync(ready.Id, "target", Cancellation)).ToJsonString().ShouldBe(aimed.ToJsonString());
        platform.Storage.Blobs.All().Count().ShouldBe(blobs);
        await Should.ThrowAsync<Learning.Data.DataException>(() => platform.Datasets.ProfileAsync(ready.Id, "absent", Cancellation));
        await platform.Datasets.DeleteAsync(ready.Id);
        platform.Storage.Blobs.All().ShouldBeEmpty();
    }

    [Fact]
    public async Task Other_types_make_another_version_read_from_the_original_bytes()
    {
        Dataset first = await ReadyAsync(await UploadAsync("code,x\n007,1\n042,2\n", "t.csv"));
        Dataset second = await ReadyAsync(await platform.Datasets.RetypeAsync(first.Id, new Dictionary<string, ColumnType> { ["code"] = ColumnType.Category, ["x"] = ColumnType.Float64 }));
        second.Version.ShouldBe(2);
        second.Columns.ShouldBe([new DatasetColumn("code", ColumnType.Category), new DatasetColumn("x", ColumnType.Float64)]);
        platform.Datasets.Rows(second.Id, 0, 1).Rows[0].ShouldBe(["007", "1"]);
        second.ContentHash.ShouldNotBe(first.ContentHash);
        platform.Datasets.Get(first.Id).Columns.ShouldBe(first.Columns);
        Learning.Data.DataException refused = await Should.ThrowAsync<Learning.Data.DataException>(() => platform.Datasets.RetypeAsync(first.Id, new Dictionary<string, ColumnType> { ["cod"] = ColumnType.Text }));
        refused.Message.ShouldContain("Did you mean 'code'?");
    }

    [Fact]
    public async Task A_file_that_is_no_table_fails_with_the_readers_words_and_can_be_deleted()
    {
        Dataset failed = await ReadyAsync(await UploadAsync("\u0001\0\0PK\0\0\0", "virus.csv"));
        failed.Status.ShouldBe(DatasetStatus.Failed);
        failed.Error.ShouldNotBeNullOrWhiteSpace();
        await platform.Datasets.DeleteAsync(failed.Id);
        platform.Datasets.List().Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_cancelled_reading_fails_the_dataset()
    {
        await platform.DisposeAsync();
        platform = StrataPlatform.Open(TestPlatform.OptionsFor(Data, Database) with { WorkerProgram = null }, TestPlatform.LoadModel, TimeProvider.System);
        Dataset uploaded = await UploadAsync("a\n1\n", "t.csv");
        await platform.Jobs.CancelAsync(uploaded.JobId!);
        platform.Datasets.Get(uploaded.Id).Status.ShouldBe(DatasetStatus.Failed);
    }

    [Fact]
    public async Task An_upload_that_is_too_large_or_breaks_off_leaves_nothing()
    {
        TooLargeException refused = await Should.ThrowAsync<TooLargeException>(() => UploadAsync(new string('1', 100_001), "big.csv"));
        refused.LimitInBytes.ShouldBe(100_000);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => platform.Datasets.UploadAsync(new MemoryStream(new byte[10]), new DatasetUpload("t.csv"), gone.Token));
        platform.Datasets.List().Total.ShouldBe(0);
        Directory.EnumerateFiles(Path.Join(Data, "blobs"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("C:\\windows\\x.csv")]
    [InlineData("a\r\nSet-Cookie: x.csv")]
    [InlineData("CON")]
    [InlineData("")]
    public async Task Whatever_a_file_is_called_it_is_only_shown(string fileName)
    {
        Dataset uploaded = await ReadyAsync(await UploadAsync("a,b\n1,2\n", fileName));
        uploaded.Status.ShouldBe(DatasetStatus.Ready, uploaded.Error);
        uploaded.Name.ShouldNotBeEmpty();
        uploaded.Name.ShouldNotContain("\n");
        Directory.GetFileSystemEntries(folder.Root).ShouldBe([Data]);
        folder.Files().ShouldAllBe(path => !path.Contains("passwd") && !path.Contains("CON") && !path.Contains("csv"));
    }

    [Fact]
    public async Task A_damaged_table_file_is_refused()
    {
        Dataset ready = await ReadyAsync(await UploadAsync("a,b\n1,2\n", "t.csv"));
        string path = platform.Storage.Blobs.PathOf(ready.FrameBlob!);
        byte[] bytes = await File.ReadAllBytesAsync(path, Cancellation);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Cancellation);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(5));
        Should.Throw<StorageException>(() => platform.Datasets.Rows(ready.Id, 0, 1)).Message.ShouldContain("damaged");
    }

    private Task<Dataset> UploadAsync(string text, string fileName) =>
        platform.Datasets.UploadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), new DatasetUpload(fileName), Cancellation);

    private async Task<Dataset> ReadyAsync(Dataset dataset)
    {
        Job job = await platform.Jobs.WaitAsync(dataset.JobId!, Patience, Cancellation);
        job.Status.IsEnded().ShouldBeTrue();
        return platform.Datasets.Get(dataset.Id);
    }
}
