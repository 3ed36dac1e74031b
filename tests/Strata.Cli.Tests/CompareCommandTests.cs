using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

public sealed class CompareCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Algorithms_are_compared_on_the_same_folds_with_a_baseline()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(300));

        CommandLine.Outcome compared = await line.Run(
            "compare", table, "--target", "kind", "--drop", "height", "--group", "garden", "--algorithms", "decision_tree(max_depth=3),logistic_regression", "--folds", "3", "--metric", "accuracy", "--json");

        compared.ExitCode.ShouldBe(ExitCode.Done, compared.Error);
        compared.Json["metric"]!.GetValue<string>().ShouldBe("accuracy");
        JsonArray algorithms = compared.Json["algorithms"]!.AsArray();
        algorithms.Select(one => one!["name"]!.GetValue<string>()).ShouldBe(["decision_tree(max_depth=3)", "logistic_regression", "baseline"], ignoreOrder: true);
        algorithms[2]!["name"]!.GetValue<string>().ShouldBe("baseline");
        algorithms[2]!["against_best"]!["p_value"]!.GetValue<double>().ShouldBeInRange(0, 0.2);
        algorithms.ShouldAllBe(one => one!["scores"]!.AsArray().Count == 3);
        compared.Json["split"]!.GetValue<string>().ShouldContain("groups");
    }

    [Fact]
    public async Task A_person_reads_a_table_with_the_best_marked()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(200));

        CommandLine.Outcome compared = await line.Run("compare", table, "--target", "height", "--drop", "garden", "--algorithms", "ridge, gamma_regression", "--folds", "3");

        compared.ExitCode.ShouldBe(ExitCode.Done, compared.Error);
        compared.Output.ShouldContain("RMSE");
        compared.Output.ShouldContain("best");
        compared.Output.ShouldContain("baseline");
    }

    [Theory]
    [InlineData("--algorithms", "ridgee", "Did you mean 'ridge'?")]
    [InlineData("--algorithms", "logistic_regression", "cannot predict numbers")]
    [InlineData("--folds", "1", "at least 2")]
    [InlineData("--metric", "rmsee", "Did you mean 'rmse'?")]
    public async Task What_does_not_fit_is_refused(string option, string value, string hint)
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(100));
        string[] algorithms = option == "--algorithms" ? [] : ["--algorithms", "ridge"];

        CommandLine.Outcome refused = await line.Run(["compare", table, "--target", "height", .. algorithms, option, value]);

        refused.ExitCode.ShouldBe(ExitCode.Failed);
        refused.Error.ShouldContain(hint);
    }

    [Fact]
    public async Task A_training_can_be_cross_validated_besides()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(200));

        CommandLine.Outcome trained = await line.Run("train", table, "--target", "kind", "--drop", "garden", "--algorithm", "logistic_regression", "--folds", "4", "--out", line.PathOf("m.strata"), "--json");

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        trained.Json["cross_validated"]!["accuracy"]!["mean"]!.GetValue<double>().ShouldBeInRange(0.6, 1);
        trained.Json["cross_validated"]!["accuracy"]!["fold_count"]!.GetValue<int>().ShouldBe(4);
    }

    [Fact]
    public async Task An_evaluation_draws_its_pictures()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(200));
        await line.Run("train", table, "--target", "kind", "--algorithm", "decision_tree", "--out", line.PathOf("m.strata"));

        CommandLine.Outcome evaluated = await line.Run("evaluate", line.PathOf("m.strata"), table, "--plots", line.PathOf("plots"));

        evaluated.ExitCode.ShouldBe(ExitCode.Done, evaluated.Error);
        Directory.GetFiles(line.PathOf("plots")).Select(Path.GetFileName).ShouldBe(["confusion.svg", "roc.svg", "precision_recall.svg", "calibration.svg", "importance.svg"], ignoreOrder: true);
    }
}
