using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>
/// Turns each column of free text into a fixed number of columns by a hash of its terms: no vocabulary is kept, and new words have a place too. Each row is
/// scaled to length 1; a missing text is 0 everywhere.
/// </summary>
public sealed record HashText : IStep
{
    public string Name => "hash_text";

    [Hyperparameter("How many columns a text becomes.", Min = 2, Max = 1_048_576)]
    public int Width { get; init; } = 64;

    [Hyperparameter("What a text is cut into.")]
    public TextUnit Unit { get; init; } = TextUnit.Words;

    [Hyperparameter("The fewest words or characters of a term.", Min = 1, Max = 10)]
    public int Shortest { get; init; } = 1;

    [Hyperparameter("The most words or characters of a term.", Min = 1, Max = 10)]
    public int Longest { get; init; } = 1;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        var terms = new TextTerms(Unit, Shortest, Longest);
        DataException.ThrowIfAny(terms.Problem is string problem ? [problem] : []);
        return new ColumnwiseStep<HashTextRule>(Name, [.. table.Features.Columns.Select(column => column is TextColumn
            ? new HashTextRule(column.Name, terms, [.. Enumerable.Range(0, Width).Select(k => FreeName.For($"{column.Name}#{k}", table.Features))])
            : new HashTextRule(column.Name))], []);
    }
}
