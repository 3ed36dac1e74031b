using System.Globalization;
using System.Xml.Linq;
using Shouldly;
using Strata.Learning.Explanation;
using Strata.Learning.Metrics;
using Strata.Learning.Workflow.Plots;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Workflow;

public class PlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(25)]
    public void Every_picture_is_well_formed_named_and_told_for_those_who_do_not_see_it(int classes)
    {
        IReadOnlyDictionary<string, string> pictures = Plot.Of(Classes(classes), [new ColumnImportance("a & b <c>", 0.4, 0), new ColumnImportance("d", -0.01, 0)]);

        pictures.Keys.ShouldBe(["confusion", "roc", "precision_recall", "calibration", "importance"]);
        foreach (XElement picture in pictures.Values.Select(Read))
        {
            picture.Attribute("role")!.Value.ShouldBe("img");
            string[] ids = picture.Attribute("aria-labelledby")!.Value.Split(' ');
            picture.Element(Svg + "title")!.Attribute("id")!.Value.ShouldBe(ids[0]);
            picture.Element(Svg + "title")!.Value.ShouldNotBeNullOrWhiteSpace();
            picture.Element(Svg + "desc")!.Attribute("id")!.Value.ShouldBe(ids[1]);
            picture.Element(Svg + "desc")!.Value.Length.ShouldBeGreaterThan(20);
            picture.Element(Svg + "style")!.Value.ShouldContain("prefers-color-scheme:dark");
            picture.Descendants(Svg + "script").ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    public void Nothing_is_drawn_outside_the_picture(int classes)
    {
        Evaluation numbers = Numbers(), several = Classes(classes);
        string[] pictures = [.. Plot.Of(several, [new ColumnImportance("x", 2, 0)]).Values, Plot.Residuals(numbers), Plot.Curves("t", "x", "y", [new Series("a", [1, 2, 3], [4, double.NaN, -1e7])])];

        foreach (XElement picture in pictures.Select(Read))
        {
            double width = Number(picture, "width"), height = Number(picture, "height");
            foreach (XElement rectangle in picture.Elements(Svg + "rect"))
            {
                Number(rectangle, "x").ShouldBeGreaterThanOrEqualTo(0);
                (Number(rectangle, "x") + Number(rectangle, "width")).ShouldBeLessThanOrEqualTo(width);
                (Number(rectangle, "y") + Number(rectangle, "height")).ShouldBeLessThanOrEqualTo(height);
            }

            foreach (string point in picture.Elements(Svg + "polyline").SelectMany(line => line.Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            {
                double[] at = [.. point.Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
                at[0].ShouldBeInRange(0, width);
                at[1].ShouldBeInRange(0, height);
            }
        }
    }

    [Fact]
    public void The_cells_of_a_confusion_matrix_hold_its_counts()
    {
        Evaluation evaluation = Classes(3);

        string[] texts = [.. Read(Plot.Confusion(evaluation)).Elements(Svg + "text").Select(text => text.Value)];

        foreach (double count in evaluation.Confusion.SelectMany(row => row))
        {
            texts.ShouldContain(count.ToString(CultureInfo.InvariantCulture));
        }

        texts.ShouldContain("class 2");
    }

    [Fact]
    public void A_ROC_curve_goes_from_corner_to_corner()
    {
        XElement picture = Read(Plot.Roc(Classes(2)));

        string[] guide = Points(picture, "guide"), curve = Points(picture, "line");
        (curve[0], curve[^1]).ShouldBe((guide[0], guide[^1]));
        picture.Elements(Svg + "text").ShouldContain(text => text.Value.Contains("area 0.", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_residual_has_its_dot() =>
        Read(Plot.Residuals(Numbers())).Elements(Svg + "circle").Count().ShouldBe(200);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    [InlineData(-1e-9, 1e-9)]
    [InlineData(1e12, 1e12 + 3)]
    [InlineData(-3.7, 1234.5)]
    public void Marks_of_an_axis_are_few_round_and_hold_the_values(double low, double high)
    {
        string[] marks = [.. Read(Plot.Curves("t", "x", "y", [new Series("a", [0, 1], [low, high])])).Elements(Svg + "text").Where(text => text.Attribute("text-anchor")!.Value == "end").Select(text => text.Value)];

        marks.Length.ShouldBeInRange(2, 12);
        double[] numbers = [.. marks.Select(mark => double.Parse(mark, CultureInfo.InvariantCulture))];
        numbers.ShouldBeInOrder();
        numbers[0].ShouldBeLessThanOrEqualTo(low + Math.Abs(low) * 1e-2);
        numbers[^1].ShouldBeGreaterThanOrEqualTo(high - Math.Abs(high) * 1e-2);
    }

    [Fact]
    public void Names_that_XML_cannot_hold_do_no_harm() =>
        Read(Plot.Importance([new ColumnImportance("\0<script>alert('x')</script>\u001b", 1, 0)])).Elements(Svg + "text").ShouldContain(text => text.Value.StartsWith("<script>", StringComparison.Ordinal));

    private static string[] Points(XElement picture, string style) =>
        picture.Elements(Svg + "polyline").Single(line => line.Attribute("class")!.Value.Split(' ')[0] == style).Attribute("points")!.Value.Split(' ');

    private static XElement Read(string svg) => XDocument.Parse(svg).Root!;

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static Evaluation Classes(int classes)
    {
        const int rows = 400;
        var random = new RandomSource(4);
        int[] codes = [.. Enumerable.Range(0, rows).Select(row => row % classes)];
        var probabilities = new double[rows * classes];
        for (int row = 0; row < rows; row++)
        {
            double sum = 0;
            for (int code = 0; code < classes; code++)
            {
                sum += probabilities[row * classes + code] = random.NextDouble() + (code == codes[row] ? 0.8 : 0);
            }

            for (int code = 0; code < classes; code++)
            {
                probabilities[row * classes + code] /= sum;
            }
        }

        string[] names = [.. Enumerable.Range(0, classes).Select(code => $"class {code}")];
        return Evaluation.Of(Predictions.OfProbabilities(names, new double[rows * (classes == 2 ? 1 : classes)], probabilities), new ClassTarget("y", codes, names));
    }

    private static Evaluation Numbers()
    {
        var random = new RandomSource(4);
        double[] actual = [.. Enumerable.Range(0, 200).Select(_ => random.NextGaussian())];
        return Evaluation.Of(Predictions.OfNumbers([.. actual.Select(value => value + 0.3 * random.NextGaussian())]), new NumberTarget("y", actual));
    }
}
