using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Xunit;

namespace Strata.Cli.Tests;

public sealed class FinishedModelCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Intervals_are_in_the_predictions_and_their_coverage_in_the_result()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(400));

        CommandLine.Outcome trained = await line.Run("train", table, "--target", "height", "--algorithm", "ridge", "--intervals", "0.8", "--interval-method", "split", "--out", line.PathOf("m.strata"), "--json");

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        trained.Json["regions"]!["coverage"]!.GetValue<double>().ShouldBeInRange(0.6, 1);
        trained.Json["metric_intervals"]!["rmse"]!["low"]!.GetValue<double>().ShouldBeLessThan(trained.Json["metrics"]!["rmse"]!.GetValue<double>());
        (await line.Run("predict", line.PathOf("m.strata"), table, "--out", line.PathOf("p.csv"))).ExitCode.ShouldBe(ExitCode.Done);
        Frame predicted = TableFile.Read(line.PathOf("p.csv"), new TableReadOptions(), TestContext.Current.CancellationToken).Frame;
        predicted.Names.ShouldBe(["row", "prediction", "lower", "upper"]);
        Enumerable.Range(0, predicted.RowCount).ShouldAllBe(row => predicted["lower"].NumberAt(row) < predicted["prediction"].NumberAt(row));
    }

    [Fact]
    public async Task An_ensemble_of_networks_says_how_unsure_it_is_where_that_is_asked_for()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(300));
        CommandLine.Outcome trained = await line.Run(
            "train", table, "--target", "kind", "--algorithm", "mlp", "--set", "ensemble_members=3", "--set", "epochs=4", "--set", "width=16", "--calibrate", "platt", "--out", line.PathOf("m.strata"));
        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        (await line.Run("train", table, "--target", "kind", "--algorithm", "decision_tree", "--out", line.PathOf("tree.strata"))).ExitCode.ShouldBe(ExitCode.Done);

        (await line.Run("predict", line.PathOf("m.strata"), table, "--uncertainty", "--out", line.PathOf("p.csv"))).ExitCode.ShouldBe(ExitCode.Done);
        CommandLine.Outcome refused = await line.Run("predict", line.PathOf("tree.strata"), table, "--uncertainty", "--out", line.PathOf("q.csv"));

        Frame predicted = TableFile.Read(line.PathOf("p.csv"), new TableReadOptions(), TestContext.Current.CancellationToken).Frame;
        predicted.Names.ShouldBe(["row", "prediction", "p(kind a)", "p(kind b)", "epistemic", "aleatoric"]);
        Enumerable.Range(0, predicted.RowCount).ShouldAllBe(row => predicted["epistemic"].NumberAt(row) >= 0 && predicted["aleatoric"].NumberAt(row) <= Math.Log(2) + 1e-9);
        refused.ExitCode.ShouldNotBe(ExitCode.Done);
        refused.Error.ShouldContain("The model does not say how unsure it is");
        File.Exists(line.PathOf("q.csv")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_calibrated_model_with_costs_and_sets_is_trained_evaluated_and_explained()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(400));

        CommandLine.Outcome trained = await line.Run(
            "train", table, "--target", "kind", "--algorithm", "decision_tree", "--calibrate", "platt", "--costs", "0,1;5,0", "--intervals", "0.9", "--out", line.PathOf("m.strata"), "--json");

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        trained.Json["notes"]!.ToJsonString().ShouldContain("calibrated");
        (await line.Run("evaluate", line.PathOf("m.strata"), table)).Output.ShouldContain("MEAN SIZE");
        (await line.Run("explain", line.PathOf("m.strata"), table, "--out", line.PathOf("e.csv"))).ExitCode.ShouldBe(ExitCode.Done);
        (await line.Run("predict", line.PathOf("m.strata"), table, "--out", line.PathOf("p.csv"))).ExitCode.ShouldBe(ExitCode.Done);
        (await File.ReadAllLinesAsync(line.PathOf("p.csv"), TestContext.Current.CancellationToken))[0].ShouldEndWith(",set");
    }

    [Fact]
    public async Task A_leak_is_warned_of_on_standard_error_and_told_by_audit_leaks()
    {
        string[] lines = FlowerTable.Csv(300).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string kind = lines[0].Split(',').Index().First(name => name.Item == "kind").Index.ToString(System.Globalization.CultureInfo.InvariantCulture);
        int at = int.Parse(kind, System.Globalization.CultureInfo.InvariantCulture);
        string table = line.Write("leaky.csv", string.Join('\n', lines.Select((text, i) => $"{text},{(i == 0 ? "species" : "s" + text.Split(',')[at])}")) + "\n");

        CommandLine.Outcome audit = await line.Run("audit-leaks", table, "--target", "kind", "--json");
        CommandLine.Outcome trained = await line.Run("train", table, "--target", "kind", "--algorithm", "decision_tree", "--out", line.PathOf("m.strata"));

        audit.Json["leak_audit"]![0]!["column"]!.GetValue<string>().ShouldBe("species");
        audit.Json["leak_audit"]![0]!["kind"]!.GetValue<string>().ShouldBe("target_copy");
        trained.Error.ShouldContain("warning: 'species' is the target 'kind' in other words");
    }
}
