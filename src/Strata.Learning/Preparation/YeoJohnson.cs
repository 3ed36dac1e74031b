using System.Numerics;
using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>
/// Bends each number column by the power that makes the training rows' numbers most nearly normal (Yeo and Johnson 2000, by maximum likelihood), then
/// brings it to mean 0 and standard deviation 1. Missing stays missing; booleans, categories and text pass untouched.
/// </summary>
public sealed record YeoJohnson : IStep
{
    public string Name => "yeo_johnson";

    [Hyperparameter("Whether the bent numbers are brought to mean 0 and standard deviation 1.")]
    public bool Standardize { get; init; } = true;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        FiniteNumbers.Check(table.Features);
        var rules = new YeoJohnsonRule[table.Features.ColumnCount];
        Parallel.For(0, rules.Length, context.ParallelOptions, i => rules[i] = RuleFor(table.Features.Columns[i], table.Weights, context.Cancellation));
        return new ColumnwiseStep<YeoJohnsonRule>(Name, rules, []);
    }

    private YeoJohnsonRule RuleFor(Column column, double[]? weights, CancellationToken cancellation)
    {
        if (!column.IsNumeric || column.Type == ColumnType.Boolean)
        {
            return new YeoJohnsonRule(column.Name);
        }

        WeightedNumbers numbers = WeightedNumbers.Of(column, weights);
        if (numbers.Count == 0 || numbers.Min() == numbers.Max())
        {
            return new YeoJohnsonRule(column.Name, 1, Standardize && numbers.Count > 0 ? numbers.Min() : 0, 1);
        }

        // Logarithms are taken once; every power tried is then an exponential of them.
        WeightedNumbers logs = numbers.Select(x => Math.CopySign(Math.Log(1 + Math.Abs(x)), x));
        double signedLogs = logs.Total(log => log);
        WeightedNumbers? tried = null;
        double Loss(double power)
        {
            cancellation.ThrowIfCancellationRequested();
            tried = logs.Select(log => YeoJohnsonRule.BentOfLogs(log, power), tried);
            double deviation = tried.StandardDeviation();
            return deviation > 0 && double.IsFinite(deviation) ? numbers.TotalWeight * Math.Log(deviation) - (power - 1) * signedLogs : double.PositiveInfinity;
        }

        double best = LineMinimum.Of(Loss, -2, 2);
        WeightedNumbers bent = numbers.Select(x => YeoJohnsonRule.Bent(x, best));
        return new YeoJohnsonRule(column.Name, best, Standardize ? bent.Mean() : 0, Standardize ? bent.StandardDeviation() : 1);
    }
}

/// <summary>A bent number minus <see cref="Center"/>, divided by <see cref="Width"/>; without a power the column stays as it is.</summary>
public sealed record YeoJohnsonRule(string Column, double? Power = null, double Center = 0, double Width = 1) : IColumnRule, IOnnxRule
{
    [JsonIgnore]
    public IReadOnlyList<string> Outputs => [Column];

    public IEnumerable<Column> Apply(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Power is double power
            ? [new Float64Column(Column, Array.ConvertAll(NumberBlock.Of(column), x => (Bent(x, power) - Center) / Width))]
            : [column];
    }

    IEnumerable<OnnxValue> IOnnxRule.Export(Column column, OnnxValue numbers)
    {
        if (Power is not double power)
        {
            return [numbers];
        }

        OnnxValue size = numbers.To("Abs") + 1, logs = size.To("Log");
        OnnxValue Curve(double bend) => Math.Abs(bend) < 1e-15 ? logs : (size.To("Pow", size.Same(bend)) - 1) / bend;
        return [(numbers.IsBelow(0).Choose(-Curve(2 - power), Curve(power)) - Center) / Width];
    }

    /// <summary>((x + 1)^p - 1) / p from 0 on, -((1 - x)^(2 - p) - 1) / (2 - p) below; logarithms where a denominator is 0.</summary>
    internal static double Bent(double x, double power) => x >= 0
        ? Math.Abs(power) < 1e-15 ? Math.Log(1 + x) : (Math.Pow(x + 1, power) - 1) / power
        : Math.Abs(power - 2) < 1e-15 ? -Math.Log(1 - x) : -(Math.Pow(1 - x, 2 - power) - 1) / (2 - power);

    /// <summary>The bent numbers of the signed logarithms of one plus their sizes.</summary>
    internal static Vector<double> BentOfLogs(Vector<double> logs, double power)
    {
        Vector<double> size = Vector.Abs(logs), isBelow = Vector.LessThan(logs, Vector<double>.Zero).As<long, double>();
        Vector<double> above = Bent(size, power), below = -Bent(size, 2 - power);
        return Vector.ConditionalSelect(isBelow, below, above);
    }

    /// <summary>(exp(bend x) - 1) / bend.</summary>
    private static Vector<double> Bent(Vector<double> logs, double bend) =>
        Math.Abs(bend) < 1e-15 ? logs : (Vector.Exp(logs * bend) - Vector<double>.One) / new Vector<double>(bend);
}
