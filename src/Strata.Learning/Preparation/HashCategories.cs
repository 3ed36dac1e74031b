using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>
/// Spreads each category over a fixed number of columns by a hash of its level (Weinberger and others 2009): no list of levels is kept, and unseen ones
/// have a place too. Two levels may share a place; a sign by another bit of the hash lets them cancel instead of add. Missing is 0 everywhere.
/// </summary>
public sealed record HashCategories : IStep
{
    public string Name => "hash_categories";

    [Hyperparameter("How many columns a category becomes.", Min = 2, Max = 10_000)]
    public int Width { get; init; } = 16;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new ColumnwiseStep<HashCategoryRule>(Name, [.. table.Features.Columns.Select(column => column is CategoryColumn
            ? new HashCategoryRule(column.Name, [.. Enumerable.Range(0, Width).Select(k => FreeName.For($"{column.Name}#{k}", table.Features))])
            : new HashCategoryRule(column.Name))], []);
    }
}
