using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Profiling;
using Strata.Learning.Data.Reading;
using Strata.Learning.ModelFiles;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Data.Profiling;

public sealed class TableProfileTests
{
    private const int Rows = 1000;

    private static double[] Numbers(string purpose, int count = Rows)
    {
        RandomSource random = RandomSource.For(1, purpose);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
    }

    private static TableProfile ProfileOf(string? target, params Column[] columns) => TableProfile.Of(new Frame(columns), target, TestContext.Current.CancellationToken);

    private static ColumnProfile ProfileOf(Column column) => ProfileOf(null, column).Columns[0];

    [Fact]
    public void Numbers_are_summed_up()
    {
        ColumnProfile profile = ProfileOf(new Float64Column("a", [4, 1, double.NaN, 2, 3, 2]));
        (profile.Missing, profile.Distinct, profile.Min, profile.Max, profile.Mean).ShouldBe((1, 4, 1.0, 4.0, 2.4));
        profile.StandardDeviation!.Value.ShouldBe(1.140175425099138, 1e-12);
        profile.Quantiles!.Select(quantile => quantile.Probability).ShouldBe([0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1]);
        profile.Quantiles!.Select(quantile => quantile.Value).ShouldBe([1, 1.04, 1.2, 2, 2, 3, 3.8, 3.96, 4], 1e-12);
        profile.Median.ShouldBe(2);
    }

    [Fact]
    public void Large_whole_numbers_are_told_apart() =>
        ProfileOf(new Int64Column("a", [9007199254740993, 9007199254740992, 9007199254740993])).Distinct.ShouldBe(2);

    [Fact]
    public void Levels_are_counted()
    {
        ColumnProfile profile = ProfileOf(CategoryColumn.Of("a", ["x", "y", "y", null]));
        (profile.Missing, profile.Distinct).ShouldBe((1, 2));
        profile.TopLevels.ShouldBe([new LevelCount("y", 2), new LevelCount("x", 1)]);
        ProfileOf(new BooleanColumn("b", [true, false, true])).TopLevels.ShouldBe([new LevelCount("true", 2), new LevelCount("false", 1)]);
    }

