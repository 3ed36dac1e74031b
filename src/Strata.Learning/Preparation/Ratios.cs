using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Adds <c>a / b</c> for every two of the number columns, the earlier over the later; missing where <c>b</c> is 0.</summary>
public sealed record Ratios : IStep
{
    public string Name => "ratios";

    [Hyperparameter("The number columns to divide; none means all.")]
    public IReadOnlyList<string> Columns { get; init; } = [];

    [Hyperparameter("Whether the later over the earlier is added too.")]
    public bool BothWays { get; init; }

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        FiniteNumbers.Check(table.Features);
        string[] columns = NumberBlock.Chosen(table.Features, Columns);
        if ((long)columns.Length * (columns.Length - 1) / (BothWays ? 1 : 2) > Polynomial.MostNewColumns)
        {
            throw new DataException($"Ratios of every two of {columns.Length} columns are more than {Polynomial.MostNewColumns} new columns; name fewer columns.");
        }

        DerivedColumn[] derived =
        [
            .. from i in Enumerable.Range(0, columns.Length)
               from j in Enumerable.Range(0, columns.Length)
               where i < j || (BothWays && i != j)
               select new DerivedColumn(FreeName.For($"{columns[i]} / {columns[j]}", table.Features), $"{Formula.Quote(columns[i])} / {Formula.Quote(columns[j])}"),
        ];
        return new DerivedColumnsStep(Name, [.. table.Features.Names], derived, []);
    }
}
