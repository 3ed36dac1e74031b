using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>What lies too far out.</summary>
public enum OutlierRule
{
    /// <summary>Further than so many interquartile ranges below the first or above the third quartile (Tukey 1977).</summary>
    InterquartileRange,

    /// <summary>Further than so many standard deviations from the mean.</summary>
    ZScore,
}

/// <summary>What is done with what lies too far out.</summary>
public enum OutlierAction
{
    /// <summary>Values are moved to the bound, in training rows and in rows to predict alike.</summary>
    Clip,

    /// <summary>Training rows with such a value are left out; rows to predict are never left out.</summary>
    Drop,
}

/// <summary>
/// Bounds number columns by what the training rows hold: values beyond are moved to the bound, or the training rows that have any are left out. Missing is no
/// outlier; booleans, categories and text have none.
/// </summary>
public sealed record Outliers : IStep
{
    public string Name => "outliers";

    [Hyperparameter("What lies too far out.")]
    public OutlierRule Rule { get; init; } = OutlierRule.InterquartileRange;

    [Hyperparameter("How many interquartile ranges or standard deviations; empty takes 1.5 of the first and 3 of the second.", Min = 0.01, Max = 1000)]
    public double? Factor { get; init; }

    [Hyperparameter("What is done with it.")]
    public OutlierAction Action { get; init; } = OutlierAction.Clip;

    [Hyperparameter("The number columns; none means all.")]
    public IReadOnlyList<string> Columns { get; init; } = [];

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        return new ColumnwiseStep<ClipRule>(Name, Action == OutlierAction.Clip ? Bounds(table, context) : [.. table.Features.Names.Select(name => new ClipRule(name))], []);
    }

    public (IFittedStep Fitted, TrainingTable Prepared) FitTransform(TrainingTable table, FitContext context)
    {
        if (Action == OutlierAction.Clip)
        {
            IFittedStep fitted = Fit(table, context);
            return (fitted, table.WithFeatures(fitted.Apply(table.Features, context)));
        }

        var within = new bool[table.RowCount];
        Array.Fill(within, true);
        foreach (ClipRule rule in Bounds(table, context).Where(rule => rule.Least is not null))
        {
            double[] values = NumberBlock.Of(table.Features[rule.Column]);
            for (int row = 0; row < values.Length; row++)
            {
                within[row] &= !(values[row] < rule.Least || values[row] > rule.Most);
            }
        }

        (TrainingTable kept, IReadOnlyList<string> notes) = RowsKept.Of(Name, table, within);
        return (new ColumnwiseStep<ClipRule>(Name, [.. table.Features.Names.Select(name => new ClipRule(name))], notes), kept);
    }

    /// <summary>How many values of each column lie too far out; columns without any are left out.</summary>
    internal IReadOnlyDictionary<string, int> Count(TrainingTable table, FitContext context) => Bounds(table, context)
        .Where(rule => rule.Least is not null)
        .Select(rule => (rule.Column, Count: NumberBlock.Of(table.Features[rule.Column]).Count(value => value < rule.Least || value > rule.Most)))
        .Where(column => column.Count > 0)
        .ToDictionary(column => column.Column, column => column.Count, StringComparer.Ordinal);

    private ClipRule[] Bounds(TrainingTable table, FitContext context)
    {
        FiniteNumbers.Check(table.Features);
        var chosen = NumberBlock.Chosen(table.Features, Columns).ToHashSet(StringComparer.Ordinal);
        var rules = new ClipRule[table.Features.ColumnCount];
        Parallel.For(0, rules.Length, context.ParallelOptions, i =>
        {
            Column column = table.Features.Columns[i];
            rules[i] = chosen.Contains(column.Name) ? BoundsOf(column, table.Weights) : new ClipRule(column.Name);
        });
        return rules;
    }

    private ClipRule BoundsOf(Column column, double[]? weights)
    {
        WeightedNumbers numbers = WeightedNumbers.Of(column, weights);
        if (numbers.Count == 0)
        {
            return new ClipRule(column.Name, double.NegativeInfinity, double.PositiveInfinity);
        }

        (double low, double high, double width) = Rule == OutlierRule.InterquartileRange
            ? (numbers.Quantile(0.25), numbers.Quantile(0.75), numbers.Quantile(0.75) - numbers.Quantile(0.25))
            : (numbers.Mean(), numbers.Mean(), numbers.StandardDeviation());
        double reach = width * (Factor ?? (Rule == OutlierRule.InterquartileRange ? 1.5 : 3));
        return new ClipRule(column.Name, low - reach, high + reach);
    }
}
