using System.IO.Compression;
using System.Text;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Xunit;

namespace Strata.Learning.Tests.Data.Reading;

public sealed class JsonTableTests
{
    [Fact]
    public void Json_lines_become_rows_with_all_names_as_columns()
    {
        TableReading reading = Texts.Read("{\"a\": 1, \"b\": \"x, \\\"y\\\"\\nz\"}\n\n{\"b\": null, \"a\": 2.5, \"c\": true}\n{\"a\": -1e3, \"d\": {\"e\": [1, 2]}}\n");
        reading.Format.Kind.ShouldBe(TableKind.JsonLines);
        reading.Frame.Names.ShouldBe(["a", "b", "c", "d"]);
        ((Float64Column)reading.Frame["a"]).Values.ShouldBe([1, 2.5, -1000]);
        reading.Cells("b").ShouldBe(["x, \"y\"\nz", null, null]);
        reading.Cells("c").ShouldBe([null, "true", null]);
        reading.Cells("d").ShouldBe([null, null, "{\"e\": [1, 2]}"]);
        reading.Notes.ShouldBe(["1 column holds nested values, kept as JSON text: 'd'."]);
    }

    [Fact]
    public void A_json_array_of_objects_becomes_rows()
    {
        TableReading reading = Texts.Read("[\n {\"a\": 1},\n {\"a\": null},\n {\"a\": 3}\n]");
        reading.Format.Kind.ShouldBe(TableKind.JsonArray);
        reading.Cells("a").ShouldBe(["1", null, "3"]);
    }

    [Fact]
    public void Texts_follow_the_same_rules_as_in_csv()
    {
        TableReading reading = Texts.Read("{\"id\": \"007\", \"x\": \"1.5\", \"day\": \"2024-03-09\"}\n{\"id\": \"8\", \"x\": \"NA\", \"day\": \"\"}\n");
        reading.Frame.Columns.Select(column => column.Type).ShouldBe([ColumnType.Category, ColumnType.Float64, ColumnType.Date]);
        reading.Cells("id").ShouldBe(["007", "8"]);
    }

    [Fact]
    public void An_infinite_number_is_missing_with_a_note() =>
        Texts.Read("{\"a\": 1e999}\n{\"a\": 1}\n").Notes.ShouldBe(["Column 'a' has 1 infinite value: read as missing."]);

    [Theory]
    [InlineData("{\"a\": 1}\n{\"a\": }\n", "The JSON is broken on line 2")]
    [InlineData("{\"a\": 1}\n{\"a\": 2\n", "The JSON is broken on line 3")]
    [InlineData("{\"a\": 1}\n[1, 2]\n", "Value 2 of the JSON is an array; expected an object")]
    [InlineData("{\"a\": 1}\n5\n", "Value 2 of the JSON is a number; expected an object")]
    [InlineData("{}\n", "The JSON has no object with a value")]
    [InlineData("[]", "The JSON has no object with a value")]
    public void Json_that_is_no_table_is_refused_with_its_place(string text, string message) =>
        Should.Throw<DataException>(() => Texts.Read(text, fileName: "x.json")).Message.ShouldStartWith(message);

    [Fact]
    public void Deep_nesting_is_refused() =>
        Should.Throw<DataException>(() => Texts.Read("{\"a\": " + new string('[', 1000) + new string(']', 1000) + "}")).Message.ShouldStartWith("The JSON is broken on line 1");

    [Fact]
    public void Too_many_names_are_refused() =>
        Should.Throw<DataException>(() => Texts.Read(string.Concat(Enumerable.Range(0, 30).Select(i => $"{{\"a{i}\": 1}}\n")), new TableReadOptions { MaxColumns = 20 }))
            .Message.ShouldStartWith("The JSON objects have more than 20 different names");

    [Fact]
    public void A_value_that_does_not_fit_a_given_type_is_named_by_its_record()
    {
        var options = new TableReadOptions { Types = new Dictionary<string, ColumnType> { ["a"] = ColumnType.Float64 } };
        Should.Throw<DataException>(() => Texts.Read("{\"a\": \"x\\ny\", \"b\": 1}", options)).Message.ShouldBe("Column 'a' has 'x\ny' on record 1; expected a number, as asked for.");
        Should.Throw<DataException>(() => Texts.Read("{\"a\": 1, \"b\": \"p\\nq\"}\n{\"a\": 2}\n{\"a\": \"z\"}", options)).Message.ShouldContain("'z' on record 3");
    }

    [Fact]
    public void Packed_text_is_read()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("{\"a\": 1}\n{\"a\": 2}\n"u8);
        }

        TableReading reading = Texts.Read(packed.ToArray(), fileName: "x.jsonl.gz");
        reading.Cells("a").ShouldBe(["1", "2"]);
        reading.Format.Compressed.ShouldBeTrue();
    }

    [Fact]
    public void Json_in_windows_1252_is_read_with_a_note()
    {
        TableReading reading = Texts.Read([.. "{\"a\": \"K"u8, 0xF6, .. "ln\"}\n"u8]);
        reading.Cells("a").ShouldBe(["Köln"]);
        reading.Notes.ShouldHaveSingleItem().ShouldStartWith("Line 1 is not UTF-8");
    }

    [Fact]
    public void A_csv_that_begins_with_a_bracket_is_no_json() => Texts.Read("[x],[y]\n1,2\n").Frame.Names.ShouldBe(["[x]", "[y]"]);

    [Fact]
    public void Every_column_named_in_bytes_of_many_letters_is_kept() => Texts.Read(Encoding.UTF8.GetBytes("{\"größe\": 1}")).Frame.Names.ShouldBe(["größe"]);
}
