using System.Text;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Xunit;

namespace Strata.Learning.Tests.Data.Reading;

public sealed class TypeInferenceTests
{
    private static TableReading OfColumn(params string[] values) => Texts.Read("a,row\n" + string.Concat(values.Select((value, i) => $"{value},{i}\n")));

    private static ColumnType TypeOf(params string[] values) => OfColumn(values).Frame["a"].Type;

    [Fact]
    public void Digits_with_leading_zeros_are_identifiers_unless_the_column_has_fractions()
    {
        TableReading reading = OfColumn("007", "12", "3");
        reading.Frame["a"].Type.ShouldBe(ColumnType.Category);
        reading.Cells("a").ShouldBe(["007", "12", "3"]);
        reading.Why("a").ShouldStartWith("digits with leading zeros, such as '007', are identifiers");
        TypeOf("00.5", "007").ShouldBe(ColumnType.Float64);
        TypeOf("0", "10").ShouldBe(ColumnType.Int64);
    }

    [Fact]
    public void A_leading_zero_far_down_is_noticed()
    {
        string[] values = [.. Enumerable.Repeat("12", 100_000), "007"];
        OfColumn(values).Cells("a")[^1].ShouldBe("007");
    }

    [Fact]
    public void One_text_far_down_makes_the_column_text_and_is_named()
    {
        string[] values = [.. Enumerable.Range(0, 100_000).Select(i => (i % 1000).ToString(System.Globalization.CultureInfo.InvariantCulture)), "unknown"];
        TableReading reading = OfColumn(values);
        reading.Frame["a"].Type.ShouldBe(ColumnType.Text);
        reading.Cells("a")[^2].ShouldBe("999");
        reading.Notes.ShouldHaveSingleItem().ShouldBe("Column 'a' holds numbers but for 'unknown' (first on line 100002), so it was read as text. Name it as missing to read numbers.");
    }

    [Fact]
    public void One_fraction_far_down_makes_whole_numbers_doubles()
    {
        string[] values = [.. Enumerable.Repeat("12", 100_000), "", "9007199254740993", "0.5"];
        var column = (Float64Column)OfColumn(values).Frame["a"];
        column.Values[0].ShouldBe(12);
        column.Values[^3].ShouldBe(double.NaN);
        column.Values[^2].ShouldBe(9007199254740992);
        column.Values[^1].ShouldBe(0.5);
    }

    [Theory]
    [InlineData("true", "False", ColumnType.Boolean)]
    [InlineData("yes", "no", ColumnType.Boolean)]
    [InlineData("y", "N", ColumnType.Boolean)]
    [InlineData("t", "f", ColumnType.Boolean)]
    [InlineData("true", "true", ColumnType.Boolean)]
    [InlineData("F", "F", ColumnType.Category)]
    [InlineData("yes", "false", ColumnType.Category)]
    [InlineData("0", "1", ColumnType.Int64)]
    [InlineData("yes", "maybe", ColumnType.Category)]
    public void Booleans_are_one_pair_of_spellings(string one, string other, ColumnType expected) => TypeOf(one, other).ShouldBe(expected);

    [Theory]
    [InlineData("2024-03-09", "2024-03-09")]
    [InlineData("2024-03-09 12:30", "2024-03-09T12:30:00Z")]
    [InlineData("2024-03-09T12:30:05.25+02:00", "2024-03-09T10:30:05.25Z")]
    [InlineData("2024/03/09", "2024-03-09")]
    public void Iso_dates_are_dates(string text, string expected)
    {
        TypeOf(text, "").ShouldBe(ColumnType.Date);
        OfColumn(text, "").Cells("a").ShouldBe([expected, null]);
    }

    [Fact]
    public void Other_dates_are_read_when_all_rows_agree_on_one_order()
    {
        OfColumn("1/2/2024", "13/2/2024").Cells("a").ShouldBe(["2024-02-01", "2024-02-13"]);
        OfColumn("1/2/2024", "2/13/2024").Cells("a").ShouldBe(["2024-01-02", "2024-02-13"]);
        OfColumn("1.2.2024 10:00", "2.3.2024").Cells("a").ShouldBe(["2024-02-01T10:00:00Z", "2024-03-02"]);
        OfColumn("1/2/2024", "13/2/2024").Notes.ShouldHaveSingleItem().ShouldContain("read with the day first");
        TypeOf("1/2/2024", "2/3/2024").ShouldBe(ColumnType.Category);
        TypeOf("13/2/2024", "2/13/2024").ShouldBe(ColumnType.Category);
    }