    [Fact]
    public void Dates_have_a_range()
    {
        ColumnProfile profile = ProfileOf(new DateColumn("a", [new DateTime(2024, 1, 1).Ticks, new DateTime(2023, 5, 6).Ticks]));
        (profile.Earliest, profile.Latest).ShouldBe(("2023-05-06", "2024-01-01"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Histogram_bins_hold_every_value_between_their_edges(int kind)
    {
        double[] values = kind switch
        {
            0 => Numbers("bins"),
            1 => [.. Numbers("bins"), 1e9, -1e9],
            2 => [.. Enumerable.Range(0, 300).Select(i => (double)(i % 7))],
            _ => [.. Enumerable.Repeat(5.0, 100)],
        };
        Histogram histogram = ProfileOf(new Float64Column("a", values)).Histogram!;
        histogram.Edges.Count.ShouldBe(histogram.Counts.Count + 1);
        histogram.Edges.ShouldBeInOrder();
        histogram.Counts.Count.ShouldBeLessThanOrEqualTo(50);
        for (int bin = 0; bin < histogram.Counts.Count; bin++)
        {
            bool last = bin == histogram.Counts.Count - 1;
            histogram.Counts[bin].ShouldBe(values.Count(value => value >= histogram.Edges[bin] && (value < histogram.Edges[bin + 1] || (last && value == histogram.Edges[bin + 1]))));
        }
    }

    [Fact]
    public void A_few_far_values_do_not_press_the_others_into_one_bin() =>
        ProfileOf(new Float64Column("a", [.. Numbers("bins"), 1e9])).Histogram!.Counts.Max().ShouldBeLessThan(Rows / 4);

    [Fact]
    public void Constant_empty_and_mostly_missing_columns_are_warned_of()
    {
        TableProfile profile = ProfileOf(
            null,
            new Float64Column("constant", [1, 1, 1]),
            new Float64Column("empty", [double.NaN, double.NaN, double.NaN]),
            new Float64Column("sparse", [1, double.NaN, double.NaN]));
        profile.Warnings.Select(warning => (warning.Column, warning.Kind)).ShouldBe(
        [
            ("constant", ProfileWarningKind.Constant), ("empty", ProfileWarningKind.AllMissing), ("sparse", ProfileWarningKind.Constant), ("sparse", ProfileWarningKind.MostlyMissing),
        ]);
        profile.Warnings.Last().Message.ShouldBe("'sparse' is missing in 66.7% of the rows.");
    }

    [Fact]
    public void Identifiers_are_warned_of_and_measurements_are_not()
    {
        RandomSource random = new(3);
        TableProfile profile = ProfileOf(
            null,
            new Int64Column("row", [.. Enumerable.Range(1, Rows).Select(i => (long)i)]),
            new Int64Column("kepid", [.. Enumerable.Range(0, Rows).Select(i => 1_000_000L + (i % 4 == 0 ? i + 1 : i) * 977L % 899_981)]),
            new TextColumn("name", [.. Enumerable.Range(0, Rows).Select(i => $"K{i:00000}")]),
            new TextColumn("review", [.. Enumerable.Range(0, Rows).Select(i => $"a long text about something number {i}")]),
            new Float64Column("depth", Numbers("depth")),
            new Int64Column("population", [.. Enumerable.Range(0, Rows).Select(_ => (long)random.NextInt(2_000_000_000))]));
        profile.Warnings.Where(warning => warning.Kind == ProfileWarningKind.IdLike).Select(warning => warning.Column).ShouldBe(["row", "kepid", "name"]);
    }

    [Fact]
    public void Near_duplicates_are_found_either_way_round_and_among_texts()
    {
        double[] a = Numbers("a");
        TableProfile profile = ProfileOf(
            null,
            new Float64Column("a", a),
            new Float64Column("b", Numbers("b")),
            new Float64Column("turned", [.. a.Zip(Numbers("noise"), (x, e) => 5 - 3 * x + 0.01 * e)]),
            new Float32Column("same", [.. a.Select(x => (float)x)]),
            new Float64Column("copy", a),
            new Float64Column("related", [.. a.Zip(Numbers("noise"), (x, e) => x + 0.2 * e)]),
            CategoryColumn.Of("code", [.. Enumerable.Range(0, Rows).Select(i => $"c{i * 7 % 5}")]),
            new TextColumn("name", [.. Enumerable.Range(0, Rows).Select(i => $"name of {i * 7 % 5}")]),
            CategoryColumn.Of("other", [.. Enumerable.Range(0, Rows).Select(i => $"c{i * i % 5}")]));
        ProfileWarning[] found = [.. profile.Warnings.Where(warning => warning.Kind == ProfileWarningKind.NearDuplicate)];
        found.Select(warning => (warning.Column, warning.OtherColumn)).ShouldBe([("turned", "a"), ("same", "a"), ("copy", "a"), ("name", "code")], ignoreOrder: true);
        found.Single(warning => warning.Column == "copy").Message.ShouldBe("'copy' has the same values as 'a'.");
        found.Single(warning => warning.Column == "turned").Message.ShouldStartWith("'turned' has a correlation of -0.9999");
    }

    [Fact]
    public void Near_duplicates_among_thousands_of_columns_are_found_in_bounded_time()
    {
        Column[] columns = [.. Enumerable.Range(0, 3000).Select(i => new Float64Column($"c{i}", Numbers($"wide {i}", 60)))];
        columns[2500] = new Float64Column("c2500", ((Float64Column)columns[17]).Values);
        ProfileOf(null, columns).Warnings.ShouldHaveSingleItem().OtherColumn.ShouldBe("c17");
    }

    [Fact]
    public void A_column_that_gives_the_target_away_is_warned_of_and_an_honest_one_is_not()
    {
        double[] signal = Numbers("signal"), noise = Numbers("noise");
        string?[] target = [.. signal.Zip(noise, (x, e) => x + e > 0 ? "yes" : "no")];
        TableProfile profile = ProfileOf(
            "target",
            CategoryColumn.Of("target", target),
            new Float64Column("honest", signal),
            new Float64Column("leak", [.. target.Zip(noise, (t, e) => t == "yes" ? 1 + 0.1 * e : -1 + 0.1 * e)]),
            new Float64Column("noise", Numbers("other")),
            new TextColumn("verdict", [.. target.Select((t, i) => t == "yes" ? $"confirmed {i} times over again" : null)]),
            new Int64Column("flag", [.. target.Select((t, i) => t == "no" && i % 5 == 0 ? 1L : 0L)]),
            new TextColumn("id", [.. Enumerable.Range(0, Rows).Select(i => $"r{i}")]));
        profile.Warnings.Where(warning => warning.OtherColumn == "target").Select(warning => (warning.Column, warning.Kind)).ShouldBe(
        [
            ("leak", ProfileWarningKind.PredictsTarget), ("verdict", ProfileWarningKind.MissingnessPredictsTarget), ("flag", ProfileWarningKind.PredictsTarget),
        ]);
    }

    [Fact]
    public void A_column_that_gives_a_number_away_is_warned_of()
    {
        double[] target = Numbers("target", 5000), noise = Numbers("noise", 5000);
        TableProfile profile = ProfileOf(
            "y",
            new Float64Column("y", target),
            new Float64Column("leak", [.. target.Zip(noise, (y, e) => Math.Exp(y) + 0.001 * e)]),
            new Float64Column("honest", [.. target.Zip(noise, (y, e) => y + 0.5 * e)]));
        profile.Warnings.ShouldHaveSingleItem().Column.ShouldBe("leak");
    }

    [Fact]
    public void A_missing_target_column_is_named()
    {
        Should.Throw<DataException>(() => ProfileOf("targt", new Float64Column("target", [1]))).Message.ShouldContain("Did you mean 'target'?");
    }

    [Fact]
    public void A_profile_is_written_as_snake_case_json()
    {
        JsonNode json = JsonSerializer.SerializeToNode(ProfileOf(null, new Float64Column("a", [1, double.NaN])), ModelFileJson.Options)!;
        json["row_count"]!.GetValue<int>().ShouldBe(2);
        JsonNode column = json["columns"]![0]!;
        column["type"]!.GetValue<string>().ShouldBe("float64");
        column["quantiles"]![4]!["value"]!.GetValue<double>().ShouldBe(1);
        column["histogram"]!["counts"]!.AsArray().Count.ShouldBe(1);
        column["warnings"]![0]!["kind"]!.GetValue<string>().ShouldBe("constant");
        column.Deserialize<ColumnProfile>(ModelFileJson.Options)!.Max.ShouldBe(1);
    }

    [Fact]
    public void The_columns_of_the_kepler_table_that_leak_are_warned_of()
    {
        TableReading reading = TableFile.Read(SharedData.Path("exoplanets/koi_cumulative.csv"), cancellation: TestContext.Current.CancellationToken);
        reading.Frame.RowCount.ShouldBe(9564);
        reading.Descriptions["koi_period"].ShouldBe("Orbital Period [days]");
        TableProfile profile = TableProfile.Of(reading.Frame, "koi_disposition", TestContext.Current.CancellationToken);
        string[] suspicious = [.. profile.Warnings.Where(warning => warning.OtherColumn == "koi_disposition").Select(warning => warning.Column)];
        suspicious.ShouldBe(["kepler_name", "koi_pdisposition", "koi_score", "koi_fpflag_nt", "koi_fpflag_ss", "koi_fpflag_co", "koi_fpflag_ec"], ignoreOrder: true, string.Join("\n", profile.Warnings.Select(warning => warning.Message)));
        profile.Warnings.Single(warning => warning.OtherColumn == "koi_disposition" && warning.Column == "kepler_name").Kind.ShouldBe(ProfileWarningKind.MissingnessPredictsTarget);
        profile.Columns.Single(column => column.Name == "kepid").Warnings.ShouldContain(warning => warning.Kind == ProfileWarningKind.IdLike);
        profile.Warnings.Count(warning => warning.Kind == ProfileWarningKind.AllMissing).ShouldBe(2);
    }
}
