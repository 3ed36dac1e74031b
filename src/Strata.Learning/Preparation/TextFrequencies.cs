using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>
/// Turns each column of free text into one number column a term: how often the term stands in the row's text, times how rare it is among the training rows
/// (TF-IDF), each row scaled to length 1. Terms that the training rows do not have are left aside; a missing text is 0 everywhere.
/// </summary>
public sealed record TextFrequencies : IStep
{
    public string Name => "text_tfidf";

    [Hyperparameter("What a text is cut into.")]
    public TextUnit Unit { get; init; } = TextUnit.Words;

    [Hyperparameter("The fewest words or characters of a term.", Min = 1, Max = 10)]
    public int Shortest { get; init; } = 1;

    [Hyperparameter("The most words or characters of a term.", Min = 1, Max = 10)]
    public int Longest { get; init; } = 1;

    [Hyperparameter("The most terms, the most frequent ones.", Min = 1, Max = 200_000)]
    public int MaxTerms { get; init; } = 200;

    [Hyperparameter("In how many training rows a term must stand.", Min = 1, Max = 1_000_000)]
    public int MinRows { get; init; } = 1;

    [Hyperparameter("Whether a term's count n is taken as 1 + log n.", Advanced = true)]
    public bool Sublinear { get; init; }

    [Hyperparameter("Whether each row is scaled to length 1.", Advanced = true)]
    public bool Normalize { get; init; } = true;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        var terms = new TextTerms(Unit, Shortest, Longest);
        DataException.ThrowIfAny(terms.Problem is string problem ? [problem] : []);
        var notes = new List<string>();
        TextFrequencyRule[] rules = [.. table.Features.Columns.Select(column => column is TextColumn text ? RuleFor(text, terms, table, notes, context.Cancellation) : new TextFrequencyRule(column.Name))];
        return new ColumnwiseStep<TextFrequencyRule>(Name, rules, notes);
    }

    private TextFrequencyRule RuleFor(TextColumn column, TextTerms terms, TrainingTable table, List<string> notes, CancellationToken cancellation)
    {
        var seen = new Dictionary<string, (double Rows, double Count)>(StringComparer.Ordinal);
        double rowWeight = 0;
        for (int row = 0; row < column.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            double weight = table.Weights?[row] ?? 1;
            rowWeight += weight;
            if (weight > 0)
            {
                foreach ((string term, int count) in terms.Count(column.Values[row]))
                {
                    (double rows, double total) = seen.GetValueOrDefault(term);
                    seen[term] = (rows + weight, total + weight * count);
                }
            }
        }

        string[] frequent = [.. seen.Where(pair => pair.Value.Rows >= MinRows).OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MaxTerms).Select(pair => pair.Key).Order(StringComparer.Ordinal)];
        if (frequent.Length < seen.Count)
        {
            notes.Add($"Text '{column.Name}' has {seen.Count} terms; {frequent.Length} of them are used.");
        }

        return new TextFrequencyRule(
            column.Name, terms, frequent, [.. frequent.Select(term => Math.Log((1 + rowWeight) / (1 + seen[term].Rows)) + 1)], [.. frequent.Select(term => FreeName.For($"{column.Name}: {term}", table.Features))], Sublinear, Normalize);
    }
}
