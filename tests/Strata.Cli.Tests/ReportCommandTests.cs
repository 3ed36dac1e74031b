using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

public sealed class ReportCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_training_leaves_a_page_and_JSON_that_tell_how_to_do_it_again()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(300));
        string[] train = ["train", table, "--target", "kind", "--drop", "height", "--set", "trees=8", "--seed", "4", "--state", "owner=Ada & Co", "--out", line.PathOf("m.strata"), "--report", line.PathOf("r.html")];

        CommandLine.Outcome trained = await line.Run(train);
        string page = File.ReadAllText(line.PathOf("r.html"));
        JsonNode first = JsonNode.Parse(File.ReadAllText(line.PathOf("r.json")))!;
        await line.Run(train);
        JsonNode second = JsonNode.Parse(File.ReadAllText(line.PathOf("r.json")))!;

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        trained.Error.ShouldContain("r.html");
        page.ShouldContain("Owner: Ada &amp; Co");
        page.ShouldContain("id=\"curves-0-title\"");
        first["data"]!["name"]!.GetValue<string>().ShouldBe("flowers.csv");
        first["reproduction"]!["command"]!.GetValue<string>().ShouldBe($"strata train {table} --target kind --drop height --set trees=8 --seed 4 --state 'owner=Ada & Co' --out {line.PathOf("m.strata")} --report {line.PathOf("r.html")}");
        first["reproduction"]!["c_sharp"]!.GetValue<string>().ShouldContain("RunReport.Of(outcome, table, new ReportFacts { TableName = \"flowers.csv\" })");
        first["model"]!["fit_seconds"] = 0;
        second["model"]!["fit_seconds"] = 0;
        second.ToJsonString().ShouldBe(first.ToJsonString());
    }

    [Fact]
    public async Task A_model_is_judged_on_another_table()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(300)), other = line.Write("other.csv", FlowerTable.Csv(120, seed: 2));
        await line.Run("train", table, "--target", "kind", "--drop", "height", "--algorithm", "logistic_regression", "--out", line.PathOf("m.strata"));

        CommandLine.Outcome told = await line.Run("report", line.PathOf("m.strata"), other, "--out", line.PathOf("r.html"), "--title", "Other <gardens>", "--json");

        told.ExitCode.ShouldBe(ExitCode.Done, told.Error);
        told.Json["rows"]!.GetValue<int>().ShouldBe(120);
        string page = File.ReadAllText(line.PathOf("r.html"));
        page.ShouldContain("<h1>Other &lt;gardens&gt;</h1>");
        page.ShouldContain("other.csv");
        page.ShouldContain("id=\"beeswarm-0-title\"");
    }

    [Fact]
    public async Task A_search_and_a_comparison_leave_their_leaderboards()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(200));

        CommandLine.Outcome tuned = await line.Run("tune", table, "--target", "kind", "--algorithm", "decision_tree", "--trials", "3", "--folds", "2", "--out", line.PathOf("m.strata"), "--report", line.PathOf("t.html"));
        CommandLine.Outcome compared = await line.Run("compare", table, "--target", "kind", "--algorithms", "decision_tree(max_depth=2)", "--folds", "3", "--report", line.PathOf("c.html"));

        tuned.ExitCode.ShouldBe(ExitCode.Done, tuned.Error);
        compared.ExitCode.ShouldBe(ExitCode.Done, compared.Error);
        Leaderboard("t.json").Count.ShouldBe(3);
        Leaderboard("t.json")[0]!["name"]!.GetValue<string>().ShouldStartWith("trial ");
        Leaderboard("c.json").Select(row => row!["name"]!.GetValue<string>()).ShouldBe(["decision_tree(max_depth=2)", "baseline"]);
        JsonArray Leaderboard(string file) => JsonNode.Parse(File.ReadAllText(line.PathOf(file)))!["leaderboard"]!["rows"]!.AsArray();
    }

    [Fact]
    public async Task A_statement_that_no_card_has_and_a_report_that_would_overwrite_its_JSON_are_refused()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(60));

        CommandLine.Outcome unknown = await line.Run("train", table, "--target", "kind", "--state", "ownr=Ada", "--out", line.PathOf("m.strata"));
        await line.Run("train", table, "--target", "kind", "--algorithm", "decision_tree", "--out", line.PathOf("m.strata"));
        CommandLine.Outcome json = await line.Run("report", line.PathOf("m.strata"), table, "--out", line.PathOf("r.json"));

        unknown.ExitCode.ShouldBe(ExitCode.Failed);
        unknown.Error.ShouldContain("intended_use");
        json.ExitCode.ShouldBe(ExitCode.Failed);
        json.Error.ShouldContain("Name it .html");
    }
}
