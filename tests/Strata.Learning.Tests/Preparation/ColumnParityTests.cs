using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;
using Xunit;
using static Strata.Learning.Tests.Preparation.StepFixture;

namespace Strata.Learning.Tests.Preparation;

/// <summary>Steps beside scikit-learn, pandas and NumPy: Fixtures/columns.json (see make_columns.py beside it).</summary>
public sealed class ColumnParityTests
{
    private static readonly JsonNode Peers = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Preparation", "Fixtures", "columns.json")))!;

    [Theory]
    [InlineData("0.0", 0)]
    [InlineData("0.5", 0.5)]
    [InlineData("1.2", 1.2)]
    public void Columns_that_vary_are_those_of_scikit_learn(string name, double threshold) =>
        Fitted(new SelectVariance { Threshold = threshold }, Sample()).Apply(Sample().Features).Names.ShouldBe(Named(Of<int[]>("variance", name)));

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void Recursive_elimination_leaves_the_columns_that_scikit_learn_leaves(int keep)
    {
        IStep step = ByModel("ridge", "elimination", keep, pace: 0);

        Fitted(step, Sample()).Apply(Sample().Features).Names.ShouldBe(Named(Of<int[]>("elimination", $"{keep}")));
    }

    [Fact]
    public void The_columns_that_an_absolute_penalty_leaves_are_those_of_scikit_learn() =>
        Fitted(ByModel("lasso(alpha=0.1)", "importance", keep: 4), Sample()).Apply(Sample().Features).Names.ShouldBe(Named(Of<int[]>("lasso")));

    [Fact]
    public void Columns_that_do_not_matter_at_all_do_not_fill_up_the_number() =>
        Fitted(ByModel("lasso(alpha=1)", "importance", keep: 8), Sample()).Apply(Sample().Features).Names.ShouldBe(["x0", "x3", "x5"]);

    [Theory]
    [InlineData(FillDirection.Forward, "forward")]
    [InlineData(FillDirection.Backward, "backward")]
    public void Values_are_carried_along_time_within_groups_as_in_pandas(FillDirection direction, string name)
    {
        double[][] rows = Of<double[][]>("along", "rows"), peer = Of<double[][]>("along", name);
        var table = new TrainingTable(Numbers(rows), new NumberTarget("y", new double[rows.Length]), groups: Of<int[]>("along", "groups"), times: Of<double[]>("along", "times"));

        double[][] carried = RowsOf(new FillAlong { Direction = direction }.FitTransform(table, Context).Prepared.Features);

        for (int row = 0; row < rows.Length; row++)
        {
            for (int j = 0; j < rows[row].Length; j++)
            {
                // Where nothing comes before, pandas leaves the gap; a learner needs a number.
                double.IsNaN(carried[row][j]).ShouldBeFalse($"row {row + 1}, column {j + 1}");
                (double.IsNaN(peer[row][j]) || peer[row][j] == carried[row][j]).ShouldBeTrue($"row {row + 1}, column {j + 1} is {carried[row][j]}, expected {peer[row][j]}");
            }
        }
    }

    [Fact]
    public void Parts_of_dates_are_those_of_pandas()
    {
        long[] ticks = [.. Of<long[]>("dates", "seconds").Select(second => DateTimeOffset.FromUnixTimeSeconds(second).UtcTicks)];
        var rows = new Frame(new DateColumn("seen", ticks, new MissingMask(ticks.Length)));

        Fitted(new DateParts { Cycles = false }, Table(rows)).Apply(rows).ShouldBeRows(Of<double[][]>("dates", "parts"), 1e-12);
    }

    [Theory]
    [InlineData(OutlierRule.InterquartileRange, null, "quartiles")]
    [InlineData(OutlierRule.ZScore, 2.0, "deviations")]
    public void Outliers_are_clipped_at_the_bounds_of_numpy(OutlierRule rule, double? factor, string name)
    {
        Frame rows = Numbers(Of<double[][]>("bounds", "rows"));

        Fitted(new Outliers { Rule = rule, Factor = factor }, Table(rows)).Apply(rows).ShouldBeRows(Of<double[][]>("bounds", name), 1e-12);
    }

    private static TrainingTable Sample() => new(Numbers(Of<double[][]>("x")), new NumberTarget("y", Of<double[]>("y")));

    private static IStep ByModel(string algorithm, string method, int keep, double pace = 0.2) => PreparationSteps.Named("select_by_model").Recipe(
        new Dictionary<string, JsonNode?> { ["algorithm"] = algorithm, ["method"] = method, ["keep"] = keep, ["pace"] = pace });

    private static string[] Named(int[] columns) => [.. columns.Select(column => $"x{column}")];

    private static T Of<T>(params string[] path) => path.Aggregate(Peers, (node, name) => node[name]!).Deserialize<T>(ModelFileJson.Options)!;
}
