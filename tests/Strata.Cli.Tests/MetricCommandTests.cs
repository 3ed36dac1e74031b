using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

public sealed class MetricCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Metrics_are_listed_with_what_their_numbers_may_be()
    {
        CommandLine.Outcome people = await line.Run("metrics");
        JsonArray all = JsonNode.Parse((await line.Run("metrics", "--json")).Output)!.AsArray();

        people.Output.ShouldContain("roc_auc_ovo_weighted");
        people.Output.ShouldContain("top_k_accuracy:K (a whole number from 1 to 10000)");
        all.Single(one => one!["name"]!.GetValue<string>() == "f_beta")!["range"]!.GetValue<string>().ShouldBe("a number from 0 to 1000");
    }

    [Fact]
    public async Task A_metric_that_is_named_is_told_when_training_and_when_evaluating()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(200)), model = line.PathOf("m.strata");

        CommandLine.Outcome trained = await line.Run(
            "train", table, "--target", "kind", "--drop", "garden", "--algorithm", "decision_tree", "--folds", "3", "--metric", "f_beta_macro:2", "--metric", "roc_auc_ovo", "--out", model, "--json");
        CommandLine.Outcome evaluated = await line.Run("evaluate", model, table, "--metric", "f_beta_macro:0.50", "--json");

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        trained.Json["metrics"]!.AsObject().ShouldContainKey("roc_auc_ovo");
        trained.Json["metric_intervals"]!.AsObject().ShouldContainKey("f_beta_macro:2");
        trained.Json["cross_validated"]!.AsObject().ShouldContainKey("f_beta_macro:2");
        evaluated.Json["metrics"]!.AsObject().ShouldContainKey("f_beta_macro:0.5");
    }

    [Fact]
    public async Task A_metric_of_the_wrong_kind_is_refused_before_anything_is_fitted()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(100));

        CommandLine.Outcome refused = await line.Run("train", table, "--target", "kind", "--metric", "pinball:0.9", "--metric", "f_beta_macro:x", "--out", line.PathOf("m.strata"));

        refused.ExitCode.ShouldBe(ExitCode.Failed);
        refused.Error.ShouldContain("There is no metric 'pinball:0.9' for classes.");
        refused.Error.ShouldContain("with a beta of 'x': it takes a number from 0 to 1000");
    }
}
