using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Which level of a category gets no column, so that the columns of one category do not always sum to one.</summary>
public enum OneHotDrop
{
    /// <summary>Every level has a column.</summary>
    None,

    /// <summary>The first level in ordinal order has none.</summary>
    First,

    /// <summary>The first level has none where there are two levels.</summary>
    IfBinary,
}

/// <summary>
/// Turns each category column into one boolean column a level, named <c>column=level</c>. Levels come from the training rows. Rare levels beyond
/// <see cref="MaxLevels"/> share one column, <c>column=(other)</c>, which levels that were not seen in training then use too; without it they, like missing
/// values, give false in every column.
/// </summary>
public sealed record OneHot : IStep
{
    public string Name => "one_hot";

    [Hyperparameter("Which level gets no column.")]
    public OneHotDrop Drop { get; init; } = OneHotDrop.None;

    [Hyperparameter("The most columns for one category; the rarest levels beyond share one.", Min = 2, Max = 100_000)]
    public int MaxLevels { get; init; } = 100;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        var notes = new List<string>();
        OneHotRule[] rules = [.. table.Features.Columns.Select(column => column is CategoryColumn category
            ? RuleFor(category, table, notes)
            : new OneHotRule(column.Name))];
        return new ColumnwiseStep<OneHotRule>(Name, rules, notes);
    }

    private OneHotRule RuleFor(CategoryColumn column, TrainingTable table, List<string> notes)
    {
        Dictionary<string, double> weightOf = LevelWeights.Of(column, table.Weights);
        string[] levels = [.. weightOf.Keys.Order(StringComparer.Ordinal)];
        string? other = null;
        if (levels.Length > MaxLevels)
        {
            var kept = levels.OrderByDescending(level => weightOf[level]).ThenBy(level => level, StringComparer.Ordinal).Take(MaxLevels - 1).ToHashSet(StringComparer.Ordinal);
            notes.Add($"Category '{column.Name}' has {levels.Length} levels; the {levels.Length - kept.Count} rarest share one column.");
            levels = [.. levels.Where(kept.Contains)];
            other = FreeName.For($"{column.Name}=(other)", table.Features);
        }

        bool dropsFirst = levels.Length > 0 && (Drop == OneHotDrop.First || (Drop == OneHotDrop.IfBinary && levels.Length == 2 && other is null));
        string?[] names = [.. levels.Select((level, i) => i == 0 && dropsFirst ? null : FreeName.For($"{column.Name}={level}", table.Features))];
        return new OneHotRule(column.Name, levels, names, other);
    }
}
