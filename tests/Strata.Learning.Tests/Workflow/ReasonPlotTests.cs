using System.Globalization;
using System.Xml.Linq;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Workflow.Plots;
using Strata.Learning.Workflow.Reports;
using Xunit;

namespace Strata.Learning.Tests.Workflow;

public class ReasonPlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Three rows, two outputs, three columns: the second output's contributions are 1, 2, 3 / -1, 0, 5 / 0.5, -4, 0.</summary>
    private static readonly Contributions Reasons = new(
        ["dose", "ward", "note"], ["a", "b"], 3,
        [0, 0, 0, 1, 2, 3, 0, 0, 0, -1, 0, 5, 0, 0, 0, 0.5, -4, 0],
        [0, 10, 0, 10, 0, 10]);

    private static readonly Frame Rows = new(
        new Float64Column("dose", [5, double.NaN, 7]),
        new CategoryColumn("ward", [0, 1, 0], ["north", "south"]),
        new TextColumn("note", ["x", null, "<b>"]));

    [Fact]
    public void Columns_come_by_the_mean_size_of_their_contributions_with_their_values()
    {
        IReadOnlyList<ColumnReasons> columns = ColumnReasons.Of(Reasons, Rows, output: 1);

        columns.Select(column => column.Column).ShouldBe(["note", "ward", "dose"]);
        columns[0].MeanSize.ShouldBe(8.0 / 3, 1e-6);
        columns[0].Values.ShouldAllBe(value => float.IsNaN(value));
        columns[1].Values.ShouldBe([0, 1, 0]);
        columns[1].Levels.ShouldBe(["north", "south"]);
        columns[2].Contributions.ShouldBe([1, -1, 0.5f]);
        ColumnReasons.Of(Reasons, Rows, output: 1, most: 1).Single().Column.ShouldBe("note");
    }

    [Fact]
    public void A_rows_bias_and_contributions_sum_to_its_score()
    {
        RowReasons row = RowReasons.Of(Reasons, Rows, row: 0, output: 1);

        (row.Output, row.Bias, row.Score).ShouldBe(("b", 10, 16));
        row.Columns.Select(column => column.Value).ShouldBe(["5", "north", "x"]);
        row.Largest(2).Select(column => (column.Column, column.Contribution)).ShouldBe([("note", 3), ("2 other columns", 3)]);
    }

    [Fact]
    public void A_waterfall_walks_from_the_bias_to_the_score()
    {
        XElement picture = Read(WaterfallPlot.Draw(RowReasons.Of(Reasons, Rows, row: 2, output: 1)));

        Texts(picture).ShouldContain("ward = north");
        XElement[] bars = [.. picture.Elements(Svg + "rect").Where(bar => Style(bar).StartsWith("mark", StringComparison.Ordinal))];
        bars.Select(Style).ShouldBe(["mark down", "mark up"]);
        // From 10 down by 4, then up by a half: the bars' widths are as 8 to 1, and the second ends where the first one ends.
        (Number(bars[0], "width") / Number(bars[1], "width")).ShouldBe(8, 0.1);
        Number(bars[0], "x").ShouldBe(Number(bars[1], "x"), 0.02);
    }

    [Fact]
    public void A_force_bar_is_shared_out_by_the_contributions()
    {
        XElement picture = Read(ForcePlot.Draw(RowReasons.Of(Reasons, Rows, row: 1, output: 1)));

        double[] widths = [.. picture.Elements(Svg + "polygon").Select(shape => Points(shape).Max(point => point.X) - Points(shape).Min(point => point.X))];
        widths.Length.ShouldBe(2);
        (widths[0] / widths[1]).ShouldBe(5, 0.05);
    }

    [Fact]
    public void A_swarm_has_a_dot_a_row_where_its_contribution_is_and_colours_by_value()
    {
        ColumnReasons column = new("x", [1, 2, 3, float.NaN], [-1, 0, 1, 1]);
        XElement picture = Read(BeeswarmPlot.Draw([column], "y"));

        Dots(picture).Count().ShouldBe(4);
        double[] places = [.. Dots(picture).Select(dot => dot.X).Distinct().Order()];
        (places[1] - places[0]).ShouldBe(places[2] - places[1], 0.2);
        picture.Elements(Svg + "path").Select(Style).Order(StringComparer.Ordinal).ShouldBe(["swarm none", "swarm v0", "swarm v2", "swarm v4"]);
    }

    [Fact]
    public void Many_dots_of_one_place_stay_within_their_line()
    {
        ColumnReasons column = new("x", [.. Enumerable.Range(0, 500).Select(i => (float)i)], new float[500]);

        double[] heights = [.. Dots(Read(BeeswarmPlot.Draw([column], "y"))).Select(dot => dot.Y)];

        (heights.Max() - heights.Min()).ShouldBeLessThan(32);
    }

    [Fact]
    public void Dependence_puts_values_across_and_leaves_missing_ones_out()
    {
        ColumnReasons column = new("x", [0, 10, float.NaN], [0, 5, 9]), other = new("z", [1, 2, 3], [0, 0, 0]);
        XElement picture = Read(DependencePlot.Draw(column, other));

        Dots(picture).Count().ShouldBe(2);
        Dots(picture).OrderBy(dot => dot.X).First().Y.ShouldBeGreaterThan(Dots(picture).OrderBy(dot => dot.X).Last().Y);
        picture.Element(Svg + "desc")!.Value.ShouldContain("1 rows without a value");
        Texts(Read(DependencePlot.Draw(ColumnReasons.Of(Reasons, Rows, 1)[1]))).ShouldContain("south");
    }

    [Fact]
    public void A_heat_map_sums_neighbouring_steps_and_names_the_strongest()
    {
        double[] quiet = new double[240], loud = new double[240];
        (loud[100], loud[101]) = (2, 1);
        loud[10] = -1;
        XElement picture = Read(HeatMapPlot.Draw(["rain", "frost"], [quiet, loud], "fall"));

        picture.Elements(Svg + "rect").Count(cell => Style(cell).StartsWith("mark", StringComparison.Ordinal) && Number(cell, "y") < 52 + 2 * 28).ShouldBe(240);
        picture.Element(Svg + "desc")!.Value.ShouldContain("The strongest, +3, is frost about step 101.");
        picture.Elements(Svg + "rect").Count(cell => Style(cell) == "mark down" && cell.Attribute("fill-opacity") is { } opacity && Math.Abs(double.Parse(opacity.Value, CultureInfo.InvariantCulture) - 0.36) < 0.001).ShouldBe(1);
    }

    [Fact]
    public void A_leaderboard_shows_scores_with_their_intervals()
    {
        var board = new Ranking("roc_auc", true, "Five folds.", [new RankedModel("good") { Score = 0.9, Low = 0.85, High = 0.95, TestScore = 0.88 }, new RankedModel("other") { Score = 0.7 }, new RankedModel("late") { Problem = "time" }]);
        XElement picture = Read(LeaderboardPlot.Draw(board));
        var far = new Ranking("roc_auc", true, "Five folds.", [.. new[] { 0.97, 0.96, 0.955, 0.95, 0.5 }.Select(score => new RankedModel($"of {score}") { Score = score })]);
        LeaderboardPlot.Draw(far).ShouldContain("arrows: beyond the edge");
        LeaderboardPlot.Draw(board).ShouldNotContain("arrows: beyond the edge");

        picture.Elements(Svg + "circle").Count().ShouldBe(3);
        picture.Elements(Svg + "line").Count(line => Style(line) == "thin s0").ShouldBe(3);
        XElement[] dots = [.. picture.Elements(Svg + "circle").Where(dot => Style(dot) == "mark s0")];
        Number(dots[0], "cx").ShouldBeGreaterThan(Number(dots[1], "cx"));
        Texts(picture).ShouldNotContain("late");
    }

    [Fact]
    public void A_histograms_bars_are_as_high_as_their_counts()
    {
        XElement[] bars = [.. Read(HistogramPlot.Draw("t", "x", [0, 1, 2], [2, 4])).Elements(Svg + "rect").Where(bar => Style(bar) == "mark s0")];

        (Number(bars[1], "height") / Number(bars[0], "height")).ShouldBe(2, 0.01);
    }

    [Fact]
    public void Predictions_that_are_right_lie_on_the_line()
    {
        XElement picture = Read(PredictionPlot.Draw(new Residuals([0, 1, 2], [1, 2, 3], [1, 2, 3], [0, 0], [3])));

        (double X, double Y)[] guide = Points(picture.Elements(Svg + "polyline").Single());
        double slope = (guide[1].Y - guide[0].Y) / (guide[1].X - guide[0].X);
        foreach ((double x, double y) in Dots(picture))
        {
            y.ShouldBe(guide[0].Y + slope * (x - guide[0].X), 0.2);
        }
    }

    [Fact]
    public void An_effect_is_a_line_over_numbers_with_single_rows_beside_and_dots_over_levels()
    {
        XElement numbers = Read(EffectPlot.Draw("t", "dose", ["1", "2"], [1, 2], [0.5, 1.5], "prediction", [[0, 1], [1, 2]], "e"));
        XElement levels = Read(EffectPlot.Draw("t", "ward", ["north", "south"], null, [0.5, 1.5], "prediction", [], "e"));

        numbers.Elements(Svg + "polyline").Select(Style).ShouldBe(["hair s5", "hair s5", "line s0"]);
        numbers.Element(Svg + "desc")!.Value.ShouldStartWith("prediction over dose: lowest, 0.5, at 1; highest, 1.5, at 2.");
        levels.Elements(Svg + "circle").Count().ShouldBe(2);
        Texts(levels).ShouldContain("south");
        EffectPlot.Draw("t", "ward", [.. Enumerable.Range(0, 21).Select(level => $"{level}")], null, new double[21], "prediction", [], "e").ShouldContain("too many");
    }

    [Fact]
    public void One_row_is_walked_through_and_several_are_shown_together()
    {
        var single = new Contributions(["dose"], ["y"], 1, [2], [1]);

        ReasonPlots.Of(single, new Frame(new Float64Column("dose", [3]))).Keys.ShouldBe(["waterfall", "force"]);
        ReasonPlots.Of(Reasons, Rows, output: 1).Keys.ShouldBe(["beeswarm", "dependence_1", "dependence_2", "dependence_3"]);
    }

    [Fact]
    public void Where_there_is_nothing_to_draw_a_sentence_says_so()
    {
        var none = new RowReasons("y", 0.5, []);
        string[] pictures =
        [
            BeeswarmPlot.Draw([], "y"), DependencePlot.Draw(new ColumnReasons("x", [float.NaN], [1])), WaterfallPlot.Draw(none), ForcePlot.Draw(none), HeatMapPlot.Draw([], [], "y"),
            PredictionPlot.Draw(null), HistogramPlot.Draw("t", "x", [0, 1], [0]), LeaderboardPlot.Draw(new Ranking("rmse", false, "", [])),
        ];

        foreach (XElement picture in pictures.Select(Read))
        {
            string sentence = picture.Element(Svg + "desc")!.Value;
            sentence.ShouldEndWith(".");
            Texts(picture).ShouldContain(sentence);
        }
    }

    private static IEnumerable<string> Texts(XElement picture) => picture.Elements(Svg + "text").Select(text => text.Value);

    private static IEnumerable<(double X, double Y)> Dots(XElement picture) => picture.Elements(Svg + "path")
        .SelectMany(path => path.Attribute("d")!.Value.Split('M', StringSplitOptions.RemoveEmptyEntries))
        .Select(move => move.Replace("h0", string.Empty, StringComparison.Ordinal).Split(' '))
        .Select(at => (double.Parse(at[0], CultureInfo.InvariantCulture), double.Parse(at[1], CultureInfo.InvariantCulture)));

    private static (double X, double Y)[] Points(XElement shape) =>
        [.. shape.Attribute("points")!.Value.Split(' ').Select(point => point.Split(',')).Select(at => (double.Parse(at[0], CultureInfo.InvariantCulture), double.Parse(at[1], CultureInfo.InvariantCulture)))];

    private static string Style(XElement element) => element.Attribute("class")!.Value;

    private static XElement Read(string svg) => XDocument.Parse(svg).Root!;

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
