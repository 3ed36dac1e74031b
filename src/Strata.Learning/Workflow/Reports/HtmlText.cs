using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Strata.Learning.Workflow.Reports;

/// <summary>Writes a page part by part. All text is encoded on its way in; only pictures, which this program draws itself, go in as they are.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder html = new();

    public static string Encoded(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>Markup of this program's own, with no text of anybody else in it.</summary>
    public void Markup(string markup) => html.Append(markup);

    public void Heading(string text, string? id = null) => html.Append(CultureInfo.InvariantCulture, $"<h2{(id is null ? string.Empty : $" id=\"{id}\"")}>{Encoded(text)}</h2>\n");

    public void Part(string text) => html.Append(CultureInfo.InvariantCulture, $"<h3>{Encoded(text)}</h3>\n");

    public void Sentence(string text) => html.Append(CultureInfo.InvariantCulture, $"<p>{Encoded(text)}</p>\n");

    public void Quiet(string text) => html.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\">{Encoded(text)}</p>\n");

    public void Code(string text) => html.Append(CultureInfo.InvariantCulture, $"<pre><code>{Encoded(text)}</code></pre>\n");

    public void List(IEnumerable<string> items) => html.Append(CultureInfo.InvariantCulture, $"<ul>{string.Concat(items.Select(item => $"<li>{Encoded(item)}</li>"))}</ul>\n");

    /// <summary>The first cell of a row names it; the others are right-aligned where they are all numbers.</summary>
    public void Table(string[] heads, IEnumerable<string[]> rows)
    {
        string[][] cells = [.. rows];
        bool[] numeric = [.. heads.Select((_, column) => column > 0 && cells.All(row => IsNumber(row[column])))];
        string Kind(int column) => numeric[column] ? " class=\"n\"" : string.Empty;
        html.Append("<div class=\"wide\" tabindex=\"0\"><table><thead><tr>").AppendJoin(string.Empty, heads.Select((head, column) => $"<th scope=\"col\"{Kind(column)}>{Encoded(head)}</th>")).Append("</tr></thead><tbody>\n");
        foreach (string[] row in cells)
        {
            html.Append("<tr>").AppendJoin(string.Empty, row.Select((cell, column) => column == 0 ? $"<th scope=\"row\">{Encoded(cell)}</th>" : $"<td{Kind(column)}>{Encoded(cell)}</td>")).Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    /// <summary>Pictures beside one another as far as there is room.</summary>
    public void Pictures(params IEnumerable<string> svgs) => html.Append(CultureInfo.InvariantCulture, $"<div class=\"pictures\">{string.Concat(svgs.Select(svg => $"<figure>{svg}</figure>"))}</div>\n");

    public override string ToString() => html.ToString();

    private static bool IsNumber(string cell) => cell.Length == 0 || cell is "–" || char.IsAsciiDigit(cell[0]) || (cell[0] is '-' or '+' && cell.Length > 1 && char.IsAsciiDigit(cell[1]));
}
