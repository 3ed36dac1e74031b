using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

public sealed class EnsembleCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Models_of_one_table_are_combined_on_the_rows_that_all_of_them_have_held_back()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(300));
        string tree = await Trained(table, "decision_tree"), forest = await Trained(table, "random_forest");

        CommandLine.Outcome told = await line.Run("ensemble", tree, forest, "--table", table, "--weights", "1,3", "--out", line.PathOf("both.strata"), "--json");

        told.ExitCode.ShouldBe(ExitCode.Done, told.Error);
        told.Json["test_rows"]!.GetValue<int>().ShouldBe(60);
        told.Json["members"]!.AsArray().Select(member => member!["weight"]!.GetValue<double>()).ShouldBe([0.25, 0.75]);
        CommandLine.Outcome predicted = await line.Run("predict", line.PathOf("both.strata"), table, "--out", line.PathOf("p.csv"));
        predicted.ExitCode.ShouldBe(ExitCode.Done, predicted.Error);
        File.ReadAllLines(line.PathOf("p.csv")).Length.ShouldBe(301);
    }

    [Fact]
    public async Task A_stack_on_a_table_that_is_new_says_so_and_people_read_how_good_each_member_is()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(200)), more = line.Write("more.csv", FlowerTable.Csv(150, seed: 2));
        string tree = await Trained(table, "decision_tree"), linear = await Trained(table, "logistic_regression");

        CommandLine.Outcome told = await line.Run("ensemble", tree, linear, "--table", more, "--method", "stacking", "--folds", "4", "--group", "garden", "--out", line.PathOf("stack.strata"));

        told.ExitCode.ShouldBe(ExitCode.Done, told.Error);
        told.Error.ShouldContain("decision_tree was trained on another table");
        told.Output.ShouldContain("AGAINST THE ENSEMBLE");
        told.Output.ShouldContain("ensemble");
        (await line.Run("show", line.PathOf("stack.strata"))).Output.ShouldContain("stacking");
    }

    [Fact]
    public async Task What_does_not_go_together_is_refused()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(100));
        string tree = await Trained(table, "decision_tree"), other = line.PathOf("other.strata");
        await line.Run("train", table, "--target", "height", "--algorithm", "decision_tree", "--out", other);

        CommandLine.Outcome targets = await line.Run("ensemble", tree, other, "--table", table, "--out", line.PathOf("x.strata"));
        CommandLine.Outcome options = await line.Run("ensemble", tree, tree, "--table", table, "--method", "blending", "--vote", "hard", "--folds", "3", "--out", line.PathOf("x.strata"));

        targets.ExitCode.ShouldBe(ExitCode.Failed);
        targets.Error.ShouldContain("other predicts 'height', decision_tree predicts 'kind'");
        options.Error.ShouldContain("--vote goes with --method voting");
        options.Error.ShouldContain("--folds goes with --method stacking");
        File.Exists(line.PathOf("x.strata")).ShouldBeFalse();
    }

    private async Task<string> Trained(string table, string algorithm)
    {
        string model = line.PathOf($"{algorithm}.strata");
        CommandLine.Outcome trained = await line.Run("train", table, "--target", "kind", "--drop", "garden", "--algorithm", algorithm, "--seed", "3", "--out", model);
        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        return model;
    }
}