    [Fact]
    public void Thousands_separators_are_read_where_they_can_be_nothing_else()
    {
        TableReading quoted = Texts.Read("a,b\n\"1,234\",x\n999,y\n");
        ((Int64Column)quoted.Frame["a"]).Values.ShouldBe([1234, 999]);
        quoted.Notes.ShouldHaveSingleItem().ShouldContain("thousands separators");
        ((Float64Column)Texts.Read("a\tb\n1,234,567.5\tx\n1,000\ty\n").Frame["a"]).Values.ShouldBe([1234567.5, 1000]);
        Texts.Read("a\tb\n1,234\tx\n1,000\ty\n").Frame["a"].Type.ShouldBe(ColumnType.Category);
        Texts.Read("a,b\n\"1,23\",x\n999,y\n").Frame["a"].Type.ShouldBe(ColumnType.Category);
    }

    [Theory]
    [InlineData("1_000")]
    [InlineData("０１")]
    [InlineData("0x10")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData(".")]
    [InlineData("--1")]
    [InlineData("1-2")]
    [InlineData("e5")]
    [InlineData("$5")]
    [InlineData("5%")]
    [InlineData("1 2")]
    public void What_is_not_quite_a_number_stays_text(string text) => OfColumn(text, "x").Cells("a")[0].ShouldBe(text);

    [Fact]
    public void Numbers_beyond_64_bits_are_doubles_and_signs_are_kept()
    {
        TableReading reading = OfColumn("12345678901234567890", "-9223372036854775808", "+5", "-0");
        ((Float64Column)reading.Frame["a"]).Values.ShouldBe([12345678901234567890d, -9223372036854775808d, 5, -0.0]);
        double.IsNegative(((Float64Column)reading.Frame["a"]).Values[3]).ShouldBeTrue();
        OfColumn(new string('9', 400), "1").Notes.ShouldHaveSingleItem().ShouldContain("1 infinite value");
    }

    [Fact]
    public void Texts_are_categories_while_they_are_few()
    {
        string[] Values(int rows, int levels) => [.. Enumerable.Range(0, rows).Select(i => $"level {i % levels}")];
        TypeOf(Values(40, 20)).ShouldBe(ColumnType.Category);
        TypeOf(Values(40, 21)).ShouldBe(ColumnType.Text);
        TypeOf(Values(10_000, 500)).ShouldBe(ColumnType.Category);
        TypeOf(Values(10_000, 501)).ShouldBe(ColumnType.Text);
        TypeOf(Values(50_000, 1001)).ShouldBe(ColumnType.Text);
    }

    [Fact]
    public void A_column_without_values_is_one_of_doubles()
    {
        TypeOf("", "NA").ShouldBe(ColumnType.Float64);
        OfColumn("", "NA").Why("a").ShouldBe("it has no values");
    }

    [Fact]
    public void Types_can_be_given()
    {
        var types = new Dictionary<string, ColumnType> { ["a"] = ColumnType.Text, ["b"] = ColumnType.Float32, ["c"] = ColumnType.Boolean, ["d"] = ColumnType.Category, ["e"] = ColumnType.Int64, ["f"] = ColumnType.Date };
        TableReading reading = Texts.Read("a,b,c,d,e,f\n1.50,1,1,5,1e3,1/2/2024\nNA,,0,,2.0,\n", new TableReadOptions { Types = types });
        reading.Frame.Columns.Select(column => column.Type).ShouldBe(types.Values);
        reading.Cells("a").ShouldBe(["1.50", null]);
        reading.Cells("c").ShouldBe(["true", "false"]);
        reading.Cells("e").ShouldBe(["1000", "2"]);
        reading.Cells("f").ShouldBe(["2024-02-01", null]);
        reading.Columns.ShouldAllBe(column => column.Why == "asked for");
    }

    [Fact]
    public void Options_that_suit_a_schema_keep_its_texts_as_they_are()
    {
        var schema = new Schema([new SchemaColumn("code", ColumnType.Category, ["07", "1.0"]), new SchemaColumn("x", ColumnType.Float64), new SchemaColumn("absent", ColumnType.Text)]);
        TableReading reading = Texts.Read("code,x\n1.0,1\n", new TableReadOptions().Suiting(schema));
        reading.Cells("code").ShouldBe(["1.0"]);
    }

    [Fact]
    public void All_threads_and_chunk_counts_read_the_same()
    {
        var text = new StringBuilder("id,x,y,label\n");
        for (int i = 0; i < 60_000; i++)
        {
            text.Append(i).Append(',').Append(i % 7 == 0 ? "" : (i * 0.37).ToString("R", System.Globalization.CultureInfo.InvariantCulture)).Append(',')
                .Append(i < 50_000 ? i % 10 : i % 10 + 0.5).Append(",\"level, ").Append(i % 13).Append("\"\n");
        }

        Frame one = Texts.Read(text.ToString(), new TableReadOptions { Threads = 1 }).Frame;
        Frame four = Texts.Read(text.ToString(), new TableReadOptions { Threads = 4 }).Frame;
        one["y"].Type.ShouldBe(ColumnType.Float64);
        foreach (Column column in one.Columns)
        {
            four[column.Name].Type.ShouldBe(column.Type);
            four[column.Name].Cells().ShouldBe(column.Cells());
        }

        one["id"].NumberAt(59_999).ShouldBe(59_999);
    }
}
