using System.ComponentModel;
using System.Diagnostics;
using Dapper;
using Shouldly;
using Strata.Platform.Storage;
using Strata.Platform.TestWorker;
using Xunit;

namespace Strata.Platform.Tests.Storage;

/// <summary>A disk whose sync fails, played by a library that is loaded before the system's (<c>Fixtures/fsync_shim.c</c>).</summary>
public sealed class BrokenDiskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_the_disk_did_not_sync_is_reported_as_not_stored()
    {
        string shim = Build();
        DataStore.Open(folder.At("data"), StrataPlatform.Schema, TimeProvider.System).Dispose();
        (int exitCode, string said) = await RunAsync(shim, "strata.db");
        exitCode.ShouldBe(1, said);
        said.ShouldContain("disk");

        (exitCode, said) = await RunAsync(shim, "no such file");
        exitCode.ShouldBe(0, said);
        using DataStore store = DataStore.Open(folder.At("data"), StrataPlatform.Schema, TimeProvider.System);
        store.Database.Read(connection => connection.ExecuteScalar<int>("select count(*) from artifacts")).ShouldBe(1);
    }

    private string Build()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Preloading a library takes Linux.");
        string shim = folder.At("shim.so");
        try
        {
            using Process compiler = Process.Start("gcc", ["-shared", "-fPIC", "-o", shim, Path.Join(AppContext.BaseDirectory, "Storage", "Fixtures", "fsync_shim.c"), "-ldl"]);
            compiler.WaitForExit();
            Assert.SkipUnless(compiler.ExitCode == 0, "gcc cannot build a library here.");
        }
        catch (Win32Exception)
        {
            Assert.Skip("gcc is not installed.");
        }

        return shim;
    }

    private async Task<(int ExitCode, string Said)> RunAsync(string shim, string part)
    {
        var start = new ProcessStartInfo(TestPlatform.WorkerPath, ["write-row", folder.At("data")]) { RedirectStandardOutput = true };
        start.Environment["LD_PRELOAD"] = shim;
        start.Environment["FAIL_SYNC_OF"] = part;
        using Process process = Process.Start(start)!;
        string said = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, said);
    }
}
