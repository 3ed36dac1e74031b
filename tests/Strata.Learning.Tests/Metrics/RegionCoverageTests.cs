using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Validation.Conformal;
using Strata.Learning.Workflow;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Metrics;

public sealed class RegionCoverageTests
{
    [Fact]
    public void Intervals_are_counted_for_each_declared_group_and_the_worst_stands_first()
    {
        double[] truth = [.. Enumerable.Repeat(0.0, 12), .. Enumerable.Repeat(5.0, 11), 0, 5];
        int[] groups = [.. Enumerable.Repeat(0, 12), .. Enumerable.Repeat(1, 11), 2, 2];
        Predictions predictions = Predictions.OfNumbers(new double[25]).With(null, new PredictedRegions(0.9, [.. Enumerable.Repeat(-1.0, 25)], [.. Enumerable.Repeat(1.0, 25)], []));

        RegionCoverage regions = Evaluation.Of(predictions, new NumberTarget("y", truth), groups: groups, groupNames: ["north", "south", "few"]).Regions!;

        regions.Coverage.ShouldBe(13 / 25.0, 1e-12);
        regions.DeclaredGroups.ShouldBe([new CoverageOfGroup("south", 11, 0, 2), new CoverageOfGroup("north", 12, 1, 2)]);
        regions.DeclaredGroupCount.ShouldBe(3);
        regions.MeanOfDeclaredGroups!.Value.ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void Sets_of_classes_are_counted_for_each_declared_group_too()
    {
        int[] truth = [.. Enumerable.Range(0, 40).Select(row => row % 2)];
        int[] groups = [.. Enumerable.Range(0, 40).Select(row => row / 20)];
        bool[] sets = [.. truth.SelectMany((code, row) => row < 20 ? new[] { true, true } : [code == 1 || row % 4 == 0, code == 0])];
        Predictions predictions = Scored.OfYes([.. truth.Select(_ => 0.5)]).With(null, new PredictedRegions(0.9, [], [], sets));

        RegionCoverage regions = Evaluation.Of(predictions, Scored.YesNo(truth), groups: groups).Regions!;

        regions.DeclaredGroups.Select(group => (group.Group, group.RowCount, group.Coverage)).ShouldBe([("group 2", 20, 0.25), ("group 1", 20, 1)]);
        regions.DeclaredGroups[1].Size.ShouldBe(2);
    }

    [Theory]
    [InlineData(TargetKind.Regression, RegionMethod.CvPlus)]
    [InlineData(TargetKind.Classification, RegionMethod.Split)]
    public void Training_by_group_tells_how_its_tested_groups_are_covered(TargetKind task, RegionMethod method)
    {
        var random = new RandomSource(3);
        int[] site = [.. Enumerable.Range(0, 1200).Select(row => row / 60)];
        double[] x = [.. site.Select(_ => random.NextGaussian())];
        double[] y = [.. x.Select(value => value + 0.3 * random.NextGaussian())];
        var table = new Frame(
            new Float64Column("x", x), CategoryColumn.Of("site", [.. site.Select(code => $"site {code}")]),
            task == TargetKind.Regression ? new Float64Column("y", y) : CategoryColumn.Of("y", [.. y.Select(value => value > 0 ? "up" : "down")]));

        TrainingOutcome outcome = Training.Run(
            new TrainingPlan { Target = "y", Group = "site", Algorithm = task == TargetKind.Regression ? "ridge" : "logistic_regression", Intervals = 0.9, IntervalMethod = method, TestSize = 0.3 },
            table, new FitContext(), withImportance: false);

        RegionCoverage regions = outcome.Evaluation.Regions!;
        regions.DeclaredGroupCount.ShouldBe(6);
        regions.DeclaredGroups.ShouldAllBe(group => group.Group.StartsWith("site ") && group.RowCount == 60);
        regions.DeclaredGroups.Select(group => group.Coverage).ShouldBeInOrder();
        regions.MeanOfDeclaredGroups!.Value.ShouldBe(regions.Coverage, 1e-9);
    }
}
