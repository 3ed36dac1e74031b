using System.Text;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Xunit;

namespace Strata.Learning.Tests.Data.Reading;

public sealed class DelimitedTextTests
{
    [Fact]
    public void A_plain_table_is_read_with_a_type_for_each_column()
    {
        TableReading reading = Texts.Read("name,age,height,member,joined\nAda,36,1.63,yes,1815-12-10\nBob,,1.8,no,\n");
        reading.Frame.Columns.Select(column => column.Type).ShouldBe([ColumnType.Category, ColumnType.Int64, ColumnType.Float64, ColumnType.Boolean, ColumnType.Date]);
        reading.Cells("name").ShouldBe(["Ada", "Bob"]);
        reading.Cells("age").ShouldBe(["36", null]);
        reading.Cells("height").ShouldBe(["1.63", "1.8"]);
        reading.Cells("member").ShouldBe(["true", "false"]);
        reading.Cells("joined").ShouldBe(["1815-12-10", null]);
        reading.Notes.ShouldBeEmpty();
        reading.Format.Delimiter.ShouldBe(',');
        reading.Format.Encoding.ShouldBe("utf-8");
    }

    [Fact]
    public void Comment_lines_before_the_header_are_kept_and_describe_columns()
    {
        TableReading reading = Texts.Read("# This file\n# COLUMN koi_period: Orbital Period [days]\n#\nkoi_period\n1.5\n#2\n");
        reading.Format.CommentLines.ShouldBe(["This file", "COLUMN koi_period: Orbital Period [days]", ""]);
        reading.Descriptions["koi_period"].ShouldBe("Orbital Period [days]");
        reading.Cells("koi_period").ShouldBe(["1.5", "#2"]);
    }

