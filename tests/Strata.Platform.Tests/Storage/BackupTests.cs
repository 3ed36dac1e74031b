using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dapper;
using Shouldly;
using Strata.Platform.Datasets;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Platform.Storage.Backups;
using Strata.Platform.TestWorker;
using Strata.Testing;
using Xunit;

namespace Strata.Platform.Tests.Storage;

public sealed class BackupTests(PostgresCluster cluster) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => folder.At("strata.backup");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task What_is_backed_up_under_load_is_restored_whole_into_either_database(bool fromPostgres, bool toPostgres)
    {
        string? from = fromPostgres ? cluster.EmptyDatabase("backup-from") : null, to = toPostgres ? cluster.EmptyDatabase("backup-to") : null;
        ConcurrentDictionary<string, string> before;
        Dataset dataset;
        await using (StrataPlatform platform = await OpenAsync("first", from))
        {
            dataset = await platform.Datasets.UploadAsync(new MemoryStream("a,b\n1,2\n3,4\n"u8.ToArray()), new DatasetUpload("t.csv"), Cancellation);
            await platform.Jobs.WaitAsync(dataset.JobId!, TimeSpan.FromSeconds(40), Cancellation);
            await platform.Storage.Database.WriteAsync(connection => MetricSeries.Append(connection, "odd", [
                new("m", 0, double.NaN), new("m", 1, double.PositiveInfinity), new("m", 2, -1e-300), new("m", 3, 0.1), new("m", 4, 1e300), new("\u00e4 \"x\"\n\\", long.MaxValue, 7)]));

            using var enough = new CancellationTokenSource();
            var stored = new ConcurrentDictionary<string, string>();
            Task[] writers = [.. Enumerable.Range(0, 4).Select(writer => WriteAsync(platform.Storage, writer, stored, enough.Token))];
            await UntilAsync(() => stored.Count > 40);
            before = new ConcurrentDictionary<string, string>(stored);
            int count = stored.Count;
            BackupManifest made = await platform.Storage.BackUpAsync(File, TimeProvider.System, Cancellation);
            made.Unreadable.ShouldBeEmpty();
            await UntilAsync(() => stored.Count > count + 10);
            await enough.CancelAsync();
            await Task.WhenAll(writers);
        }

        BackupManifest manifest = await StrataPlatform.RestoreAsync(File, folder.At("second"), to, TimeProvider.System, Cancellation);
        manifest.Engine.ShouldBe(fromPostgres ? "postgresql" : "sqlite");
        await using StrataPlatform restored = await OpenAsync("second", to);
        restored.Datasets.Rows(dataset.Id, 0, 10).Rows.Count.ShouldBe(2);
        restored.Runs.Series("odd").SelectMany(series => series.Points).Select(point => point.Value)
            .ShouldBe([double.NaN, double.PositiveInfinity, -1e-300, 0.1, 1e300, 7]);
        Dictionary<string, string> found = restored.Storage.Database.Read(connection => connection.Query<(string Name, string Hash)>("select name, hash from artifacts where owner = 'load'").ToDictionary(row => row.Name, row => row.Hash));
        before.ShouldAllBe(row => found[row.Key] == row.Value);
        found.Values.ShouldAllBe(hash => restored.Storage.Blobs.ReadAll(hash).Length == 5000);

        // What was restored gives the same backup again, and new rows number themselves behind the old.
        BackupManifest again = await restored.Storage.BackUpAsync(folder.At("again.backup"), TimeProvider.System, Cancellation);
        again.Tables.Select(Rows).ShouldBe(manifest.Tables.Select(Rows), ignoreOrder: true);
        again.Files.ShouldBe(manifest.Files, ignoreOrder: true);
        Job job = await restored.Jobs.EnqueueAsync(new JobRequest("succeed", []));
        (await restored.Jobs.WaitAsync(job.Id, TimeSpan.FromSeconds(40), Cancellation)).Status.ShouldBe(JobStatus.Completed);

        static string Rows(BackupTable table) => $"{table.Name} {table.Rows} {table.Digest}";
    }

    [Fact]
    public async Task A_job_at_work_goes_on_from_its_checkpoint_in_the_restored_folder()
    {
        await using (StrataPlatform platform = await OpenAsync("first", null))
        {
            Job job = await platform.Jobs.EnqueueAsync(new JobRequest("hang", []));
            await UntilAsync(() => platform.Jobs.Get(job.Id).Status == JobStatus.Running);
            DurableFile.Write(new AttemptFolder(Path.Join(platform.Storage.AttemptsFolder, $"{job.Id}-1")).CheckpointFile, "half"u8);
            await platform.Storage.BackUpAsync(File, TimeProvider.System, Cancellation);
            await platform.Jobs.CancelAsync(job.Id);
            await platform.Jobs.WaitAsync(job.Id, TimeSpan.FromSeconds(40), Cancellation);
        }

        await StrataPlatform.RestoreAsync(File, folder.At("second"), null, TimeProvider.System, Cancellation);
        string checkpoint = Directory.GetFiles(folder.At("second/attempts"), "checkpoint", SearchOption.AllDirectories).ShouldHaveSingleItem();
        (await System.IO.File.ReadAllTextAsync(checkpoint, Cancellation)).ShouldBe("half");
    }

    [Fact]
    public async Task A_closed_folder_is_backed_up_as_it_is_and_an_old_one_is_brought_up_to_date_after_the_restore()
    {
        using (DataStore old = DataStore.Open(folder.At("old"), [.. StrataPlatform.Schema.Take(1)], TimeProvider.System))
        {
            using Blob blob = await old.Blobs.WriteAsync("model"u8.ToArray(), Cancellation);
            await old.Database.WriteAsync(connection => Artifact.Add(connection, "run", new Artifact("a.txt", blob.Hash, 5)));
        }

        (await StrataPlatform.BackUpAsync(File, folder.At("old"), null, TimeProvider.System, Cancellation)).Schema.ShouldBe([1]);
        await StrataPlatform.RestoreAsync(File, folder.At("new"), null, TimeProvider.System, Cancellation);
        await using StrataPlatform platform = await OpenAsync("new", null);
        platform.Runs.Artifacts("run").ShouldHaveSingleItem().Bytes.ShouldBe(5);
        platform.Comparisons.List().Total.ShouldBe(0);
    }

    [Fact]
    public async Task Only_what_is_empty_is_restored_into_and_only_what_is_there_is_backed_up()
    {
        await (await OpenAsync("first", null)).DisposeAsync();
        await StrataPlatform.BackUpAsync(File, folder.At("first"), null, TimeProvider.System, Cancellation);
        (await Should.ThrowAsync<ConflictException>(() => StrataPlatform.RestoreAsync(File, folder.At("first"), null, TimeProvider.System, Cancellation))).Message.ShouldContain("is not empty");
        await Should.ThrowAsync<NotFoundException>(() => StrataPlatform.BackUpAsync(File, folder.At("absent"), null, TimeProvider.System, Cancellation));
        await using StrataPlatform open = await OpenAsync("first", null);
        await Should.ThrowAsync<ConflictException>(() => StrataPlatform.BackUpAsync(File, folder.At("first"), null, TimeProvider.System, Cancellation));
    }

    [Fact]
    public async Task A_stored_file_that_is_damaged_is_named_and_the_rest_is_backed_up()
    {
        await using StrataPlatform platform = await OpenAsync("first", null);
        using Blob whole = await platform.Storage.Blobs.WriteAsync("whole"u8.ToArray(), Cancellation), torn = await platform.Storage.Blobs.WriteAsync("torn"u8.ToArray(), Cancellation);
        await platform.Storage.Database.WriteAsync(connection =>
        {
            Artifact.Add(connection, "o", new Artifact("whole", whole.Hash, 5));
            Artifact.Add(connection, "o", new Artifact("torn", torn.Hash, 4));
        });
        await System.IO.File.WriteAllTextAsync(platform.Storage.Blobs.PathOf(torn.Hash), "other bytes", Cancellation);
        BackupManifest manifest = await platform.Storage.BackUpAsync(File, TimeProvider.System, Cancellation);
        manifest.Unreadable.ShouldBe([torn.Hash]);
        manifest.Files.Select(file => file.Name).ShouldBe([$"blobs/{whole.Hash}"]);
    }

    [Fact]
    public async Task A_backup_that_is_cut_or_changed_anywhere_is_refused_or_right()
    {
        await using (StrataPlatform platform = await OpenAsync("first", null))
        {
            using Blob blob = await platform.Storage.Blobs.WriteAsync(RandomNumberGenerator.GetBytes(3000), Cancellation);
            await platform.Storage.Database.WriteAsync(connection => Artifact.Add(connection, "o", new Artifact("a", blob.Hash, 3000)));
            await platform.Storage.BackUpAsync(File, TimeProvider.System, Cancellation);
        }

        byte[] whole = await System.IO.File.ReadAllBytesAsync(File, Cancellation);
        string damaged = folder.At("damaged.backup");
        for (int at = 0; at < whole.Length; at += Math.Max(1, whole.Length / 60))
        {
            await System.IO.File.WriteAllBytesAsync(damaged, whole[..at], Cancellation);
            await Should.ThrowAsync<StorageException>(() => RestoreAsync(damaged));
            byte[] flipped = [.. whole];
            flipped[at] ^= 0x10;
            await System.IO.File.WriteAllBytesAsync(damaged, flipped, Cancellation);
            try
            {
                await RestoreAsync(damaged);
            }
            catch (StorageException)
            {
                // Nothing was stored, so that the whole backup fits where the damaged one did not.
                await RestoreAsync(File);
            }

            // Some bytes of a zip archive, such as times, say nothing of what is in it; a backup that is accepted is right.
            using (DataStore restored = DataStore.Open(folder.At("target"), StrataPlatform.Schema, TimeProvider.System))
            {
                string hash = restored.Database.Read(connection => Artifact.Read(connection, "o")).ShouldHaveSingleItem().Hash;
                restored.Blobs.ReadAll(hash).Length.ShouldBe(3000);
            }

            Directory.Delete(folder.At("target"), recursive: true);
        }

        Task RestoreAsync(string path) => StrataPlatform.RestoreAsync(path, folder.At("target"), null, TimeProvider.System, Cancellation);
    }

    private static async Task WriteAsync(DataStore store, int writer, ConcurrentDictionary<string, string> stored, CancellationToken enough)
    {
        for (int number = 0; !enough.IsCancellationRequested; number++)
        {
            string name = $"{writer}/{number}";
            using Blob blob = await store.Blobs.WriteAsync(RandomNumberGenerator.GetBytes(5000), CancellationToken.None);
            await store.Database.WriteAsync(connection => Artifact.Add(connection, "load", new Artifact(name, blob.Hash, blob.Bytes)));
            stored[name] = blob.Hash;
        }
    }

    private async Task<StrataPlatform> OpenAsync(string name, string? database)
    {
        var platform = StrataPlatform.Open(TestPlatform.OptionsFor(folder.At(name), database), TestPlatform.LoadModel, TimeProvider.System);
        await platform.StartAsync(Cancellation);
        return platform;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (int i = 0; i < 4000 && !holds(); i++)
        {
            await Task.Delay(10, Cancellation);
        }

        holds().ShouldBeTrue();
    }
}
