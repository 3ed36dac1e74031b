using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>What stands in for a missing number.</summary>
public enum NumberFill
{
    /// <summary>The weighted mean of the training rows.</summary>
    Mean,

    /// <summary>The weighted median of the training rows.</summary>
    Median,

    /// <summary>The most frequent number of the training rows, the smallest of equals.</summary>
    MostFrequent,

    /// <summary>A given number.</summary>
    Constant,
}

/// <summary>What stands in for a missing category.</summary>
public enum CategoryFill
{
    /// <summary>The most frequent level of the training rows, the first of equals in ordinal order.</summary>
    MostFrequent,

    /// <summary>A level of its own.</summary>
    Constant,
}

/// <summary>
/// Fills missing values with what the training rows say. Numbers become Float64; booleans stay booleans and take their most frequent value unless a
/// constant is asked for; a column without any value in the training rows is left out, with a note. Free text passes untouched.
/// </summary>
public sealed record Impute : IStep
{
    public string Name => "impute";

    [Hyperparameter("What stands in for a missing number.")]
    public NumberFill Numbers { get; init; } = NumberFill.Median;

    [Hyperparameter("The number that stands in where numbers are filled with a constant.", Advanced = true)]
    public double ConstantNumber { get; init; }

    [Hyperparameter("What stands in for a missing category.")]
    public CategoryFill Categories { get; init; } = CategoryFill.Constant;

    [Hyperparameter("The level that stands in where categories are filled with a constant.", Advanced = true)]
    public string ConstantLevel { get; init; } = "missing";

    [Hyperparameter("Whether a column 'x was missing' is added for each number or boolean column with missing values in the training rows.")]
    public bool Indicators { get; init; } = true;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        FiniteNumbers.Check(table.Features);
        var rules = new ImputeRule?[table.Features.ColumnCount];
        Parallel.For(0, rules.Length, context.ParallelOptions, i => rules[i] = RuleFor(table.Features.Columns[i], table));
        string[] empty = [.. table.Features.Columns.Where((_, i) => rules[i] is null).Select(column => column.Name)];
        return new ColumnwiseStep<ImputeRule>(Name, [.. rules.OfType<ImputeRule>()], empty.Length == 0 ? [] : [EmptyColumns(empty)]);
    }

    internal static string EmptyColumns(string[] names) =>
        $"{names.Length} column{(names.Length == 1 ? " has" : "s have")} no value in any training row and {(names.Length == 1 ? "is" : "are")} left out: {NearNames.List(names, 12)}.";

    private ImputeRule? RuleFor(Column column, TrainingTable table)
    {
        string? indicator = Indicators && column.IsNumeric && column.MissingCount > 0 ? FreeName.For($"{column.Name} was missing", table.Features) : null;
        if (column is CategoryColumn category)
        {
            string? level = Categories == CategoryFill.Constant ? ConstantLevel : MostFrequentLevel(category, table.Weights);
            return level is null ? null : new ImputeRule(column.Name, Level: level);
        }

        if (!column.IsNumeric)
        {
            return new ImputeRule(column.Name);
        }

        WeightedNumbers present = WeightedNumbers.Of(column, table.Weights);
        NumberFill fill = column.Type == ColumnType.Boolean && Numbers != NumberFill.Constant ? NumberFill.MostFrequent : Numbers;
        double? number = fill switch
        {
            NumberFill.Constant => ConstantNumber,
            _ when present.Count == 0 => null,
            NumberFill.Mean => present.Mean(),
            NumberFill.Median => present.Median(),
            _ => present.MostFrequent(),
        };
        return number is null ? null : new ImputeRule(column.Name, number, Indicator: indicator);
    }

    private static string? MostFrequentLevel(CategoryColumn column, double[]? weights) => LevelWeights.Of(column, weights)
        .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key).FirstOrDefault();
}
