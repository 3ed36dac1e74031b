using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Xunit;

namespace Strata.Cli.Tests;

public sealed class AutomlCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task People_read_a_leaderboard_and_what_is_gained_over_the_baselines()
    {
        CommandLine.Outcome done = await line.Run([.. Arguments(300), "--deterministic", "--leaderboard", line.PathOf("board.json"), "--report", line.PathOf("report.html")]);

        done.ExitCode.ShouldBe(ExitCode.Done, done.Error);
        done.Output.ShouldContain("VALIDATION ROC_AUC");
        done.Output.ShouldContain("ensemble");
        done.Output.ShouldContain("the linear model by ");
        done.Output.ShouldContain("looking at no column by 0.");
        done.Error.Split('\n').Count(text => text.StartsWith("candidate ", StringComparison.Ordinal)).ShouldBe(5);
        JsonObject board = JsonNode.Parse(File.ReadAllText(line.PathOf("board.json")))!.AsObject();
        board["rows"]!.AsArray().Count.ShouldBe(6);
        JsonObject report = JsonNode.Parse(File.ReadAllText(line.PathOf("report.json")))!.AsObject();
        report["kind"]!.GetValue<string>().ShouldBe("automl");
        report["leaderboard"]!["rows"]!.AsArray().Count.ShouldBe(6);
        File.ReadAllText(line.PathOf("report.html")).ShouldContain("<h2 id=\"leaderboard\">");
        board["rows"]![0]!["test_score"]!.GetValue<double>().ShouldBeGreaterThan(0.7);
    }

    [Fact]
    public async Task The_model_file_and_that_of_any_candidate_predict_as_any_other()
    {
        CommandLine.Outcome whole = await line.Run([.. Arguments(300), "--deterministic", "--json"]);
        string table = line.PathOf("flowers.csv");
        (await line.Run("predict", line.PathOf("m.strata"), table, "--out", line.PathOf("p.csv"))).ExitCode.ShouldBe(ExitCode.Done);
        CommandLine.Outcome one = await line.Run([.. Arguments(300), "--deterministic", "--keep-all", "--candidate", "random_forest"]);
        CommandLine.Outcome explained = await line.Run([.. Arguments(300), "--preset", "best", "--time-limit", "60", "--explain-command"]);

        whole.Json["leaderboard"]!.AsArray().Count.ShouldBe(6);
        whole.Json["metrics"]!["roc_auc"]!.GetValue<double>().ShouldBe(whole.Json["leaderboard"]![0]!["test_score"]!.GetValue<double>(), 1e-9);
        one.ExitCode.ShouldBe(ExitCode.Done, one.Error);
        ModelFile.Load(line.PathOf("m.strata")).Model.Notes.ShouldNotContain(note => note.Contains("candidates were fitted", StringComparison.Ordinal));
        explained.Output.ShouldContain("automl");
        explained.Output.ShouldContain("best");
    }

    [Fact]
    public async Task Where_all_rows_are_learned_from_its_own_folds_are_the_judge_and_nothing_counts_as_tested()
    {
        CommandLine.Outcome done = await line.Run([.. Arguments(300), "--deterministic", "--test-size", "0", "--candidate", "random_forest", "--json"]);
        JsonNode ensemble = done.Json["leaderboard"]![0]!;

        done.ExitCode.ShouldBe(ExitCode.Done, done.Error);
        done.Error.Split('\n').Count(text => text.StartsWith("candidate ", StringComparison.Ordinal)).ShouldBe(5, "no candidate is tried a second time for the sake of judging");
        done.Json["training_rows"]!.GetValue<int>().ShouldBe(300);
        done.Json["metrics"]!["roc_auc"]!.GetValue<double>().ShouldBe(ensemble["score"]!.GetValue<double>(), 1e-9);
        ensemble["test_score"].ShouldBeNull();
        JsonNode forest = done.Json["leaderboard"]!.AsArray().Single(row => row!["name"]!.GetValue<string>() == "random_forest")!;
        ModelFile.Load(line.PathOf("m.strata")).Card.Metrics["roc_auc"].ShouldBe(forest["score"]!.GetValue<double>(), 1e-9);
    }

    [Fact]
    public async Task Calibration_and_sets_are_learned_from_its_own_folds_without_a_second_search()
    {
        CommandLine.Outcome done = await line.Run([.. Arguments(300), "--deterministic", "--calibrate", "platt", "--intervals", "0.8", "--interval-method", "cv_plus", "--json"]);

        done.ExitCode.ShouldBe(ExitCode.Done, done.Error);
        done.Error.Split('\n').Count(text => text.StartsWith("candidate ", StringComparison.Ordinal)).ShouldBe(5);
        done.Json["regions"]!["coverage"]!.GetValue<double>().ShouldBeInRange(0.6, 1);
        string[] notes = [.. done.Json["notes"]!.AsArray().Select(note => note!.GetValue<string>())];
        notes.ShouldContain(note => note.StartsWith("Probabilities are calibrated (platt) on 240 rows", StringComparison.Ordinal));
        notes.ShouldContain(note => note.StartsWith("Sets cover 80% by the errors of the model's folds on 240 rows", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_small_model_that_could_be_tested_on_nothing_is_refused_before_the_search()
    {
        CommandLine.Outcome refused = await line.Run([.. Arguments(300), "--deterministic", "--test-size", "0", "--distil", line.PathOf("small.strata")]);

        refused.ExitCode.ShouldBe(ExitCode.Failed);
        refused.Error.ShouldContain("--test-size");
        File.Exists(line.PathOf("m.strata")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_time_limit_is_kept()
    {
        var watch = Stopwatch.StartNew();
        CommandLine.Outcome done = await line.Run("automl", line.Write("flowers.csv", FlowerTable.Csv(2000)), "--target", "kind", "--time-limit", "4", "--preset", "best", "--out", line.PathOf("m.strata"), "--json");

        done.ExitCode.ShouldBe(ExitCode.Done, done.Error);
        done.Json["fit_seconds"]!.GetValue<double>().ShouldBeLessThan(6);
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(30, "tests share a machine; the limit itself is held by fit_seconds");
        done.Json["leaderboard"]!.AsArray().Count(row => row!["state"]!.GetValue<string>() == "skipped").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_does_not_fit_is_told()
    {
        (await line.Run([.. Arguments(100), "--preset", "quick"])).ExitCode.ShouldBe(ExitCode.Usage);
        CommandLine.Outcome wrong = await line.Run([.. Arguments(100), "--metric", "rmse", "--deterministic"]);
        wrong.ExitCode.ShouldBe(ExitCode.Failed);
        wrong.Error.ShouldContain("rmse");
        CommandLine.Outcome unknown = await line.Run([.. Arguments(100), "--algorithms", "boosting,forrests", "--deterministic"]);
        unknown.Error.ShouldContain("Did you mean 'forests'?");
    }

    /// <summary>A real process, killed as by a power cut after each candidate in turn; the same command then ends with the leaderboard and the file of one that ran through.</summary>
    [Fact]
    public async Task A_killed_study_goes_on_from_its_folder()
    {
        await line.Run([.. Arguments(300), "--deterministic", "--layers", "2", "--threads", "1", "--leaderboard", line.PathOf("whole.json")]);
        byte[] whole = File.ReadAllBytes(line.PathOf("m.strata"));
        string[] arguments = [.. Arguments(300), "--deterministic", "--layers", "2", "--threads", "1", "--checkpoint", line.PathOf("kept"), "--leaderboard", line.PathOf("resumed.json")];
        for (int kill = 0; kill < 2; kill++)
        {
            using Process process = Start(arguments);
            int ended = 0;
            while (ended < 2 * kill + 2 && await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is string told)
            {
                ended += told.StartsWith("candidate ", StringComparison.Ordinal) ? 1 : 0;
            }

            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Directory.GetFiles(line.PathOf("kept"), "automl-*").Length.ShouldBeGreaterThanOrEqualTo(4);
        CommandLine.Outcome resumed = await line.Run(arguments);

        resumed.ExitCode.ShouldBe(ExitCode.Done, resumed.Error);
        File.ReadAllText(line.PathOf("resumed.json")).ShouldBe(File.ReadAllText(line.PathOf("whole.json")));
        File.ReadAllBytes(line.PathOf("m.strata")).ShouldBe(whole);
    }

    [Fact]
    public async Task The_first_Ctrl_C_ends_a_study_with_what_is_ready()
    {
        using Process process = Start(
            ["automl", line.Write("flowers.csv", FlowerTable.Csv(2000)), "--target", "kind", "--time-limit", "600", "--preset", "best", "--threads", "1", "--distil", line.PathOf("small.strata"), "--out", line.PathOf("m.strata")]);
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is string told && !told.StartsWith("candidate 3 ", StringComparison.Ordinal))
        {
        }

        using Process interrupt = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string rest = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(ExitCode.Done, rest);
        rest.ShouldContain("Ending with what is ready");
        rest.ShouldContain("the small model has roc_auc");
        (await output).ShouldContain("The study was asked to end.");
        ModelFile.Load(line.PathOf("m.strata")).Model.Algorithm.ShouldBe("automl");
        ModelFile.Load(line.PathOf("small.strata")).Model.Algorithm.ShouldBe("gradient_boosting");
    }

    private string[] Arguments(int rows) =>
    [
        "automl", line.Write("flowers.csv", FlowerTable.Csv(rows)), "--target", "kind", "--drop", "height", "--group", "garden", "--folds", "3",
        "--portfolio", line.Write("portfolio.txt", "gradient_boosting(trees=20)\nrandom_forest(trees=10)\n\ndecision_tree(max_depth=3)\n"), "--out", line.PathOf("m.strata"),
    ];

    private static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", typeof(StrataProgram).Assembly.Location, .. arguments])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;
}
