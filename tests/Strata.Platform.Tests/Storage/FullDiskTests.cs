using System.Diagnostics;
using Shouldly;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Strata.Platform.TestWorker;
using Xunit;

namespace Strata.Platform.Tests.Storage;

/// <summary>A data folder on a real disk of a few megabytes, which only an administrator can make.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly bool isMounted;

    public FullDiskTests() => isMounted = Run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder.Root);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (isMounted)
        {
            Run("umount", folder.Root).ShouldBeTrue();
        }

        folder.Dispose();
    }

    [Fact]
    public async Task A_full_disk_refuses_clearly_keeps_what_was_there_and_goes_on_when_there_is_room()
    {
        Assert.SkipUnless(isMounted, "Mounting a small disk takes an administrator on Linux.");
        await using var platform = StrataPlatform.Open(TestPlatform.OptionsFor(folder.Root), TestPlatform.LoadModel, TimeProvider.System);
        await platform.StartAsync(Cancellation);
        using Blob kept = await platform.Storage.Blobs.WriteAsync("kept"u8.ToArray(), Cancellation);
        StorageException refused = await Should.ThrowAsync<StorageException>(() => platform.Storage.Blobs.WriteAsync(new byte[20 << 20], Cancellation));
        refused.IsTemporary.ShouldBeTrue();
        refused.Message.ShouldContain("full");
        platform.Storage.Blobs.All().ShouldBe([kept.Hash]);
        platform.Storage.Blobs.ReadAll(kept.Hash).ShouldBe("kept"u8.ToArray());

        Job job = await platform.Jobs.EnqueueAsync(new JobRequest("hang", []));
        await UntilAsync(() => platform.Jobs.Get(job.Id).Status == JobStatus.Running);
        FillUp();
        await Task.Delay(TimeSpan.FromSeconds(2), Cancellation);
        platform.Jobs.Get(job.Id).Status.ShouldBe(JobStatus.Running);
        File.Delete(folder.At("filler"));
        await platform.Jobs.CancelAsync(job.Id);
        (await platform.Jobs.WaitAsync(job.Id, TimeSpan.FromSeconds(30), Cancellation)).Status.ShouldBe(JobStatus.Cancelled);
        Job next = await platform.Jobs.EnqueueAsync(new JobRequest("succeed", []));
        (await platform.Jobs.WaitAsync(next.Id, TimeSpan.FromSeconds(30), Cancellation)).Status.ShouldBe(JobStatus.Completed);
    }

    private void FillUp()
    {
        using FileStream filler = new(folder.At("filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        Should.Throw<IOException>(() =>
        {
            for (int size = 1 << 16; ; size = Math.Max(1, size / 2))
            {
                try
                {
                    while (true)
                    {
                        filler.Write(new byte[size]);
                    }
                }
                catch (IOException) when (size > 1)
                {
                    // Smaller pieces until not a byte fits.
                }
            }
        });
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (int i = 0; i < 2000 && !holds(); i++)
        {
            await Task.Delay(10, Cancellation);
        }

        holds().ShouldBeTrue();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
