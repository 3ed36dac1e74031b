using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Search;
using Xunit;

namespace Strata.Cli.Tests;

public sealed class TuneCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Tuning_writes_the_best_model_and_tells_every_trial()
    {
        CommandLine.Outcome tuned = await line.Run([.. Arguments(300), "--trials", "6", "--json"]);

        tuned.ExitCode.ShouldBe(ExitCode.Done, tuned.Error);
        tuned.Error.Split('\n').Count(text => text.StartsWith("trial ", StringComparison.Ordinal)).ShouldBe(6);
        tuned.Error.ShouldContain("(6 of 6)");
        tuned.Json["trials"]!.AsArray().Count.ShouldBe(6);
        tuned.Json["best_hyperparameters"]!["min_rows_per_leaf"].ShouldNotBeNull();
        tuned.Json["metrics"]!["accuracy"]!.GetValue<double>().ShouldBeGreaterThan(0.6);
        File.Exists(line.PathOf("m.strata")).ShouldBeTrue();
        Directory.GetFiles(line.Folder, "*.jsonl").ShouldBeEmpty("the study is only kept where somebody asked for it");
    }

    [Fact]
    public async Task People_read_the_best_hyperparameters_and_the_test()
    {
        CommandLine.Outcome tuned = await line.Run([.. Arguments(300), "--trials", "5", "--method", "random", "--pruning", "none", "--study", line.PathOf("s.jsonl")]);
        tuned.ExitCode.ShouldBe(ExitCode.Done, tuned.Error);
        tuned.Output.ShouldContain("5 trials completed, 0 pruned, 0 failed");
        tuned.Output.ShouldContain("HYPERPARAMETER");
        Study.Read(line.PathOf("s.jsonl")).Trials.Count.ShouldBe(5);
    }

    [Fact]
    public async Task What_does_not_fit_is_told_at_once()
    {
        CommandLine.Outcome tuned = await line.Run([.. Arguments(100), "--trials", "0", "--space", "max_dept=1..3"]);
        tuned.ExitCode.ShouldBe(ExitCode.Failed);
        tuned.Error.ShouldContain("Did you mean 'max_depth'?");
        tuned.Error.ShouldContain("0 trials; tuning takes");
        (await line.Run([.. Arguments(100), "--method", "guess"])).ExitCode.ShouldBe(ExitCode.Usage);
    }

    /// <summary>A real process, killed as by a power cut; the same command then goes on and ends as if it had run through.</summary>
    [Fact]
    public async Task A_killed_search_goes_on_from_its_study()
    {
        string study = line.PathOf("s.jsonl");
        string[] arguments = [.. Arguments(600), "--trials", "40", "--pruning", "none", "--study", study, "--threads", "1"];
        for (int kill = 0; kill < 2; kill++)
        {
            using Process process = Start(arguments);
            int ended = 0;
            while (ended < 3 && await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is string told)
            {
                ended += told.StartsWith("trial ", StringComparison.Ordinal) ? 1 : 0;
            }

            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        int before = Study.Read(study).Trials.Count(trial => trial.Status == TrialStatus.Completed);
        before.ShouldBeInRange(6, 39);
        CommandLine.Outcome tuned = await line.Run([.. arguments, "--json"]);

        tuned.ExitCode.ShouldBe(ExitCode.Done, tuned.Error);
        tuned.Error.Split('\n').Count(text => text.StartsWith("trial ", StringComparison.Ordinal) && !text.Contains("stopped", StringComparison.Ordinal)).ShouldBe(40 - before);
        JsonObject[] trials = [.. tuned.Json["trials"]!.AsArray().Select(trial => trial!.AsObject())];
        trials.Count(trial => trial["status"]!.GetValue<string>() == "completed").ShouldBe(40);
    }

    [Fact]
    public async Task An_interrupted_search_says_how_to_go_on()
    {
        using Process process = Start([.. Arguments(600), "--trials", "100000", "--threads", "1"]);
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is string told && !told.StartsWith("trial 2", StringComparison.Ordinal))
        {
        }

        using Process interrupt = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        string rest = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(ExitCode.Interrupted, rest);
        rest.ShouldContain($"kept in {line.PathOf("m.strata")}.study.jsonl: the same command goes on from there.");
        Study.Read($"{line.PathOf("m.strata")}.study.jsonl").Trials.Count.ShouldBeGreaterThan(2);
    }

    private string[] Arguments(int rows) =>
        ["tune", line.Write("flowers.csv", FlowerTable.Csv(rows)), "--target", "kind", "--drop", "height", "--group", "garden", "--algorithm", "decision_tree", "--folds", "3", "--out", line.PathOf("m.strata")];

    /// <summary>Tests that were started in the background ignore Ctrl-C, and what they start would too: env sets it right.</summary>
    private static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", typeof(StrataProgram).Assembly.Location, .. arguments])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;
}
