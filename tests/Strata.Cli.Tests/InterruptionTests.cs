using System.Diagnostics;
using System.Globalization;
using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary>Real processes that get what Ctrl-C sends: they end within two seconds with 130, whatever they are at, and leave no part of a file.</summary>
public sealed class InterruptionTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    /// <summary>Each waits for a table that never comes, as from a disk that does not answer: nothing in the program could look at a token there.</summary>
    [Fact]
    public async Task Every_command_ends_while_it_waits_for_its_file()
    {
        string model = await Model("decision_tree"), output = line.PathOf("out");
        string[][] commands =
        [
            ["train", "@", "--target", "kind", "--out", output], ["tune", "@", "--target", "kind", "--out", output], ["compare", "@", "--target", "kind", "--algorithms", "ridge"],
            ["curve", "@", "--target", "kind"], ["predict", model, "@", "--out", output], ["evaluate", model, "@"], ["explain", model, "@", "--out", output],
            ["import", "@", "--out", output], ["profile", "@"], ["audit-leaks", "@", "--target", "kind"], ["export", "@", "--format", "xgboost", "--out", output],
        ];
        string[] before = Files();

        foreach (string[][] few in commands.Chunk(4))
        {
            await Task.WhenAll(few.Select((command, i) => Ends(command, line.PathOf($"never{i}.csv"))));
        }

        Files().ShouldBe(before);
    }

    [Theory]
    [InlineData("train", "--algorithm", "gradient_boosting", "--set", "trees=100000")]
    [InlineData("compare", "--algorithms", "gradient_boosting(trees=100000)")]
    [InlineData("curve", "--algorithm", "gradient_boosting", "--set", "trees=100000")]
    [InlineData("curve", "--algorithm", "svm", "--kind", "validation", "--parameter", "c", "--values", "1e6,1e7")]
    public async Task Fits_that_would_take_minutes_end(params string[] command)
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(6000));
        string[] output = command[0] == "train" ? ["--out", line.PathOf("out.strata")] : [];
        using Process process = Start([command[0], table, "--target", "kind", "--drop", "garden", .. command[1..], .. output]);
        await UntilBusy(process, TimeSpan.FromSeconds(1));

        await Interrupt(process);

        Files().ShouldBe(["flowers.csv"]);
    }

    [Fact]
    public async Task Questions_to_a_model_that_would_take_long_end()
    {
        string model = await Model("k_nearest_neighbors", 4000, "--set", "neighbors=800"), table = line.Write("many.csv", FlowerTable.Csv(60_000));
        string[][] commands = [["predict", model, table, "--out", line.PathOf("out.csv")], ["evaluate", model, table], ["explain", model, table, "--importance", "permutation"]];
        string[] before = Files();

        await Task.WhenAll(commands.Select(async command =>
        {
            using Process process = Start([.. command, "--threads", "1"]);
            await UntilBusy(process, TimeSpan.FromSeconds(1));
            await Interrupt(process);
        }));

        Files().ShouldBe(before);
    }

    [Fact]
    public async Task A_file_that_is_half_written_is_taken_back()
    {
        string model = await Model("decision_tree"), table = line.Write("many.csv", FlowerTable.Csv(300_000)), output = line.PathOf("out.csv");
        string[] before = Files();
        using Process process = Start(["predict", model, table, "--out", output]);
        while (Directory.GetFiles(line.Folder, "out.csv.*.tmp").Length == 0)
        {
            process.HasExited.ShouldBeFalse("it wrote its file before anybody could interrupt it");
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await Interrupt(process);

        Files().ShouldBe(before);
    }

    /// <summary>A model file of flowers.</summary>
    private async Task<string> Model(string algorithm, int rows = 200, params string[] settings)
    {
        string table = line.Write("learned.csv", FlowerTable.Csv(rows)), model = line.PathOf("m.strata");
        (await line.Run(["train", table, "--target", "kind", "--drop", "garden", "--algorithm", algorithm, .. settings, "--test-size", "0.01", "--json", "--out", model])).ExitCode.ShouldBe(ExitCode.Done);
        return model;
    }

    private string[] Files() => [.. Directory.GetFiles(line.Folder).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith("never", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static async Task Ends(string[] command, string pipe)
    {
        File.Delete(pipe);
        using (Process make = Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using Process process = Start([.. command.Select(word => word == "@" ? pipe : word)]);

        // Opening a pipe to write waits until somebody has opened it to read.
        await using FileStream writer = await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        // Before the program listens a signal ends it at once; what is tested is the end of one that listens.
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await Interrupt(process);
    }

    private static async Task UntilBusy(Process process, TimeSpan processorTime)
    {
        while (!process.HasExited && process.TotalProcessorTime < processorTime)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            process.Refresh();
        }
    }

    private static async Task Interrupt(Process process)
    {
        process.HasExited.ShouldBeFalse("it ended before it was interrupted");
        var watch = Stopwatch.StartNew();
        using Process interrupt = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(ExitCode.Interrupted, $"{await error}{await output}");
        (await error).ShouldContain("interrupted");
        watch.Elapsed.ShouldBeLessThan(Limit);
    }

    /// <summary>Tests that were started in the background ignore Ctrl-C, and what they start would too: env sets it right.</summary>
    private static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", typeof(StrataProgram).Assembly.Location, .. arguments])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;
}
