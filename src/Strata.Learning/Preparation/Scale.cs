using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>To which common scale number columns are brought.</summary>
public enum ScaleMethod
{
    /// <summary>Mean 0 and standard deviation 1.</summary>
    Standard,

    /// <summary>From 0 to 1.</summary>
    MinMax,

    /// <summary>Median 0 and quartiles one apart: outliers do not move it.</summary>
    Robust,

    /// <summary>Largest magnitude 1; zero stays zero.</summary>
    MaxAbs,
}

/// <summary>
/// Brings number columns to a common scale, by statistics of the training rows without their missing values, which stay missing. Booleans, categories and
/// text pass untouched; a constant column is only moved, not stretched.
/// </summary>
public sealed record Scale : IStep
{
    public string Name => "scale";

    [Hyperparameter("To which common scale number columns are brought.")]
    public ScaleMethod Method { get; init; } = ScaleMethod.Standard;

    [Hyperparameter("With min_max, whether later numbers beyond those of the training rows are moved to 0 or 1.")]
    public bool Clip { get; init; }

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        FiniteNumbers.Check(table.Features);
        var rules = new ScaleRule[table.Features.ColumnCount];
        Parallel.For(0, rules.Length, context.ParallelOptions, i => rules[i] = RuleFor(table.Features.Columns[i], table.Weights));
        return new ColumnwiseStep<ScaleRule>(Name, rules, []);
    }

    private ScaleRule RuleFor(Column column, double[]? weights)
    {
        if (!column.IsNumeric || column.Type == ColumnType.Boolean)
        {
            return new ScaleRule(column.Name);
        }

        WeightedNumbers numbers = WeightedNumbers.Of(column, weights);
        if (numbers.Count == 0)
        {
            return new ScaleRule(column.Name, 0, 1) { Clip = Clip && Method == ScaleMethod.MinMax };
        }

        (double center, double width) = Method switch
        {
            ScaleMethod.Standard => (numbers.Mean(), numbers.StandardDeviation()),
            ScaleMethod.MinMax => (numbers.Min(), numbers.Max() - numbers.Min()),
            ScaleMethod.Robust => (numbers.Median(), numbers.Quantile(0.75) - numbers.Quantile(0.25)),
            _ => (0, Math.Max(Math.Abs(numbers.Min()), Math.Abs(numbers.Max()))),
        };
        // The spread of a constant column is rounding of its mean, never to be stretched to one.
        bool constant = width <= 1e-14 * Math.Abs(center) || width < 1e-290;
        return new ScaleRule(column.Name, center, constant ? 1 : width) { Clip = Clip && Method == ScaleMethod.MinMax };
    }
}

/// <summary>A number column minus <see cref="Center"/>, divided by <see cref="Width"/>; both null where the column stays as it is.</summary>
public sealed record ScaleRule(string Column, double? Center = null, double? Width = null) : IColumnRule, IOnnxRule
{
    /// <summary>Whether what comes of it is held between 0 and 1.</summary>
    public bool Clip { get; init; }

    [JsonIgnore]
    public IReadOnlyList<string> Outputs => [Column];

    public IEnumerable<Column> Apply(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Center is not double center || Width is not double width)
        {
            return [column];
        }

        if (!column.IsNumeric)
        {
            throw new DataException($"Column '{column.Name}' is {column.Type}, but was of numbers when the step was fitted.");
        }

        if (column is SparseNumberColumn sparse)
        {
            return [sparse.Map(Scaled)];
        }

        var values = GC.AllocateUninitializedArray<double>(column.Count);
        column.CopyNumbers(values);
        Span<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan());
        foreach (ref Vector<double> vector in vectors)
        {
            vector = (vector - new Vector<double>(center)) / new Vector<double>(width);
            vector = Clip ? Vector.ConditionalSelect(Vector.LessThan(vector, Vector<double>.Zero), Vector<double>.Zero, Vector.ConditionalSelect(Vector.GreaterThan(vector, Vector<double>.One), Vector<double>.One, vector)) : vector;
        }

        foreach (ref double value in values.AsSpan(vectors.Length * Vector<double>.Count))
        {
            value = Scaled(value);
        }

        return [new Float64Column(column.Name, values)];

        double Scaled(double value)
        {
            double scaled = (value - center) / width;
            // A missing value is neither less nor more, and stays.
            return !Clip ? scaled : scaled < 0 ? 0 : scaled > 1 ? 1 : scaled;
        }
    }

    IEnumerable<OnnxValue> IOnnxRule.Export(Column column, OnnxValue numbers)
    {
        OnnxValue scaled = Center is double center && Width is double width ? (numbers - center) / width : numbers;
        return [Clip ? scaled.Within(0, 1) : scaled];
    }
}
