using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Where the borders of bins lie.</summary>
public enum BinBorders
{
    /// <summary>Equally far apart.</summary>
    Uniform,

    /// <summary>So that bins hold equally many training rows.</summary>
    Quantile,

    /// <summary>Half way between centers that the training rows lie near (k-means).</summary>
    KMeans,
}

/// <summary>
/// Replaces each number column by the bin it falls in, as a number from 0 or as a category. Values beyond the training rows' go to the first or last bin;
/// missing stays missing; booleans, categories and text pass untouched.
/// </summary>
public sealed record Bin : IStep
{
    public string Name => "bin";

    [Hyperparameter("How many bins a column has at the most.", Min = 2, Max = 1000)]
    public int Bins { get; init; } = 5;

    [Hyperparameter("Where their borders lie.")]
    public BinBorders Borders { get; init; } = BinBorders.Quantile;

    [Hyperparameter("Whether bins are categories, such as for one_hot to follow, instead of numbers.")]
    public bool AsCategories { get; init; }

    [Hyperparameter("The number columns; none means all.")]
    public IReadOnlyList<string> Columns { get; init; } = [];

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        FiniteNumbers.Check(table.Features);
        var chosen = NumberBlock.Chosen(table.Features, Columns).ToHashSet(StringComparer.Ordinal);
        var rules = new BinRule[table.Features.ColumnCount];
        Parallel.For(0, rules.Length, context.ParallelOptions, i =>
        {
            Column column = table.Features.Columns[i];
            rules[i] = chosen.Contains(column.Name) ? new BinRule(column.Name, BordersOf(WeightedNumbers.Of(column, table.Weights)), AsCategories) : new BinRule(column.Name);
        });
        return new ColumnwiseStep<BinRule>(Name, rules, []);
    }

    /// <summary>The inner borders, rising, no two the same.</summary>
    private double[] BordersOf(WeightedNumbers numbers)
    {
        if (numbers.Count == 0 || numbers.Min() == numbers.Max())
        {
            return [];
        }

        double low = numbers.Min(), high = numbers.Max();
        double[] borders = Borders switch
        {
            BinBorders.Uniform => [.. Enumerable.Range(1, Bins - 1).Select(k => low + k * (high - low) / Bins)],
            BinBorders.Quantile => numbers.Quantiles(Bins + 1)[1..^1],
            _ => numbers.CenterBorders(Bins),
        };
        return [.. borders.Where(border => border > low && border < high).Distinct().Order()];
    }
}
