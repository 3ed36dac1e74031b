using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shouldly;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Platform.Deployments;
using Strata.Platform.Models;
using Strata.Platform.Storage;
using Strata.Platform.TestWorker;
using Xunit;

namespace Strata.Platform.Tests.Deployments;

/// <summary>
/// The power fails while a new model is stored and promoted. Before every call that must not be lost, and before every statement, the data folder is copied; a copy is what a
/// disk holds that has written all so far. From each, further disks are made that have lost some of what was not synced yet: the end of the database's log, whole or torn in
/// mid-page, the bytes of files that wait for their sync, and a rename that no sync has followed. From every one of them a server must start that serves the old or the new model, whole.
/// </summary>
public sealed class PowerLossTests : IDisposable
{
    private const string Wal = "strata.db-wal";

    private readonly TemporaryFolder folder = new();
    private readonly List<Moment> moments = [];
    private readonly Lock gate = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => folder.At("data");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Whatever_the_disk_holds_when_the_power_fails_the_old_or_the_new_model_serves()
    {
        string old, next;
        await using (StrataPlatform platform = await OpenAsync(Data))
        {
            old = await StoreAsync(platform, 1);
            await platform.Deployments.CreateAsync("d", DeploymentPlan.Of(old));
            platform.Storage.Database.Engine.BeforeStatement = statement => Keep(statement.CommandText);
            DiskCalls.Before = Keep;
            next = await StoreAsync(platform, 2);
            await platform.Deployments.PromoteAsync("d", next);
            DiskCalls.Before = null;
            platform.Storage.Database.Engine.BeforeStatement = null;
            Keep("acknowledged");
        }

        moments.Count(moment => moment.Call is "sync" or "rename" or "write").ShouldBeGreaterThanOrEqualTo(4);
        moments.Count(moment => moment.Call == "commit").ShouldBeGreaterThanOrEqualTo(2);
        int disks = 0;
        var seen = new HashSet<string>();
        foreach ((Moment moment, int i) in moments.Select((moment, i) => (moment, i)))
        {
            foreach (Action<string> loss in LossesAt(i))
            {
                string disk = folder.At(string.Create(CultureInfo.InvariantCulture, $"disk{disks++}"));
                Copy(moment.Folder, disk);
                loss(disk);
                if (!seen.Add($"{moment.Call == "acknowledged"} {HashOf(disk)}"))
                {
                    Directory.Delete(disk, recursive: true);
                    continue;
                }

                await CheckAsync(disk, old, next, isAcknowledged: moment.Call == "acknowledged", $"before '{moment.Call}' ({i})");
                Directory.Delete(disk, recursive: true);
            }
        }

        disks.ShouldBeGreaterThan(moments.Count * 2);
        TestContext.Current.SendDiagnosticMessage($"{moments.Count} moments, {disks} disks, {seen.Count} of them different");
    }

    /// <summary>What the disk may have lost of a moment. An acknowledged promotion has lost nothing.</summary>
    private IEnumerable<Action<string>> LossesAt(int at)
    {
        yield return _ => { };
        if (moments[at].Call == "acknowledged")
        {
            yield break;
        }

        // A commit has been synced when the next call comes; what was appended after the last one may be missing or torn.
        long synced = moments.Take(at).LastOrDefault(moment => moment.Call == "commit") is { } commit ? moments[moments.IndexOf(commit) + 1].WalBytes : moments[0].WalBytes;
        long ahead = at + 1 < moments.Count ? moments[at + 1].WalBytes : moments[at].WalBytes;
        yield return disk => Cut(Path.Join(disk, Wal), synced);
        if (ahead > moments[at].WalBytes)
        {
            // The power fails within this call: the log has grown by some of what the call writes.
            string after = Path.Join(moments[at + 1].Folder, Wal);
            for (int part = 1; part < 6; part++)
            {
                long length = moments[at].WalBytes + (ahead - moments[at].WalBytes) * part / 6;
                yield return disk =>
                {
                    File.Copy(after, Path.Join(disk, Wal), overwrite: true);
                    Cut(Path.Join(disk, Wal), length);
                };
            }
        }

        yield return disk => Each(disk, "*.tmp", file => Cut(file, 0));
        yield return disk => Each(disk, "*.tmp", file => Cut(file, new FileInfo(file).Length / 2));
        if (at > 0 && moments[at - 1].Call == "rename")
        {
            // The name is new and no sync has followed: it may be gone again.
            HashSet<string> before = [.. Files(moments[at - 1].Folder)];
            yield return disk => Array.ForEach([.. Files(disk).Where(file => !before.Contains(file))], file => File.Delete(Path.Join(disk, file)));
        }
    }

    private static async Task CheckAsync(string disk, string old, string next, bool isAcknowledged, string when)
    {
        await using StrataPlatform platform = await OpenAsync(disk);
        ServingDeployment serving = platform.Deployments.Serving("d");
        string model = serving.Choose("anybody").Stored.Id;
        model.ShouldBe(platform.Deployments.Get("d").Current.Plan.Models.Single().ModelId, when);
        model.ShouldBeOneOf(isAcknowledged ? [next] : [old, next]);
        double slope = model == old ? 1 : 2;
        Predictions answer = serving.Choose("anybody").Model.Predict(new Frame(new Float64Column("x", [3])));
        answer.Values[0].ShouldBe(3 * slope, 1e-6, when);
        foreach (StoredModel stored in platform.Models.List().Items)
        {
            await using Stream file = platform.Models.OpenFile(stored.Id);
        }
    }

    /// <summary>A line of that slope.</summary>
    private static async Task<string> StoreAsync(StrataPlatform platform, double slope)
    {
        double[] x = [.. Enumerable.Range(0, 50).Select(i => i / 10.0)];
        var table = new TrainingTable(new Frame(new Float64Column("x", x)), new NumberTarget("y", [.. x.Select(value => slope * value)]));
        using var file = new MemoryStream();
        new ModelFile(new LinearRegression().Fit(table, new FitContext()), new ModelCard()).Save(file);
        file.Position = 0;
        return (await platform.Models.ImportAsync(file, new ModelEntry($"line {slope}"))).Id;
    }

    private static async Task<StrataPlatform> OpenAsync(string path)
    {
        StrataPlatform platform = StrataPlatform.Open(TestPlatform.OptionsFor(path) with { WorkerProgram = null }, TestPlatform.LoadModel, TimeProvider.System);
        await platform.StartAsync(Cancellation);
        return platform;
    }

    private void Keep(string call)
    {
        lock (gate)
        {
            string copy = folder.At(string.Create(CultureInfo.InvariantCulture, $"moment{moments.Count}"));
            Copy(Data, copy);
            moments.Add(new Moment(call, copy, new FileInfo(Path.Join(copy, Wal)).Length));
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Files(from).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Join(to, file))!);
            using FileStream source = new(Path.Join(from, file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream copy = File.Create(Path.Join(to, file));
            source.CopyTo(copy);
        }
    }

    private static string HashOf(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Files(path).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
            hash.AppendData(File.ReadAllBytes(Path.Join(path, file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> Files(string path) => Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(path, file));

    private static void Each(string path, string pattern, Action<string> work) => Array.ForEach(Directory.GetFiles(path, pattern, SearchOption.AllDirectories), file => work(file));

    private static void Cut(string path, long length)
    {
        using FileStream file = File.OpenWrite(path);
        file.SetLength(Math.Min(length, file.Length));
    }

    private sealed record Moment(string Call, string Folder, long WalBytes);
}
