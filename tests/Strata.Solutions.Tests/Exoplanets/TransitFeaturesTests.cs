using Shouldly;
using Strata.Learning.Data;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Survey;
using Xunit;

namespace Strata.Solutions.Tests.Exoplanets;

public sealed class TransitFeaturesTests
{
    /// <summary>Kepler-227 b and c as the archive lists them, and a row about which nothing is known.</summary>
    private static readonly Frame Two = new(
        new Int64Column("kepid", [10797460, 10797460, 1]),
        new Float64Column("koi_period", [9.488, 54.418, double.NaN]),
        new Float64Column("koi_period_err1", [2.8e-5, 2.5e-4, double.NaN]),
        new Float64Column("koi_duration", [2.9575, 4.507, double.NaN]),
        new Float64Column("koi_depth", [615.8, 874.8, double.NaN]),
        new Float64Column("koi_prad", [2.26, 2.83, double.NaN]),
        new Float64Column("koi_steff", [5455, 5455, double.NaN]),
        new Float64Column("koi_slogg", [4.467, 4.467, double.NaN]),
        new Float64Column("koi_srad", [0.927, 0.927, double.NaN]));

    [Fact]
    public void A_planet_agrees_with_the_physics_of_transits()
    {
        Frame features = TransitFeatures.Of(Two, MissionColumns.Kepler);
        features.RowCount.ShouldBe(3);
        features["log_period"].NumberAt(0).ShouldBe(Math.Log10(9.488), 1e-12);
        features["log_depth_ratio"].NumberAt(0).ShouldBe(0, 0.1);
        features["log_duration_ratio"].NumberAt(0).ShouldBe(-0.1, 0.1);

        // The archive computes 93.59 Earth fluxes for it, from the same star.
        Math.Pow(10, features["log_insolation"].NumberAt(0)).ShouldBe(93.59, 6);
        features["objects_of_star"].NumberAt(0).ShouldBe(2);
        features["objects_of_star"].NumberAt(2).ShouldBe(1);
    }

    [Fact]
    public void What_a_table_does_not_have_is_missing_and_nothing_is_infinite()
    {
        Frame features = TransitFeatures.Of(Two, MissionColumns.Kepler);
        features["impact"].MissingCount.ShouldBe(3);
        features["log_period"].IsMissing(2).ShouldBeTrue();
        features.Columns.ShouldAllBe(column => Enumerable.Range(0, 3).All(row => column.IsMissing(row) || double.IsFinite(column.NumberAt(row))));
    }

    [Fact]
    public void The_same_object_listed_by_several_papers_counts_once()
    {
        var table = new Frame(new TextColumn("hostname", ["a", "a", "a"]), new Float64Column("pl_orbper", [10, 10.001, 25]));
        TransitFeatures.Of(table, MissionColumns.K2)["objects_of_star"].NumberAt(0).ShouldBe(2);
    }

    [Fact]
    public void Every_mission_gives_the_same_columns()
    {
        foreach (Mission mission in Mission.All)
        {
            Frame features = TransitFeatures.Of(new TransitSurvey { Mission = mission, Stars = 5000 }.Table(), mission.Columns);
            features.Names.ShouldBe(TransitFeatures.Columns.Select(column => column.Name));
            features["log_duration_ratio"].MissingCount.ShouldBe(mission == Mission.K2 ? features.RowCount : features["log_duration_ratio"].MissingCount);
        }
    }

    [Fact]
    public void A_user_says_where_a_quantity_stands()
    {
        MissionColumns mapped = MissionColumns.Kepler.With(new Dictionary<string, string> { ["planet_radius"] = "my_radius" });
        Frame table = Two.With(Two["koi_prad"].Named("my_radius")).Drop(["koi_prad"]);
        TransitFeatures.Of(table, mapped)["log_planet_radius"].NumberAt(0).ShouldBe(Math.Log10(2.26), 1e-12);
        Should.Throw<DataException>(() => MissionColumns.Kepler.With(new Dictionary<string, string> { ["planet_radios"] = "x" }))
            .Message.ShouldBe("The mapping names 'planet_radios', which is no quantity of a transit survey. Did you mean 'planet_radius'?");
    }

    [Fact]
    public void Text_where_numbers_belong_is_an_error_that_names_the_column() =>
        Should.Throw<DataException>(() => TransitFeatures.Of(new Frame(new TextColumn("koi_period", ["nine days"])), MissionColumns.Kepler))
            .Message.ShouldBe("Column 'koi_period' stands for the period but holds text; it takes numbers.");
}