    [Fact]
    public void A_header_that_is_the_last_comment_line_is_found()
    {
        TableReading reading = Texts.Read("## source\n#CHROM\tPOS\n1\t20\n2\t30\n");
        reading.Frame.Names.ShouldBe(["CHROM", "POS"]);
        reading.Frame.RowCount.ShouldBe(2);
        reading.Notes.ShouldHaveSingleItem().ShouldContain("last comment line");
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void The_delimiter_is_found(string delimiter)
    {
        TableReading reading = Texts.Read($"a{delimiter}b{delimiter}c\n1{delimiter}x y{delimiter}2.5\n");
        reading.Format.Delimiter.ShouldBe(delimiter[0]);
        reading.Cells("b").ShouldBe(["x y"]);
        reading.Cells("c").ShouldBe(["2.5"]);
    }

    [Fact]
    public void Decimal_commas_are_read_between_semicolons_and_noted()
    {
        TableReading reading = Texts.Read("a;b\n1,5;-0,25\n2,000;3\n");
        ((Float64Column)reading.Frame["a"]).Values.ShouldBe([1.5, 2.0]);
        ((Float64Column)reading.Frame["b"]).Values.ShouldBe([-0.25, 3]);
        reading.Format.DecimalComma.ShouldBeTrue();
        reading.Notes.ShouldHaveSingleItem().ShouldContain("decimal comma");
    }

    [Fact]
    public void Quoted_fields_hold_delimiters_newlines_and_doubled_quotes()
    {
        TableReading reading = Texts.Read("a,b\n\"x, \"\"y\"\"\nz\",1\n\"\"\"\",2\n \"spaced\" ,3\n\"\",4\n5\" pipe,5\n");
        reading.Cells("a").ShouldBe(["x, \"y\"\nz", "\"", "spaced", null, "5\" pipe"]);
        reading.Cells("b").ShouldBe(["1", "2", "3", "4", "5"]);
        reading.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_kind_of_line_end_is_read(string lineEnd)
    {
        TableReading reading = Texts.Read(string.Join(lineEnd, "a,b", "1,x", "2,\"y\"", "3,z"));
        reading.Cells("a").ShouldBe(["1", "2", "3"]);
        reading.Cells("b").ShouldBe(["x", "y", "z"]);
        reading.Notes.ShouldBeEmpty();
    }

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32", "iso-8859-1", "windows-1252"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_usual_encoding_is_read(string name)
    {
        Encoding encoding = name == "windows-1252" ? CodePagesEncodingProvider.Instance.GetEncoding(name)! : Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("größe,ort\n1,Köln\n2,Fès\n")];
        TableReading reading = Texts.Read(bytes);
        reading.Frame.Names.ShouldBe(["größe", "ort"]);
        reading.Cells("ort").ShouldBe(["Köln", "Fès"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Utf_16_without_a_mark_is_recognised(bool bigEndian)
    {
        TableReading reading = Texts.Read(new UnicodeEncoding(bigEndian, byteOrderMark: false).GetBytes("name,ort\n1,Köln\n"));
        reading.Cells("ort").ShouldBe(["Köln"]);
        reading.Format.Encoding.ShouldBe(bigEndian ? "utf-16BE" : "utf-16");
    }

    [Fact]
    public void A_file_that_is_not_utf_8_is_read_as_windows_1252_with_a_note_naming_the_line()
    {
        byte[] bytes = [.. "a,b\n1,x\n2,K"u8, 0xF6, .. "ln\n"u8];
        TableReading reading = Texts.Read(bytes);
        reading.Cells("b").ShouldBe(["x", "Köln"]);
        reading.Notes.ShouldHaveSingleItem().ShouldStartWith("Line 3 is not UTF-8: the file was read as Windows-1252.");
        reading.Format.Encoding.ShouldBe("windows-1252");
    }

    [Fact]
    public void Usual_spellings_of_missing_values_are_missing_and_words_are_not()
    {
        TableReading reading = Texts.Read("a,b\nNA,x\n?,none\n1,N/A\nnan,null\n-,\n #N/A ,Nil\n");
        reading.Cells("a").ShouldBe([null, null, "1", null, null, null]);
        reading.Frame["a"].Type.ShouldBe(ColumnType.Int64);
        reading.Cells("b").ShouldBe(["x", "none", null, null, null, "Nil"]);
    }

    [Fact]
    public void Ragged_rows_are_mended_with_a_note_naming_the_first_line()
    {
        TableReading reading = Texts.Read("a,b,c\n1,2,3\n4,5\n6\n7,8,9,10\n11,12,13\n");
        reading.Cells("b").ShouldBe(["2", "5", null, "8", "12"]);
        reading.Cells("c").ShouldBe(["3", null, null, "9", "13"]);
        reading.Notes.ShouldBe(
        [
            "2 rows had fewer than 3 fields: the missing ones were read as missing (first at line 3).",
            "1 row had 4 instead of 3 fields: the last ones were left out (first at line 5).",
        ]);
    }

    [Fact]
    public void Blank_lines_are_skipped_with_a_note()
    {
        TableReading reading = Texts.Read("\n\na,b\n1,x\n\n  \n2,y\n\n3,1.5\n\n\n");
        reading.Cells("a").ShouldBe(["1", "2", "3"]);
        reading.Cells("b").ShouldBe(["x", "y", "1.5"]);
        reading.Notes.ShouldBe(["3 blank lines were skipped."]);
    }

    [Fact]
    public void A_delimiter_at_the_end_of_every_line_makes_no_column()
    {
        Texts.Read("a,b,\n1,2,\n3,4,\n").Frame.Names.ShouldBe(["a", "b"]);
        TableReading reading = Texts.Read("a,b\n1,2,\n3,4,\n");
        reading.Cells("b").ShouldBe(["2", "4"]);
        reading.Notes.ShouldHaveSingleItem().ShouldStartWith("2 rows end with a delimiter");
    }

    [Fact]
    public void Rows_with_one_field_more_than_the_header_have_unnamed_row_names()
    {
        TableReading reading = Texts.Read("x,y\nr1,1,2\nr2,3,4\n");
        reading.Frame.Names.ShouldBe(["column_1", "x", "y"]);
        reading.Cells("x").ShouldBe(["1", "3"]);
    }

    [Fact]
    public void Names_are_made_unique_by_a_stated_rule()
    {
        TableReading reading = Texts.Read("a,a, b ,,a_2,a,A,__proto__\n1,2,3,4,5,6,7,8\n");
        reading.Frame.Names.ShouldBe(["a", "a_3", "b", "column_4", "a_2", "a_4", "A", "__proto__"]);
        reading.Format.HeaderNames[2].ShouldBe(" b ".Trim());
        reading.Notes.ShouldContain("1 column had no name and is named 'column_4'.");
        reading.Notes.ShouldContain("2 columns had the name of an earlier one and are named 'a_3', 'a_4'.");
    }

    [Fact]
    public void A_header_of_numbers_is_suspected_aloud_and_can_be_declared_absent()
    {
        Texts.Read("1,2\n3,4\n").Notes.ShouldHaveSingleItem().ShouldContain("looks like a row");
        TableReading reading = Texts.Read("1,2\n3,4\n", new TableReadOptions { HasHeader = false });
        reading.Frame.Names.ShouldBe(["column_1", "column_2"]);
        reading.Cells("column_1").ShouldBe(["1", "3"]);
        reading.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Infinite_values_are_missing_with_a_note_that_counts_them()
    {
        TableReading reading = Texts.Read("a,b\n1.5,inf\n1e999,1\n-Infinity,2\n");
        reading.Cells("a").ShouldBe(["1.5", null, null]);
        reading.Cells("b").ShouldBe([null, "1", "2"]);
        reading.Notes.ShouldBe(["Column 'a' has 2 infinite values: read as missing.", "Column 'b' has 1 infinite value: read as missing."]);
    }

    [Fact]
    public void A_table_of_one_column_is_read_with_its_missing_values()
    {
        TableReading reading = Texts.Read("value\n1\n\"\"\nNA\n4");
        reading.Cells("value").ShouldBe(["1", null, null, "4"]);
        reading.Format.Delimiter.ShouldBeNull();
    }

    [Fact]
    public void Quotes_are_ordinary_characters_when_asked()
    {
        TableReading reading = Texts.Read("a,b\n\"x,1\ny,2\n", new TableReadOptions { Quotes = false });
        reading.Cells("a").ShouldBe(["\"x", "y"]);
    }

    [Fact]
    public void Text_behind_a_closing_quote_is_kept_with_a_note()
    {
        TableReading reading = Texts.Read("a,b\n\"x\"yz,1\n");
        reading.Cells("a").ShouldBe(["xyz"]);
        reading.Notes.ShouldHaveSingleItem().ShouldContain("behind the closing quote");
    }

    [Fact]
    public void Thousands_of_columns_are_read()
    {
        const int Width = 5000;
        var text = new StringBuilder(string.Join(',', Enumerable.Range(0, Width).Select(i => $"gene_{i}"))).Append('\n');
        for (int row = 0; row < 40; row++)
        {
            text.AppendJoin(',', Enumerable.Range(0, Width).Select(i => (i * row % 97 / 8.0).ToString(System.Globalization.CultureInfo.InvariantCulture))).Append('\n');
        }

        TableReading reading = Texts.Read(text.ToString());
        reading.Frame.ColumnCount.ShouldBe(Width);
        reading.Frame["gene_4999"].NumberAt(39).ShouldBe(4999 * 39 % 97 / 8.0);
    }

    [Fact]
    public void A_file_is_read_from_disk_as_from_a_stream()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllText(path, "a,b\n1,2.5\n");
            TableFile.Read(path, cancellation: TestContext.Current.CancellationToken).Cells("b").ShouldBe(["2.5"]);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
