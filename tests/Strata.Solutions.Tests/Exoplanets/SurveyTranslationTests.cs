using Shouldly;
using Strata.Learning.Data;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Pretrained;
using Xunit;

namespace Strata.Solutions.Tests.Exoplanets;

public sealed class SurveyTranslationTests
{
    private static readonly Schema Wanted = PretrainedModels.Named("kepler").File.Model.Signature.Features;

    private static readonly Frame Kepler = new(
        new Int64Column("kepid", [10797460, 10797460]),
        new Float64Column("koi_period", [9.488, 54.418]),
        new Float64Column("koi_duration", [2.9575, 4.507]),
        new Float64Column("koi_depth", [615.8, 874.8]),
        new Float64Column("koi_prad", [2.26, 2.83]));

    [Fact]
    public void A_missions_table_is_put_in_the_words_of_the_shipped_models()
    {
        SurveyTranslation translation = SurveyTranslation.Of(Kepler, Wanted)!;
        translation.Rows.RowCount.ShouldBe(2);
        translation.Rows.Names.ShouldBe(TransitFeatures.Columns.Select(column => column.Name));
        translation.Rows["log_period"].NumberAt(1).ShouldBe(Math.Log10(54.418), 1e-12);
        translation.Note.ShouldContain("Kepler");
        translation.Note.ShouldContain("missing in every row");
    }

    [Fact]
    public void Rows_that_already_speak_it_are_left_as_they_are() => SurveyTranslation.Of(TransitFeatures.Of(Kepler, MissionColumns.Kepler), Wanted).ShouldBeNull();

    [Fact]
    public void Another_models_rows_are_left_as_they_are() => SurveyTranslation.Of(Kepler, new Schema([new SchemaColumn("koi_prad", ColumnType.Float64)])).ShouldBeNull();

    [Fact]
    public void A_table_of_no_known_mission_is_left_as_it_is() => SurveyTranslation.Of(new Frame(new Float64Column("dose", [1])), Wanted).ShouldBeNull();
}
