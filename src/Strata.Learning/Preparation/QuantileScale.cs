using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>How numbers are spread that are brought to a distribution.</summary>
public enum SpreadShape
{
    /// <summary>Evenly from 0 to 1.</summary>
    Uniform,

    /// <summary>As a standard normal number.</summary>
    Normal,
}

/// <summary>
/// Replaces each number by its place among the training rows' numbers, from 0 to 1 or as the normal number of that place: outliers and skew are gone, order
/// stays. Missing stays missing; booleans, categories and text pass untouched.
/// </summary>
public sealed record QuantileScale : IStep
{
    public string Name => "quantile_scale";

    [Hyperparameter("How the numbers are spread afterwards.")]
    public SpreadShape Shape { get; init; } = SpreadShape.Uniform;

    [Hyperparameter("How many quantiles are learned; never more than there are rows.", Min = 2, Max = 10_000)]
    public int Quantiles { get; init; } = 1000;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        FiniteNumbers.Check(table.Features);
        var rules = new QuantileScaleRule[table.Features.ColumnCount];
        Parallel.For(0, rules.Length, context.ParallelOptions, i => rules[i] = RuleFor(table.Features.Columns[i], table.Weights, table.Weights?.Sum() ?? table.RowCount));
        return new ColumnwiseStep<QuantileScaleRule>(Name, rules, []);
    }

    private QuantileScaleRule RuleFor(Column column, double[]? weights, double rowWeight)
    {
        if (!column.IsNumeric || column.Type == ColumnType.Boolean)
        {
            return new QuantileScaleRule(column.Name);
        }

        WeightedNumbers numbers = WeightedNumbers.Of(column, weights);
        return numbers.Count == 0
            ? new QuantileScaleRule(column.Name, [0], Shape)
            : new QuantileScaleRule(column.Name, numbers.Quantiles(Math.Max(2, Math.Min(Quantiles, (int)Math.Min(int.MaxValue, rowWeight)))), Shape);
    }
}

/// <summary>A number's place among learned quantiles, by straight lines between them; without quantiles the column stays as it is.</summary>
/// <param name="Column">The column.</param>
/// <param name="Quantiles">Rising, of equally spaced parts from 0 to 1.</param>
/// <param name="Shape">How the places are spread.</param>
public sealed record QuantileScaleRule(string Column, IReadOnlyList<double>? Quantiles = null, SpreadShape Shape = SpreadShape.Uniform) : IColumnRule, IOnnxRule
{
    /// <summary>Normal numbers end at the places this near to 0 and 1, as scikit-learn's do.</summary>
    private const double NearestToEnd = 1e-7;

    public IReadOnlyList<double>? Quantiles { get; } = Quantiles is { Count: 0 } ? throw new ModelFileException($"Column '{Column}' has a list of quantiles without any.") : Quantiles;

    [JsonIgnore]
    public IReadOnlyList<string> Outputs => [Column];

    public IEnumerable<Column> Apply(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Quantiles is null)
        {
            return [column];
        }

        double[] learned = [.. Quantiles], values = [.. NumberBlock.Of(column)];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = double.IsNaN(values[row]) ? double.NaN : Shape == SpreadShape.Uniform ? Place(learned, values[row]) : Normal(Place(learned, values[row]));
        }

        return [new Float64Column(Column, values)];
    }

    IEnumerable<OnnxValue> IOnnxRule.Export(Column column, OnnxValue numbers)
    {
        if (Quantiles is null)
        {
            return [numbers];
        }

        if (Shape == SpreadShape.Normal)
        {
            throw new DataException($"Preparation step 'quantile_scale' has no ONNX form for column '{Column}' with normal numbers: ONNX has no quantile function of the normal distribution. With the uniform shape it has.");
        }

        // The place is the mean of those of the quantiles below and of the quantiles up to the value, moved on along the line between the two around it.
        double[] learned = [.. Quantiles];
        OnnxValue row = numbers.Graph.Constant("quantiles", OnnxElement.Double, [1, learned.Length], learned);
        OnnxValue upTo = row.To("LessOrEqual", OnnxElement.Bool, numbers).As(OnnxElement.Double).Sum(1), below = row.To("Less", OnnxElement.Bool, numbers).As(OnnxElement.Double).Sum(1);
        OnnxValue last = (upTo - 1).Within(0, learned.Length - 1).As(OnnxElement.Int64), next = upTo.Within(0, learned.Length - 1).As(OnnxElement.Int64);
        OnnxValue table = numbers.Graph.Constant("quantiles", OnnxElement.Double, [learned.Length], learned), from = table.Gather(last), width = table.Gather(next) - from;
        OnnxValue between = upTo - 1 + (numbers - from) / width.IsAbove(0).Choose(width, width.Same(1));
        OnnxValue place = upTo.To("Equal", OnnxElement.Bool, below).Choose(between, (upTo + below - 1) * 0.5) / Math.Max(1, learned.Length - 1);
        place = numbers.To("LessOrEqual", OnnxElement.Bool, numbers.Same(learned[0])).Choose(numbers.Same(0), numbers.To("GreaterOrEqual", OnnxElement.Bool, numbers.Same(learned[^1])).Choose(numbers.Same(1), place));
        return [numbers.IsMissing().Choose(numbers.Same(double.NaN), place)];
    }

    private static double Normal(double place) => NormalDistribution.Quantile(Math.Clamp(place, NearestToEnd, 1 - NearestToEnd));

    /// <summary>In the middle of the places of equal quantiles.</summary>
    private static double Place(double[] quantiles, double value)
    {
        if (value <= quantiles[0])
        {
            return 0;
        }

        if (value >= quantiles[^1])
        {
            return 1;
        }

        int above = FirstAbove(quantiles, value), last = above - 1, first = last;
        if (quantiles[last] != value)
        {
            return (last + (value - quantiles[last]) / (quantiles[above] - quantiles[last])) / (quantiles.Length - 1);
        }

        while (first > 0 && quantiles[first - 1] == value)
        {
            first--;
        }

        return (first + last) * 0.5 / (quantiles.Length - 1);
    }

    private static int FirstAbove(double[] quantiles, double value)
    {
        int low = 0, high = quantiles.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (quantiles[middle] > value)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
