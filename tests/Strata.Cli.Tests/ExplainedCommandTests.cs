using System.Diagnostics;
using System.Reflection;
using System.Text;
using Shouldly;
using Strata.Solutions;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Survey;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary>What <c>--explain-command</c> prints: nothing is done, the C# compiles with the namespaces it names, the REST call or why there is none stands beside it.</summary>
public sealed class ExplainedCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Every_command_prints_CSharp_that_compiles_and_its_REST_call_and_does_nothing()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(120)), model = line.PathOf("m.strata"), categories = line.Write("categories.json", "{\"colour\": [\"red\", \"blue\"]}");
        (await line.Run("train", table, "--target", "kind", "--algorithm", "decision_tree", "--out", model)).ExitCode.ShouldBe(ExitCode.Done);
        string survey = await Survey();
        string[] before = [.. Directory.GetFiles(line.Folder).Order()];
        (string[] Arguments, string Call)[] commands =
        [
            (["train", table, "--target", "kind", "--set", "trees=40", "--drop", "height", "--seed", "7", "--out", line.PathOf("new.strata")], "/api/runs"),
            (["train", table, "--target", "height", "--task", "regression", "--algorithm", "ridge", "--prepare", "impute:numbers=median", "--prepare", "scale", "--group", "garden", "--test", table, "--folds", "3",
                "--time-limit", "60", "--intervals", "0.9", "--interval-method", "cv_plus", "--metric", "pinball:0.9", "--threads", "2", "--out", line.PathOf("new.strata")], "leave out --test"),
            (["train", table, "--target", "kind", "--calibrate", "isotonic", "--costs", "0,1;5.5,0", "--positive", "kind b", "--test-size", "0.3", "--folds", "4", "--state", "intended_use=To sort \"flowers\".", "--report", line.PathOf("r.html"), "--out", line.PathOf("new.strata")], "\"folds\": 4"),
            (["train", survey, "--target", "koi_disposition", "--out", line.PathOf("new.strata")], "\"preset\""),
            (["tune", table, "--target", "kind", "--algorithm", "decision_tree", "--method", "random", "--trials", "9", "--metric", "f_beta:2", "--space", "max_depth=2..6", "--pruning", "none", "--prune-by", "rounds",
                "--folds", "3", "--time-limit", "30", "--memory-limit", "900", "--parallel", "2", "--out", line.PathOf("new.strata")], "\"tuning\""),
            (["tune", table, "--target", "kind", "--tune-threshold", "f1", "--test", table, "--study", line.PathOf("s.jsonl"), "--out", line.PathOf("new.strata")], "leave out --test"),
            (["compare", table, "--target", "kind", "--algorithms", "ridge, decision_tree(max_depth=3)", "--metric", "roc_auc", "--time-limit", "60", "--time-each", "5"], "/api/comparisons"),
            (["find-rate", table, "--target", "kind", "--algorithm", "mlp", "--svg", line.PathOf("r.svg")], "There is no call"),
            (["curve", table, "--target", "kind", "--algorithm", "decision_tree", "--shares", "0.5,1", "--svg", line.PathOf("c.svg")], "There is no call"),
            (["curve", table, "--target", "kind", "--algorithm", "decision_tree", "--kind", "validation", "--parameter", "max_depth", "--values", "1,2,4", "--folds", "3", "--metric", "accuracy"], "There is no call"),
            (["predict", model, table, "--out", line.PathOf("p.csv")], "/api/models/MODEL_ID/predictions"),
            (["predict", model, table, "--keep", "garden,petal width", "--out", line.PathOf("p.csv")], "-F 'keep=[\"garden\", \"petal width\"]'"),
            (["predict", model, table, "--keep", "none", "--out", line.PathOf("p.csv")], "-F 'keep=[]'"),
            (["profile", table, "--series-id", "garden", "--series-channel", "height", "--arrays", "points"], "-F 'series_id=garden' -F 'series_channels=[\"height\"]' -F 'arrays=points'"),
            (["evaluate", model, table, "--metric", "f_beta_macro:2", "--plots", line.PathOf("plots")], "/api/runs/RUN_ID/evaluation"),
            (["report", model, table, "--out", line.PathOf("r.html")], "/api/runs/RUN_ID/report"),
            (["explain", model, table, "--out", line.PathOf("r.csv")], "/api/models/MODEL_ID/explanations"),
            (["explain", model, table, "--method", "interventional", "--background", "50", "--seed", "3", "--out", line.PathOf("r.csv")], "\"background_rows\": 50"),
            (["explain", model, table, "--method", "interventional", "--background", table, "--out", line.PathOf("r.csv")], "BACKGROUND_DATASET_ID"),
            (["explain", model, table, "--interactions", "--out", line.PathOf("r.csv")], "\"interactions\": true"),
            (["explain", model, table, "--method", "kernel", "--evaluations", "500", "--output", "raw_score", "--background", "50", "--seed", "3"], "\"kernel_shap\",\n  \"dataset_id\": \"DATASET_ID\",\n  \"background_rows\": 50,\n  \"seed\": 3,\n  \"evaluations\": 500\n}'   # of a model that a run left; the call has no --output"),
            (["explain", model, table, "--method", "lime", "--samples", "500", "--perturbation", "gaussian"], "\"lime\",\n  \"dataset_id\": \"DATASET_ID\",\n  \"count\": 5,\n  \"evaluations\": 500"),
            (["explain", model, table, "--method", "pdp", "--column", "height", "--column", "petal width"], "each column by itself"),
            (["explain", model, table, "--method", "ice", "--column", "height", "--points", "9"], "the call has no --points"),
            (["explain", model, table, "--method", "ale", "--column", "height"], "\"columns\": [\n    \"height\""),
            (["explain", model, table, "--method", "interactions"], "\"friedman_h\""),
            (["explain", model, table, "--method", "counterfactual", "--wanted", "kind b", "--immutable", "garden", "--background", table], "\"background_dataset_id\": \"BACKGROUND_DATASET_ID\",\n  \"wanted_class\": \"kind b\",\n  \"immutable\": ["),
            (["explain", model, table, "--method", "surrogate", "--depth", "3"], "the call has no --depth"),
            (["explain", model, table, "--method", "gradients", "--gradient", "gradient_times_input"], "\"gradient_x_input\""),
            (["explain", model, table, "--method", "occlusion", "--array", "curve", "--window", "5"], "\"columns\": [\n    \"curve\""),
            (["explain", model, table, "--method", "cohort", "--cohort", "colour=red,blue"], "\"value\": \"red\"\n    },\n    \"second\": {"),
            (["explain", model, table, "--importance", "permutation", "--seed", "2"], "\"importance\": \"permutation\""),
            (["explain", model, table, "--importance", "gain"], "\"importance\": \"gain\""),
            (["ensemble", model, model, "--table", table, "--weights", "1,3", "--out", line.PathOf("e.strata")], "\"weights\": ["),
            (["ensemble", model, model, "--table", table, "--method", "stacking", "--meta-learner", "ridge", "--folds", "4", "--out", line.PathOf("e.strata")], "/api/ml/ensemble/create"),
            (["automl", table, "--target", "kind", "--preset", "best", "--time-limit", "60", "--report", line.PathOf("r.html"), "--out", line.PathOf("new.strata")], "\"automl\""),
            (["show", model, "--importance", "splits"], "/api/models/MODEL_ID"),
            (["join", "--block", $"garden={table}", "--block", "more=a.csv,names.csv", "--labels", table, "--id", "kind", "--out", line.PathOf("j.csv")], "There is no call"),
            (["profile", table, "--target", "petal width"], "/profile?target=petal%20width"),
            (["audit-leaks", table, "--target", "kind", "--group", "garden", "--test", table], "leak_audit"),
            (["import", line.PathOf("booster.json"), "--target", "kind", "--classes", "a,b", "--categories", categories, "--rounds", "3", "--out", line.PathOf("i.strata")], "There is no call"),
            (["export", model, "--format", "lightgbm", "--without-preparation", "--out", line.PathOf("e.txt")], "There is no call"),
        ];

        var programs = new List<string>();
        foreach ((string[] arguments, string call) in commands)
        {
            CommandLine.Outcome told = await line.Run([.. arguments, "--explain-command"]);

            told.ExitCode.ShouldBe(ExitCode.Done, $"{string.Join(' ', arguments)}: {told.Error}");
            string[] parts = told.Output.ReplaceLineEndings("\n").Split("\nREST:\n");
            parts[1].ShouldContain(call, customMessage: string.Join(' ', arguments));
            programs.Add(parts[0]["C#:\n".Length..]);
        }

        Directory.GetFileSystemEntries(line.Folder).Order().ShouldBe(before);
        Compile(programs).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_asked_for_stands_in_the_CSharp()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(100));

        CommandLine.Outcome train = await line.Run("train", table, "--target", "kind", "--set", "trees=40", "--drop", "height", "--calibrate", "platt", "--metric", "f_beta:2", "--out", "m.strata", "--explain-command");
        CommandLine.Outcome tune = await line.Run("tune", table, "--target", "kind", "--algorithm", "decision_tree", "--trials", "9", "--space", "max_depth=2..6", "--out", "m.strata", "--explain-command");

        train.Output.ShouldContain("using Strata.Learning.Validation.Calibration;");
        train.Output.ShouldContain(
            "new TrainingPlan { Target = \"kind\", Hyperparameters = new Dictionary<string, JsonNode?> { [\"trees\"] = \"40\" }, Drop = [\"height\"], Calibration = CalibrationMethod.Platt, Metrics = [\"f_beta:2\"] }");
        tune.Output.ShouldContain("new TuningPlan { Training = plan, Space = [\"max_depth=2..6\"], Trials = 9 }");
    }

    /// <summary>A table that a preset recognises.</summary>
    private async Task<string> Survey()
    {
        using var http = new HttpClient();
        var context = new SourceContext { Http = http, CacheDirectory = line.Folder, Cancellation = TestContext.Current.CancellationToken };
        FetchedTable survey = await new SimulatedSurvey(Mission.Kepler).FetchAsync(new SourceRequest(60, 5), context);
        using var reader = new StreamReader(survey.Open(), Encoding.UTF8);
        return line.Write("survey.csv", await reader.ReadToEndAsync(context.Cancellation));
    }

    /// <summary>The compiler's complaints about programs, each a file of its own, with the compiler of the SDK that builds these tests.</summary>
    private string Compile(IReadOnlyList<string> programs)
    {
        string folder = Directory.CreateDirectory(line.PathOf("source")).FullName;
        File.WriteAllText(Path.Combine(folder, "Usual.cs"), "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;");
        foreach ((int i, string program) in programs.Index())
        {
            string[] lines = program.Split('\n');
            int body = Array.FindIndex(lines, text => text.Length == 0);
            File.WriteAllText(Path.Combine(folder, $"Program{i}.cs"), $"#nullable enable\n{string.Join('\n', lines[..body])}\nstatic class Program{i} {{ static void Run() {{\n{string.Join('\n', lines[body..])}\n}} }}");
        }

        string[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetFileName(path) is string name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Strata.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))];
        string response = Path.Combine(folder, "compile.rsp");
        File.WriteAllText(response, string.Join('\n', [
            "-nologo", "-target:library", "-langversion:latest", "-nostdlib", $"-out:\"{Path.Combine(folder, "out.dll")}\"",
            .. references.Select(path => $"-r:\"{path}\""), $"\"{Path.Combine(folder, "*.cs")}\"",
        ]), Encoding.UTF8);
        using Process compiler = Process.Start(new ProcessStartInfo("dotnet", [Compiler, $"@{response}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string told = compiler.StandardOutput.ReadToEnd() + compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? string.Empty : told;
    }

    private static string Compiler => typeof(ExplainedCommandTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Compiler").Value!;
}
