using Shouldly;
using Strata.Server;
using Xunit;

namespace Strata.Cli.Tests;

public sealed class BackupCommandTests : IDisposable
{
    private readonly CommandLine commands = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => commands.PathOf("data");

    public void Dispose() => commands.Dispose();

    [Fact]
    public async Task What_a_running_server_stores_is_backed_up_and_restored_elsewhere()
    {
        string file = commands.PathOf("monday.backup");
        await using (await LocalServer.StartAsync(Data, null, new ServerOptions { Port = 0 }, null, Cancellation))
        {
            CommandLine.Outcome backedUp = await commands.Run("backup", file, "--data", Data);
            backedUp.ExitCode.ShouldBe(ExitCode.Done, backedUp.Error);
            backedUp.Output.ShouldStartWith($"Wrote {file}: ");
            CommandLine.Outcome taken = await commands.Run("restore", file, "--data", Data);
            taken.ExitCode.ShouldBe(ExitCode.Failed);
            taken.Error.ShouldContain("Another Strata server");
        }

        CommandLine.Outcome restored = await commands.Run("restore", file, "--data", commands.PathOf("elsewhere"));
        restored.ExitCode.ShouldBe(ExitCode.Done, restored.Error);
        restored.Output.ShouldContain("files with");
        (await commands.Run("backup", commands.PathOf("again.backup"), "--data", commands.PathOf("elsewhere"))).ExitCode.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task What_is_no_backup_and_what_is_no_data_folder_is_said()
    {
        (await commands.Run("restore", commands.Write("a.backup", "nonsense"), "--data", Data)).Error.ShouldContain("is damaged");
        (await commands.Run("restore", commands.PathOf("absent.backup"), "--data", Data)).Error.ShouldContain("absent.backup");
        (await commands.Run("backup", commands.PathOf("b.backup"), "--data", commands.PathOf("absent"))).Error.ShouldContain("no data folder");
        Directory.Exists(Data).ShouldBeFalse();
    }
}
