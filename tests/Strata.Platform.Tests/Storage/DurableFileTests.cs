using Shouldly;
using Strata.Platform.Storage;
using Xunit;

namespace Strata.Platform.Tests.Storage;

public sealed class DurableFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_is_replaced_whole_and_nothing_else_is_left()
    {
        DurableFile.Write(folder.At("a"), "first"u8);
        DurableFile.Write(folder.At("a"), "second"u8);
        File.ReadAllText(folder.At("a")).ShouldBe("second");
        folder.Files().ShouldBe(["a"]);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file()
    {
        Directory.CreateDirectory(folder.At("a"));
        Should.Throw<Exception>(() => DurableFile.Write(folder.At("a"), "x"u8));
        folder.Files().ShouldBeEmpty();
    }

    /// <summary>.NET's own flush reports success here; a device that cannot sync stands for a disk whose sync failed.</summary>
    [Fact]
    public void A_sync_that_fails_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a Unix device.");
        using FileStream device = new("/dev/null", FileMode.Open, FileAccess.Write);
        Should.Throw<IOException>(() => DurableFile.Sync(device.SafeFileHandle, "/dev/null")).Message.ShouldContain("could not sync");
        Should.Throw<IOException>(() => DurableFile.SyncFolder(folder.At("absent"))).Message.ShouldContain("could not open");
    }
}
