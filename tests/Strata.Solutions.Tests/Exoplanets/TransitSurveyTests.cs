using System.Text;
using Shouldly;
using Strata.Learning.Data;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Survey;
using Xunit;

namespace Strata.Solutions.Tests.Exoplanets;

public sealed class TransitSurveyTests
{
    public static TheoryData<string> Missions => [.. Mission.All.Select(mission => mission.Name)];

    [Theory]
    [MemberData(nameof(Missions))]
    public void The_same_seed_gives_the_same_table_and_another_seed_another(string name)
    {
        var survey = new TransitSurvey { Mission = Mission.Parse(name), Stars = 20_000, Seed = 7 };
        var source = new SimulatedSurvey(survey.Mission);
        source.Text(survey.Table(), 7).ShouldBe(source.Text(survey.Table(), 7));
        source.Text((survey with { Seed = 8 }).Table(), 7).ShouldNotBe(source.Text(survey.Table(), 7));
    }

    [Fact]
    public void A_longer_survey_begins_with_the_objects_of_a_shorter_one()
    {
        Frame few = new TransitSurvey { Mission = Mission.Kepler, Stars = 5000 }.Table(), many = new TransitSurvey { Mission = Mission.Kepler, Stars = 9000 }.Table();
        many.RowCount.ShouldBeGreaterThan(few.RowCount);
        foreach (Column column in few.Columns)
        {
            Enumerable.Range(0, few.RowCount).Select(column.TextAt).ShouldBe(Enumerable.Range(0, few.RowCount).Select(many[column.Name].TextAt));
        }
    }

    [Theory]
    [MemberData(nameof(Missions))]
    public void About_as_many_rows_come_as_were_asked_for(string name)
    {
        int rows = TransitSurvey.OfRows(Mission.Parse(name), 3000, seed: 3).Table().RowCount;
        rows.ShouldBeInRange(2600, 3400);
    }

    [Fact]
    public void Every_class_is_there_in_about_the_archives_proportions()
    {
        Parts(Mission.Kepler).ShouldBe(new() { ["CANDIDATE"] = 0.21, ["CONFIRMED"] = 0.29, ["FALSE POSITIVE"] = 0.50 });
        Parts(Mission.K2).ShouldBe(new() { ["CANDIDATE"] = 0.54, ["CONFIRMED"] = 0.32, ["FALSE POSITIVE"] = 0.14 });
        Parts(Mission.Tess).ShouldBe(new() { ["APC"] = 0.06, ["CP"] = 0.09, ["FA"] = 0.01, ["FP"] = 0.16, ["KP"] = 0.08, ["PC"] = 0.61 });
    }

    [Fact]
    public void Star_numbers_and_names_cannot_be_mistaken_for_real_ones()
    {
        Numbers(Mission.Kepler, "kepid").ShouldAllBe(number => number > 900_000_000);
        Numbers(Mission.Tess, "tid").ShouldAllBe(number => number > 99_000_000_000);
        foreach (Mission mission in Mission.All)
        {
            Frame table = new TransitSurvey { Mission = mission, Stars = 5000 }.Table();
            Enumerable.Range(0, table.RowCount).ShouldAllBe(row => TransitSurvey.Names(table[mission.Preset.Group!].TextAt(row)!));
        }

        string[] real = ["10797460", "50365310", "2054997000", "9999999999", "BD+20 594", "EPIC 201110617", "12934129"];
        real.ShouldAllBe(star => !TransitSurvey.Names(star));
    }

    [Fact]
    public void A_star_may_have_several_objects_that_share_its_measurements()
    {
        Frame table = new TransitSurvey { Mission = Mission.Kepler, Stars = 30_000 }.Table();
        var stars = Enumerable.Range(0, table.RowCount).GroupBy(row => table["kepid"].TextAt(row)).ToList();
        stars.Max(star => star.Count()).ShouldBeGreaterThan(2);
        ((double)stars.Count(star => star.Count() > 1) / stars.Count).ShouldBeInRange(0.05, 0.2);
        stars.ShouldAllBe(star => star.Select(row => table["koi_kepmag"].NumberAt(row)).Distinct().Count() == 1);
    }

