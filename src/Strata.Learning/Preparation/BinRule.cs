using System.Globalization;
using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>The bin of a number: how many inner borders it reaches; without borders the column stays as it is.</summary>
/// <param name="Column">The column.</param>
/// <param name="Borders">Inner borders, rising; a value on one belongs to the bin above.</param>
/// <param name="AsCategories">Whether bins are categories.</param>
public sealed record BinRule(string Column, IReadOnlyList<double>? Borders = null, bool AsCategories = false) : IColumnRule, IOnnxRule
{
    [JsonIgnore]
    public IReadOnlyList<string> Outputs => [Column];

    public IEnumerable<Column> Apply(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Borders is null)
        {
            return [column];
        }

        double[] borders = [.. Borders];
        int[] bins = Array.ConvertAll(NumberBlock.Of(column), value => double.IsNaN(value) ? -1 : Reached(borders, value));
        return [AsCategories ? new CategoryColumn(Column, bins, LevelsOf(borders)) : new Float64Column(Column, Array.ConvertAll(bins, bin => bin < 0 ? double.NaN : bin))];
    }

    IEnumerable<OnnxValue> IOnnxRule.Export(Column column, OnnxValue numbers)
    {
        if (Borders is null)
        {
            return [numbers];
        }

        OnnxValue borders = numbers.Graph.Constant("borders", OnnxElement.Double, [1, Borders.Count], Borders);
        OnnxValue bins = Borders.Count == 0 ? numbers * 0.0 : numbers.To("GreaterOrEqual", OnnxElement.Bool, borders).As(OnnxElement.Double).Sum(1);
        return AsCategories
            ? [numbers.IsMissing().Choose(numbers.Same(-1), bins).As(OnnxElement.Int64)]
            : [numbers.IsMissing().Choose(numbers.Same(double.NaN), bins)];
    }

    private static int Reached(double[] borders, double value)
    {
        int at = Array.BinarySearch(borders, value);
        return at < 0 ? ~at : at + 1;
    }

    private static string[] LevelsOf(double[] borders)
    {
        string Text(int k) => borders[k].ToString("R", CultureInfo.InvariantCulture);
        return borders.Length == 0 ? ["all"] : [.. Enumerable.Range(0, borders.Length + 1).Select(k => k == 0 ? $"below {Text(0)}" : k == borders.Length ? $"from {Text(k - 1)}" : $"{Text(k - 1)} to {Text(k)}")];
    }
}
