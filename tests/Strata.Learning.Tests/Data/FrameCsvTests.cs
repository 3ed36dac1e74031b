using System.Text;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Learning.Tests.Data.Reading;
using Xunit;

namespace Strata.Learning.Tests.Data;

public sealed class FrameCsvTests
{
    [Fact]
    public void Every_type_is_written_so_that_it_reads_back()
    {
        var missing = new MissingMask(3) { [1] = true };
        var frame = new Frame(
            new Float64Column("real", [0.1, double.NaN, 1e300]),
            new Float32Column("single", [0.1f, float.NaN, 3]),
            new Int64Column("whole", [long.MinValue + 1, 0, 7], missing),
            new BooleanColumn("flag", [true, false, false], missing),
            CategoryColumn.Of("level", ["a,b", null, "c\"d\ne"]),
            new DateColumn("day", [new DateTime(2024, 3, 9, 1, 2, 3, DateTimeKind.Utc).Ticks, 0, new DateTime(2024, 3, 10).Ticks], missing),
            new TextColumn("text", [" padded ", null, "#"]));
        FrameCsv.ToText(frame).ShouldBe(
            "real,single,whole,flag,level,day,text\n"
            + "0.1,0.1,-9223372036854775807,true,\"a,b\",2024-03-09T01:02:03Z,\" padded \"\n"
            + ",,,,,,\n"
            + "1E+300,3,7,false,\"c\"\"d\ne\",2024-03-10,\"#\"\n");
        TableReading reading = Texts.Read(FrameCsv.ToText(frame));
        foreach (Column column in frame.Columns)
        {
            reading.Cells(column.Name).ShouldBe(column.Cells(), column.Name);
        }
    }

    [Fact]
    public void A_missing_value_in_a_table_of_one_column_keeps_its_row() =>
        Texts.Read(FrameCsv.ToText(new Frame(new Float64Column("a", [1, double.NaN, 3])))).Cells("a").ShouldBe(["1", null, "3"]);

    [Fact]
    public void Formulas_are_guarded_when_asked_and_read_back_as_they_were()
    {
        string?[] texts = ["=1+1", "-1.5", "+cmd", "@x", "\ttab", "'=quoted", "'plain", "-", "x"];
        var frame = new Frame(new TextColumn("=name", [.. texts, "y"]), new Float64Column("b", [.. Enumerable.Repeat(-1.5, 10)]));
        string safe = FrameCsv.ToText(frame, spreadsheetSafe: true);
        safe.ShouldContain("'=1+1,-1.5\n-1.5,-1.5\n'+cmd,-1.5\n'@x,-1.5\n");
        safe.ShouldStartWith("'=name,b\n");
        foreach (string line in safe.Split('\n').Skip(1))
        {
            line.ShouldNotMatch("^[=+@\\t\\r]");
        }

        TableReading reading = Texts.Read(safe, new TableReadOptions { MissingTexts = [] });
        reading.Cells("=name").ShouldBe([.. texts, "y"]);
        reading.Notes.ShouldHaveSingleItem().ShouldContain("keeps spreadsheets from running");
    }

    [Fact]
    public void The_stream_stays_open()
    {
        using var stream = new MemoryStream();
        FrameCsv.Write(stream, new Frame(new Int64Column("a", [1])));
        Encoding.UTF8.GetString(stream.ToArray()).ShouldBe("a\n1\n");
    }
}
