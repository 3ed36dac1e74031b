using Shouldly;
using Strata.Learning.Data;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Survey;
using Xunit;

namespace Strata.Solutions.Tests.Exoplanets;

public sealed class ExoplanetPresetTests
{
    public static TheoryData<string> Missions => [.. Mission.All.Select(mission => mission.Name)];

    [Theory]
    [MemberData(nameof(Missions))]
    public void A_missions_table_is_recognised_by_its_columns(string name)
    {
        var mission = Mission.Parse(name);
        Frame table = new TransitSurvey { Mission = mission, Stars = 3000 }.Table();
        ExoplanetPresets.Recognise(table).ShouldBeSameAs(mission.Preset);
        Solution.Recognise(table.Schema).ShouldBeSameAs(mission.Preset);
        Mission.Recognise(table.Schema).ShouldBeSameAs(mission);
    }

    [Fact]
    public void Another_table_is_not_recognised()
    {
        var table = new Frame(new Float64Column("sepal_length", [5.1]), new Float64Column("period", [1]));
        ExoplanetPresets.Recognise(table).ShouldBeNull();
        Mission.Recognise(table.Schema).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Missions))]
    public void Every_dropped_column_has_a_reason_of_one_sentence_and_every_column_a_meaning(string name)
    {
        TablePreset preset = Mission.Parse(name).Preset;
        preset.Drop.ShouldAllBe(drop => drop.Reason.EndsWith('.') && drop.Reason.Length > 15);
        preset.Drop.Select(drop => drop.Column).ShouldBeUnique();
        preset.Columns.Select(column => column.Name).ShouldBeUnique();
        preset.Columns.ShouldAllBe(column => column.Meaning.EndsWith('.'));
        preset.Drop.Select(drop => drop.Column).ShouldBeSubsetOf(preset.Columns.Select(column => column.Name));
        preset.Columns.Select(column => column.Name).ShouldContain(preset.Target!);
        preset.Columns.Select(column => column.Name).ShouldContain(preset.Group);
    }

    [Theory]
    [MemberData(nameof(Missions))]
    public void The_simulated_table_has_exactly_the_columns_that_have_a_meaning_in_the_archives_order(string name)
    {
        var mission = Mission.Parse(name);
        new TransitSurvey { Mission = mission, Stars = 3000 }.Table().Names.ShouldBe(mission.Preset.Columns.Select(column => column.Name));
    }

    [Fact]
    public void Keplers_verdicts_and_names_given_after_confirmation_are_dropped()
    {
        Frame table = new TransitSurvey { Mission = Mission.Kepler, Stars = 2000 }.Table();
        Mission.Kepler.Preset.DropIn(table.Schema).ShouldBeSubsetOf(table.Names);
        Mission.Kepler.Preset.DropIn(table.Schema).ShouldContain("koi_score");
        string[] leaks = ["kepler_name", "koi_pdisposition", "koi_score", "koi_fpflag_nt", "koi_fpflag_ss", "koi_fpflag_co", "koi_fpflag_ec"];
        leaks.ShouldBeSubsetOf(Mission.Kepler.Preset.DropIn(table.Schema));
        Mission.Kepler.Preset.DropIn(table.Drop(["koi_score"]).Schema).ShouldNotContain("koi_score");
    }

    [Fact]
    public void Preparing_keeps_settled_rows_and_turns_labels_into_classes()
    {
        var table = new Frame(
            CategoryColumn.Of("tfopwg_disp", ["CP", "KP", "FP", "FA", "PC", "APC", null, "cp ", "PLANET"]),
            new Int64Column("tid", [1, 2, 3, 4, 5, 6, 7, 8, 9]),
            new Float64Column("pl_orbper", [1, 2, 3, 4, 5, 6, 7, 8, 9]));
        PreparedTable prepared = Mission.Tess.Preset.Prepare(table);
        prepared.Rows.ShouldBe([0, 1, 2, 3, 7, 8]);
        Texts(prepared.Table["tfopwg_disp"]).ShouldBe(["PLANET", "PLANET", "FALSE POSITIVE", "FALSE POSITIVE", "PLANET", "PLANET"]);
        prepared.Notes.Single().ShouldContain("3 rows left out");
        prepared.Notes.Single().ShouldContain("unsettled: PC, APC");
    }

    [Fact]
    public void Of_a_k2_planet_only_its_default_row_counts()
    {
        var table = new Frame(
            CategoryColumn.Of("disposition", ["CONFIRMED", "CONFIRMED", "REFUTED"]),
            new Int64Column("default_flag", [0, 1, 1]));
        PreparedTable prepared = Mission.K2.Preset.Prepare(table);
        prepared.Rows.ShouldBe([1, 2]);
        Texts(prepared.Table["disposition"]).ShouldBe(["CONFIRMED", "FALSE POSITIVE"]);
        prepared.Notes.Single().ShouldStartWith("1 rows left out");
    }

    [Fact]
    public void An_unknown_mission_is_named_with_the_known_ones() =>
        Should.Throw<DataException>(() => Mission.Parse("plato")).Message.ShouldBe("There is no mission 'plato'; there are kepler, tess, k2.");

    private static IEnumerable<string?> Texts(Column column) => Enumerable.Range(0, column.Count).Select(column.TextAt);
}
