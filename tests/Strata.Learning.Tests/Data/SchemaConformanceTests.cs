using Shouldly;
using Strata.Learning.Data;
using Xunit;

namespace Strata.Learning.Tests.Data;

public sealed class SchemaConformanceTests
{
    private static Schema Expecting(params SchemaColumn[] columns) => new(columns);

    private static Column Conformed(SchemaColumn expected, Column given) => Expecting(expected).Conform(new Frame(given)).Columns[0];

    [Fact]
    public void A_frame_that_fits_comes_back_itself()
    {
        var frame = new Frame(new Float64Column("a", [1, 2]), CategoryColumn.Of("b", ["x", "y"]));
        frame.Schema.Conform(frame).ShouldBeSameAs(frame);
    }

    [Fact]
    public void Columns_come_in_the_order_of_the_schema_and_others_are_left_aside_with_a_note()
    {
        var frame = new Frame(new Float64Column("extra", [0]), new Float64Column("b", [2]), new Float64Column("a", [1]));
        ConformedFrame conformed = Expecting(new("a", ColumnType.Float64), new("b", ColumnType.Float64)).ConformWithNotes(frame);
        conformed.Frame.Names.ShouldBe(["a", "b"]);
        conformed.Notes.ShouldBe(["1 column is not used: 'extra'."]);
    }

    [Fact]
    public void All_problems_are_told_at_once_with_near_names()
    {
        var frame = new Frame(new Float64Column("koi_peroid", [1]), new TextColumn("depth", ["deep"]));
        Schema schema = Expecting(new("koi_period", ColumnType.Float64), new("depth", ColumnType.Float64), new("zzzzzz", ColumnType.Float64));
        Should.Throw<DataException>(() => schema.Conform(frame)).Problems.ShouldBe(
        [
            "Column 'koi_period' is missing; there is 'koi_peroid'.",
            "Column 'depth' has 'deep' in row 1; expected a number.",
            "Column 'zzzzzz' is missing.",
        ]);
    }

    [Fact]
    public void Whole_numbers_booleans_and_spelled_numbers_become_numbers()
    {
        var expected = new SchemaColumn("a", ColumnType.Float64);
        var mask = new MissingMask(2) { [1] = true };
        ((Float64Column)Conformed(expected, new Int64Column("a", [7, 0], mask))).Values.ShouldBe([7, double.NaN]);
        ((Float64Column)Conformed(expected, new BooleanColumn("a", [true, false]))).Values.ShouldBe([1, 0]);
        ((Float64Column)Conformed(expected, new TextColumn("a", [" 1.5", null]))).Values.ShouldBe([1.5, double.NaN]);
        ((Float64Column)Conformed(expected, CategoryColumn.Of("a", ["2", "1e3"]))).Values.ShouldBe([2, 1000]);
    }

    [Fact]
    public void Whole_floats_become_whole_numbers_and_fractions_stay_numbers_with_a_note()
    {
        var expected = new SchemaColumn("a", ColumnType.Int64);
        var whole = (Int64Column)Conformed(expected, new Float64Column("a", [3, double.NaN]));
        whole.Values[0].ShouldBe(3);
        whole.IsMissing(1).ShouldBeTrue();
        ConformedFrame conformed = Expecting(expected).ConformWithNotes(new Frame(new Float64Column("a", [3, 1.5])));
        conformed.Frame.Columns[0].Type.ShouldBe(ColumnType.Float64);
        conformed.Notes.ShouldHaveSingleItem().ShouldContain("'1.5' in row 2");
    }

    [Fact]
    public void Categories_are_recoded_to_the_known_levels_and_unseen_levels_are_missing_with_a_note()
    {
        var expected = new SchemaColumn("a", ColumnType.Category, ["red", "blue"]);
        ConformedFrame conformed = Expecting(expected).ConformWithNotes(new Frame(CategoryColumn.Of("a", ["blue", "green", "red", "green", null])));
        ((CategoryColumn)conformed.Frame.Columns[0]).Codes.ShouldBe([1, -1, 0, -1, -1]);
        conformed.Notes.ShouldBe(["Column 'a' has 1 level not known before ('green') in 2 rows: read as missing."]);
    }

    [Fact]
    public void Unseen_levels_are_the_level_that_stands_for_them_where_there_is_one_and_missing_stays_missing()
    {
        var expected = new SchemaColumn("a", ColumnType.Category, ["red", "blue", "(other)"], UnseenLevel: "(other)");
        ConformedFrame conformed = Expecting(expected).ConformWithNotes(new Frame(CategoryColumn.Of("a", ["blue", "green", "red", null])));
        ((CategoryColumn)conformed.Frame.Columns[0]).Codes.ShouldBe([1, 2, 0, -1]);
        conformed.Notes.ShouldBe(["Column 'a' has 1 level not known before ('green') in 1 row: read as '(other)'."]);
        ((CategoryColumn)Conformed(expected, new TextColumn("a", ["green", null, "red"]))).Codes.ShouldBe([2, -1, 0]);
    }

    [Fact]
    public void Values_read_as_numbers_or_booleans_find_the_level_that_means_the_same()
    {
        var numbers = new SchemaColumn("a", ColumnType.Category, ["1.0", "2", "none"]);
        ((CategoryColumn)Conformed(numbers, new Int64Column("a", [2, 1]))).Codes.ShouldBe([1, 0]);
        var answers = new SchemaColumn("a", ColumnType.Category, ["no", "perhaps", "yes"]);
        ((CategoryColumn)Conformed(answers, new BooleanColumn("a", [true, false]))).Codes.ShouldBe([2, 0]);
    }

    [Theory]
    [InlineData(ColumnType.Float32)]
    [InlineData(ColumnType.Int64)]
    [InlineData(ColumnType.Boolean)]
    [InlineData(ColumnType.Category)]
    [InlineData(ColumnType.Date)]
    [InlineData(ColumnType.Text)]
    public void A_column_without_values_fits_every_type(ColumnType type)
    {
        Column column = Conformed(new("a", type, type == ColumnType.Category ? ["x"] : null), new Float64Column("a", [double.NaN, double.NaN]));
        column.Type.ShouldBe(type);
        column.MissingCount.ShouldBe(2);
    }

    [Fact]
    public void Texts_become_dates_and_booleans_where_they_spell_them()
    {
        var date = (DateColumn)Conformed(new("a", ColumnType.Date), new TextColumn("a", ["2024-03-09T12:30:00+02:00", null]));
        date.TextAt(0).ShouldBe("2024-03-09T10:30:00Z");
        var answer = (BooleanColumn)Conformed(new("a", ColumnType.Boolean), CategoryColumn.Of("a", ["Yes", "no", "1"]));
        answer.Values.ShouldBe([true, false, true]);
        Should.Throw<DataException>(() => Conformed(new("a", ColumnType.Date), new Float64Column("a", [20240309])))
            .Message.ShouldBe("Column 'a' has '20240309' in row 1; expected a date such as 2024-03-09 or 2024-03-09T12:00:00Z.");
    }
}
