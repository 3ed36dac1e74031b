using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Xunit;

namespace Strata.Learning.Tests.Data.Reading;

public sealed class ExcelTableTests
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>A workbook as small as the format allows: numbers, booleans, dates (style 1), errors and inline texts.</summary>
    private static byte[] Workbook(params (string Name, object?[][] Rows)[] sheets)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>");
            Add(zip, "_rels/.rels", $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r0\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Add(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(sheets.Select((sheet, i) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{i + 1}\" r:id=\"r{i}\"/>"))}</sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}\">{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"r{i}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>"))}<Relationship Id=\"s\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
            Add(zip, "xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>");
            for (int i = 0; i < sheets.Length; i++)
            {
                Add(zip, $"xl/worksheets/sheet{i}.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{string.Concat(sheets[i].Rows.Select((row, r) => $"<row r=\"{r + 1}\">{string.Concat(row.Select((cell, c) => Cell(cell, $"{(char)('A' + c)}{r + 1}")))}</row>"))}</sheetData></worksheet>");
            }
        }

        return memory.ToArray();
    }

    private static string Cell(object? value, string at) => value switch
    {
        null => string.Empty,
        double number => $"<c r=\"{at}\"><v>{number.ToString("R", CultureInfo.InvariantCulture)}</v></c>",
        bool flag => $"<c r=\"{at}\" t=\"b\"><v>{(flag ? 1 : 0)}</v></c>",
        DateTime date => $"<c r=\"{at}\" s=\"1\"><v>{date.ToOADate().ToString("R", CultureInfo.InvariantCulture)}</v></c>",
        "#DIV/0!" => $"<c r=\"{at}\" t=\"e\"><v>#DIV/0!</v></c>",
        _ => $"<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(value.ToString())}</t></is></c>",
    };

    private static void Add(ZipArchive zip, string name, string text)
    {
        using Stream entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text));
    }

    private static readonly object?[][] Rows =
    [
        ["name", "count", "share", "ok", "day", "code", null],
        ["Ada, \"x\"", 1.0, 0.1, true, new DateTime(2024, 3, 9), "007", null],
        ["Köln", 2.0, null, false, new DateTime(2024, 3, 10, 12, 0, 0), "12", null],
        [null, null, null, null, null, null, null],
        ["x", 3.0, "#DIV/0!", true, null, "5", null],
    ];

    [Fact]
    public void A_sheet_is_read_with_types()
    {
        TableReading reading = Texts.Read(Workbook(("Table", Rows)));
        reading.Format.Kind.ShouldBe(TableKind.Excel);
        reading.Format.Sheet.ShouldBe("Table");
        reading.Frame.Names.ShouldBe(["name", "count", "share", "ok", "day", "code"]);
        reading.Frame.Columns.Select(column => column.Type).ShouldBe([ColumnType.Category, ColumnType.Int64, ColumnType.Float64, ColumnType.Boolean, ColumnType.Date, ColumnType.Category]);
        reading.Cells("name").ShouldBe(["Ada, \"x\"", "Köln", "x"]);
        reading.Cells("share").ShouldBe(["0.1", null, null]);
        reading.Cells("day").ShouldBe(["2024-03-09", "2024-03-10T12:00:00Z", null]);
        reading.Cells("code").ShouldBe(["007", "12", "5"]);
    }

    [Fact]
    public void The_first_sheet_with_cells_is_read_unless_another_is_named()
    {
        byte[] workbook = Workbook(("Empty", []), ("First", Rows), ("Second", [["a"], [5.0]]));
        Texts.Read(workbook).Format.Sheet.ShouldBe("First");
        Texts.Read(workbook, new TableReadOptions { Sheet = "second" }).Cells("a").ShouldBe(["5"]);
        Should.Throw<DataException>(() => Texts.Read(workbook, new TableReadOptions { Sheet = "Third" })).Message.ShouldBe("There is no sheet 'Third'. There are: 'Empty', 'First', 'Second'.");
    }

    [Fact]
    public void Workbooks_without_a_table_are_refused()
    {
        Should.Throw<DataException>(() => Texts.Read(Workbook(("Empty", [])))).Message.ShouldBe("The workbook has no sheet with cells.");
        Should.Throw<DataException>(() => Texts.Read(Workbook(("Header", [["a", "b"]])))).Message.ShouldBe("The file has a header with 2 columns but no rows.");
    }

    [Fact]
    public void Damaged_workbooks_are_refused()
    {
        byte[] workbook = Workbook(("Table", Rows));
        Should.Throw<DataException>(() => Texts.Read(workbook[..(workbook.Length / 2)])).Message.ShouldStartWith("The file begins as a zip archive but is damaged");
        Should.Throw<DataException>(() => Texts.Read([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 1, 2, 3])).Message.ShouldStartWith("The workbook cannot be read");
    }

    [Fact]
    public void A_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "xl/workbook.xml", "<workbook/>");
            using Stream bomb = zip.CreateEntry("xl/sharedStrings.xml", CompressionLevel.Fastest).Open();
            var block = new byte[1 << 20];
            for (int i = 0; i < 64; i++)
            {
                bomb.Write(block);
            }
        }

        Should.Throw<DataException>(() => Texts.Read(memory.ToArray())).Message.ShouldStartWith("The workbook unpacks to 6710");
    }

    [Fact]
    public void A_zip_archive_of_something_else_is_named_so()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "word/document.xml", "<?xml version='1.0'?>");
            Add(zip, "word/styles.xml", "<?xml version='1.0'?>");
        }

        Should.Throw<DataException>(() => Texts.Read(memory.ToArray())).Message.ShouldStartWith("None of the 2 files in it is read ('word/document.xml', 'word/styles.xml'); expected a table");
    }
}
