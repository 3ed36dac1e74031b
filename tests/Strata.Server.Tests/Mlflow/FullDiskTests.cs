using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using Shouldly;
using Xunit;

namespace Strata.Server.Tests.Mlflow;

/// <summary>Artifacts sent to a server whose disk, a real one of a few megabytes, fills up. Only an administrator can make one.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private const string Proxy = "/api/2.0/mlflow-artifacts/artifacts";

    private readonly string folder = Directory.CreateTempSubdirectory("strata-disk-").FullName;
    private bool isMounted;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        isMounted = Run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", folder);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (isMounted)
        {
            Run("umount", folder).ShouldBeTrue();
        }

        Directory.Delete(folder);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_full_disk_refuses_an_artifact_keeps_the_others_and_takes_it_when_there_is_room()
    {
        Assert.SkipUnless(isMounted, "Mounting a small disk takes an administrator on Linux.");
        string data = Path.Join(folder, "data");
        await using RunningServer server = await RunningServer.Start(options => options with { DataFolder = data });
        HttpClient http = server.Http;
        string run = await http.NewRun();
        string root = $"{Proxy}/0/{run}/artifacts";
        await (await Put(http, $"{root}/kept.txt", "kept"u8.ToArray())).Read(HttpStatusCode.OK);
        int blobs = Files(data).Length;

        byte[] large = new byte[3 << 20];
        large[^1] = 1;
        await File.WriteAllBytesAsync(Path.Join(folder, "filler"), new byte[(int)(new DriveInfo(folder).AvailableFreeSpace - (2 << 20))], Cancellation);
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage refused = await Put(http, $"{root}/large.bin", large);
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await refused.Read(HttpStatusCode.ServiceUnavailable))["error_code"]!.GetValue<string>().ShouldBe("TEMPORARILY_UNAVAILABLE");
        }

        // Nothing fits any more, not even a row.
        FillUp(Path.Join(folder, "rest"));
        using (HttpResponseMessage refused = await Put(http, $"{root}/other.txt", new byte[200_000]))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        (await http.GetStringAsync(new Uri($"{root}/kept.txt", UriKind.Relative), Cancellation)).ShouldBe("kept");
        (await http.Look($"artifacts/list?run_id={run}"))["files"]!.AsArray().Count.ShouldBe(1);
        Files(data).Length.ShouldBe(blobs, "what was refused is not on the disk either");

        File.Delete(Path.Join(folder, "filler"));
        File.Delete(Path.Join(folder, "rest"));
        await (await Put(http, $"{root}/large.bin", large)).Read(HttpStatusCode.OK);
        (await http.GetByteArrayAsync(new Uri($"{root}/large.bin", UriKind.Relative), Cancellation)).ShouldBe(large);
        (await http.Look($"artifacts/list?run_id={run}"))["files"]!.AsArray().Count.ShouldBe(2);
    }

    private static string[] Files(string data) => Directory.GetFiles(Path.Join(data, "blobs"), "*", SearchOption.AllDirectories);

    private static async Task<HttpResponseMessage> Put(HttpClient http, string path, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        return await http.PutAsync(new Uri(path, UriKind.Relative), content, Cancellation);
    }

    private static void FillUp(string path)
    {
        using var filler = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (int size = 1 << 16; size > 0; size /= 2)
        {
            try
            {
                while (true)
                {
                    filler.Write(new byte[size]);
                }
            }
            catch (IOException)
            {
                // Smaller pieces until not a byte fits.
            }
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
