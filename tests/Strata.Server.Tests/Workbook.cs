using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Strata.Server.Tests;

/// <summary>Makes Excel workbooks of one sheet.</summary>
internal static class Workbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <param name="rows">The header and the rows; cells are texts or numbers.</param>
    public static byte[] Of(params object[][] rows) =>
        OfSheet($"<worksheet xmlns=\"{Main}\"><sheetData>{string.Concat(rows.Select((row, r) => $"<row r=\"{r + 1}\">{string.Concat(row.Select((cell, c) => Cell(cell, c, r)))}</row>"))}</sheetData></worksheet>");

    public static byte[] OfSheet(string sheet)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>");
            Add(zip, "_rels/.rels", $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r0\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Add(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"Sheet\" sheetId=\"1\" r:id=\"r0\"/></sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r0\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet.xml\"/></Relationships>");
            Add(zip, "xl/worksheets/sheet.xml", sheet);
        }

        return memory.ToArray();
    }

    private static string Cell(object value, int column, int row) => value is double number
        ? $"<c r=\"{(char)('A' + column)}{row + 1}\"><v>{number.ToString("R", CultureInfo.InvariantCulture)}</v></c>"
        : $"<c r=\"{(char)('A' + column)}{row + 1}\" t=\"inlineStr\"><is><t>{value}</t></is></c>";

    private static void Add(ZipArchive zip, string name, string text)
    {
        using Stream entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text));
    }
}
