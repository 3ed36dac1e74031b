using System.Text.Json.Nodes;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

public sealed class CurveCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_learning_curve_is_told_and_drawn()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(400)), picture = line.PathOf("curve.svg");

        CommandLine.Outcome json = await line.Run("curve", table, "--target", "kind", "--algorithm", "decision_tree", "--metric", "accuracy", "--folds", "4", "--shares", "0.1,1", "--group", "garden", "--svg", picture, "--json");
        CommandLine.Outcome people = await line.Run("curve", table, "--target", "height", "--drop", "garden", "--algorithm", "ridge");

        json.ExitCode.ShouldBe(ExitCode.Done, json.Error);
        JsonArray points = json.Json["points"]!.AsArray();
        points.Select(point => point!["test"]!.AsArray().Count).ShouldBe([4, 4]);
        points[1]!["at"]!.GetValue<double>().ShouldBe(300, 3);
        points[1]!["mean_test"]!.GetValue<double>().ShouldBeGreaterThan(points[0]!["mean_test"]!.GetValue<double>());
        json.Json["split"]!.GetValue<string>().ShouldContain("groups");
        XDocument.Load(picture).Root!.Name.LocalName.ShouldBe("svg");
        people.Output.ShouldContain("rmse of ridge");
        people.Output.ShouldContain("TRAINING ROWS");
    }

    [Fact]
    public async Task A_validation_curve_runs_over_numbers_and_over_names()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(300));

        CommandLine.Outcome numbers = await line.Run("curve", table, "--target", "kind", "--drop", "garden", "--algorithm", "decision_tree", "--kind", "validation", "--parameter", "max_depth", "--values", "1,20", "--folds", "3", "--metric", "accuracy", "--json");
        CommandLine.Outcome names = await line.Run("curve", table, "--target", "kind", "--drop", "garden", "--algorithm", "decision_tree", "--kind", "validation", "--parameter", "criterion", "--values", "gini,entropy", "--folds", "3", "--svg", line.PathOf("c.svg"), "--json");

        JsonArray points = numbers.Json["points"]!.AsArray();
        points.Select(point => point!["at"]!.GetValue<double>()).ShouldBe([1, 20]);
        points[1]!["mean_training"]!.GetValue<double>().ShouldBeGreaterThan(points[1]!["mean_test"]!.GetValue<double>(), "a deep tree learns by heart");
        names.ExitCode.ShouldBe(ExitCode.Done, names.Error);
        names.Json["labels"]!.AsArray().Select(label => label!.GetValue<string>()).ShouldBe(["gini", "entropy"]);
        names.Json["points"]!.AsArray().Select(point => point!["at"]!.GetValue<double>()).ShouldBe([0, 1]);
    }

    [Theory]
    [InlineData("needs a hyperparameter and its values", "--kind", "validation")]
    [InlineData("'max_dept'", "--kind", "validation", "--parameter", "max_dept", "--values", "1,2")]
    [InlineData("'deep'", "--kind", "validation", "--parameter", "max_depth", "--values", "2,deep")]
    [InlineData("go with a validation curve", "--parameter", "max_depth")]
    [InlineData("above 0 and at most 1", "--shares", "0.5,2")]
    [InlineData("There is no metric 'accurac'", "--metric", "accurac")]
    public async Task What_does_not_fit_is_refused(string hint, params string[] options)
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(100));

        CommandLine.Outcome refused = await line.Run(["curve", table, "--target", "kind", "--algorithm", "decision_tree", .. options]);

        refused.ExitCode.ShouldBe(ExitCode.Failed);
        refused.Error.ShouldContain(hint);
    }
}
