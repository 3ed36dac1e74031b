using System.Globalization;
using System.Security;
using System.Text;

namespace Strata.Learning.Workflow.Plots;

/// <summary>
/// Writes one picture as SVG text that needs no browser to be made: a title and a description for those who do not see it, colours that follow the reader's light or
/// dark scheme, no script and nothing from outside.
/// </summary>
internal sealed class SvgPicture
{
    /// <summary>Eight hues that people with any colour vision tell apart (Okabe and Ito 2008), lighter where the ground is dark.</summary>
    private const string Style =
        """
        .ground{fill:#ffffff}.ink{fill:#1f2328}.soft{fill:#59636e}.grid{stroke:#d1d9e0;stroke-width:1}.axis{stroke:#59636e;stroke-width:1}.guide{stroke:#818b98;stroke-width:1.5;stroke-dasharray:5 4;fill:none}
        .s0{--c:#0072b2}.s1{--c:#d55e00}.s2{--c:#009e73}.s3{--c:#aa4499}.s4{--c:#8a6d00}.s5{--c:#3a86c8}.s6{--c:#555555}.s7{--c:#882255}
        .line{fill:none;stroke:var(--c);stroke-width:2.25;stroke-linejoin:round}.mark{fill:var(--c)}.dot{fill:var(--c);fill-opacity:.45}.cell{fill:#0072b2}.cellink{fill:#ffffff}
        .v0{--c:#0072b2}.v1{--c:#5b93b4}.v2{--c:#97938f}.v3{--c:#bd7c4d}.v4{--c:#d55e00}.none{--c:#b3bac2}.up{--c:#0072b2}.down{--c:#d55e00}.thin{stroke:var(--c);stroke-width:1.5;fill:none}
        .swarm{fill:none;stroke:var(--c);stroke-width:5;stroke-linecap:round}.faint{stroke-opacity:.45}.hair{fill:none;stroke:var(--c);stroke-width:1;stroke-opacity:.3}
        text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif}.title{font-size:17px;font-weight:600}
        @media (prefers-color-scheme:dark){.ground{fill:#15191f}.ink{fill:#e6edf3}.soft{fill:#a3adb8}.grid{stroke:#2f3742}.axis{stroke:#a3adb8}.guide{stroke:#7d8794}
        .s0{--c:#58b4ea}.s1{--c:#ff9a4d}.s2{--c:#3fd0a4}.s3{--c:#dd8fd0}.s4{--c:#e6c34a}.s5{--c:#9ccbf2}.s6{--c:#c3c9d0}.s7{--c:#e58bb0}.cell{fill:#58b4ea}.cellink{fill:#0b0e12}
        .v0{--c:#58b4ea}.v1{--c:#8fbdd6}.v2{--c:#bdbab6}.v3{--c:#e0ab80}.v4{--c:#ff9a4d}.none{--c:#59636e}.up{--c:#58b4ea}.down{--c:#ff9a4d}}
        """;

    private readonly StringBuilder body = new();