    [Fact]
    public void Planets_keep_Keplers_third_law_and_the_geometry_of_transits()
    {
        foreach (Detection found in new TransitSurvey { Mission = Mission.Kepler, Stars = 20_000 }.Detections().Where(found => found.Truth.Origin == SignalOrigin.Planet))
        {
            double axis = Physics.ScaledAxis(found.Star.Density, found.Truth.Period);
            double circular = Physics.Duration(found.Truth.Period, axis, found.Truth.Impact, found.Truth.RadiusRatio);
            (found.Truth.Duration / circular).ShouldBeInRange(0.4, 2.6);
            found.Truth.Depth.ShouldBeInRange(0, 1.4 * found.Truth.RadiusRatio * found.Truth.RadiusRatio);
            found.Truth.Impact.ShouldBeLessThan(1 + found.Truth.RadiusRatio);
            found.SignalToNoise.ShouldBeGreaterThan(Search.Threshold);
        }
    }

    [Fact]
    public void Nothing_but_a_true_planet_is_confirmed_and_some_of_everything_is_misjudged_or_unclear()
    {
        List<Detection> detections = new TransitSurvey { Mission = Mission.Kepler, Stars = 60_000 }.Detections();
        Frame table = KeplerSheet.Of(detections, 0);
        var counts = detections.Select((found, row) => (found.Truth.Origin, Verdict: table["koi_disposition"].TextAt(row)!)).CountBy(pair => pair).ToDictionary();
        counts.Keys.Where(key => key.Verdict == "CONFIRMED").ShouldAllBe(key => key.Origin == SignalOrigin.Planet);
        foreach (SignalOrigin origin in Enum.GetValues<SignalOrigin>())
        {
            counts[(origin, "FALSE POSITIVE")].ShouldBeGreaterThan(0);
            counts[(origin, "CANDIDATE")].ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task As_a_source_it_gives_labelled_text_and_refuses_impossible_sizes()
    {
        using var http = new HttpClient();
        var context = new SourceContext { Http = http, CacheDirectory = Path.GetTempPath(), Cancellation = TestContext.Current.CancellationToken };
        FetchedTable table = await new SimulatedSurvey(Mission.Tess).FetchAsync(new SourceRequest(200, 5), context);
        using var reader = new StreamReader(table.Open(), Encoding.UTF8);
        (await reader.ReadLineAsync(context.Cancellation)).ShouldStartWith("# SIMULATED DATA");
        table.FileName.ShouldContain("simulated");
        table.Notes.Single().ShouldContain("no row is an observation");
        await Should.ThrowAsync<SourceException>(() => new SimulatedSurvey(Mission.Tess).FetchAsync(new SourceRequest(0), context));
    }

    [Fact]
    public void Cancelling_ends_a_long_survey()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => new TransitSurvey { Mission = Mission.Kepler, Stars = 1_000_000 }.Observe(cancelled.Token));
    }

    /// <summary>The part of each class; within 0.05 of the archive's counts as the same.</summary>
    private static ApproximateParts Parts(Mission mission)
    {
        Frame table = mission.Preset.Rows is RowRule rule ? Default(TransitSurvey.OfRows(mission, 6000, 1).Table(), rule) : TransitSurvey.OfRows(mission, 6000, 1).Table();
        return new ApproximateParts(Enumerable.Range(0, table.RowCount).CountBy(row => table[mission.Preset.Target!].TextAt(row)!).ToDictionary(pair => pair.Key, pair => (double)pair.Value / table.RowCount));
    }

    private static Frame Default(Frame table, RowRule rule) =>
        table.Take([.. Enumerable.Range(0, table.RowCount).Where(row => table[rule.Column].TextAt(row) == rule.Value)]);

    private static IEnumerable<double> Numbers(Mission mission, string column)
    {
        Frame table = new TransitSurvey { Mission = mission, Stars = 5000 }.Table();
        return Enumerable.Range(0, table.RowCount).Select(table[column].NumberAt);
    }

    private sealed record ApproximateParts(Dictionary<string, double> Parts)
    {
        public void ShouldBe(Dictionary<string, double> archive)
        {
            Parts.Keys.Order().ShouldBe(archive.Keys.Order());
            foreach ((string name, double part) in archive)
            {
                Parts[name].ShouldBe(part, 0.05, name);
            }
        }
    }
}