    /// <param name="name">Makes the ids of title and description differ from those of other pictures on the same page.</param>
    /// <param name="title">What it shows, in a few words.</param>
    /// <param name="description">What it says, for those who do not see it.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    public SvgPicture(string name, string title, string description, int width = 640, int height = 440)
    {
        (Width, Height) = (width, height);
        body.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="{name}-title {name}-description">""");
        body.Append(CultureInfo.InvariantCulture, $"""<title id="{name}-title">{Escaped(title)}</title><desc id="{name}-description">{Escaped(description)}</desc><style>{Style.ReplaceLineEndings(string.Empty)}</style>""");
        body.Append('\n');
        Rectangle(0, 0, width, height, "ground");
        Text(20, 28, title, "ink title", "start");
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>How many groups of colours there are.</summary>
    public const int Series = 8;

    /// <param name="x">From the left.</param>
    /// <param name="y">From the top, of the base line.</param>
    /// <param name="text">What is written.</param>
    /// <param name="style">Class names.</param>
    /// <param name="anchor">start, middle or end.</param>
    /// <param name="turned">Whether it is read from below.</param>
    public void Text(double x, double y, string text, string style = "soft", string anchor = "middle", bool turned = false)
    {
        string turn = turned ? $" transform=\"rotate(-90 {Number(x)} {Number(y)})\"" : string.Empty;
        body.Append(CultureInfo.InvariantCulture, $"""<text class="{style}" x="{Number(x)}" y="{Number(y)}" text-anchor="{anchor}"{turn}>{Escaped(text)}</text>""");
        body.Append('\n');
    }

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        body.Append(CultureInfo.InvariantCulture, $"""<line class="{style}" x1="{Number(x1)}" y1="{Number(y1)}" x2="{Number(x2)}" y2="{Number(y2)}"/>""").Append('\n');

    public void Rectangle(double x, double y, double width, double height, string style, double opacity = 1) =>
        body.Append(CultureInfo.InvariantCulture, $"""<rect class="{style}" x="{Number(x)}" y="{Number(y)}" width="{Number(Math.Max(0, width))}" height="{Number(Math.Max(0, height))}"{(opacity < 1 ? $" fill-opacity=\"{Number(opacity)}\"" : string.Empty)}/>""").Append('\n');

    public void Circle(double x, double y, double radius, string style) =>
        body.Append(CultureInfo.InvariantCulture, $"""<circle class="{style}" cx="{Number(x)}" cy="{Number(y)}" r="{Number(radius)}"/>""").Append('\n');

    /// <summary>One line through all points.</summary>
    public void Path(IEnumerable<(double X, double Y)> points, string style) =>
        body.Append(CultureInfo.InvariantCulture, $"""<polyline class="{style}" points="{string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))}"/>""").Append('\n');

    /// <summary>Many dots of one colour, as one line that goes nowhere at each of them: a tenth of the text of so many circles.</summary>
    public void Dots(IReadOnlyList<(double X, double Y)> points, string style)
    {
        if (points.Count > 0)
        {
            body.Append(CultureInfo.InvariantCulture, $"""<path class="{style}" d="{string.Concat(points.Select(point => $"M{Tenth(point.X)} {Tenth(point.Y)}h0"))}"/>""").Append('\n');
        }
    }

    /// <summary>A closed shape.</summary>
    public void Shape(IEnumerable<(double X, double Y)> corners, string style) =>
        body.Append(CultureInfo.InvariantCulture, $"""<polygon class="{style}" points="{string.Join(' ', corners.Select(corner => $"{Number(corner.X)},{Number(corner.Y)}"))}"/>""").Append('\n');

    /// <summary>What stands in place of a picture that has nothing to show: a sentence that says why.</summary>
    public static string Without(string name, string title, string sentence)
    {
        var picture = new SvgPicture(name, title, sentence, 640, 76);
        picture.Text(20, 56, sentence, "soft", "start");
        return picture.ToString();
    }

    /// <summary>A text that fits a place, its end given up if need be.</summary>
    public static string Short(string text, int most) => text.Length <= most ? text : $"{text[..(most - 1)]}…";

    /// <summary>A number for people: whole, or of four digits.</summary>
    public static string Figure(double value) => value.ToString(value == Math.Round(value) && Math.Abs(value) < 1e9 ? "0" : "G4", CultureInfo.InvariantCulture);

    /// <summary>The whole picture.</summary>
    public override string ToString() => $"{body}</svg>\n";

    private static string Tenth(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Names of columns and classes may hold anything; what XML cannot hold at all, and what would turn the direction of other text, is left out.</summary>
    private static string Escaped(string text) => SecurityElement.Escape(new string([.. text.Where(letter => System.Xml.XmlConvert.IsXmlChar(letter) && letter is not ((>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')))]));
}
