using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Adds a column that an arithmetic formula makes of number columns: <c>depth / noise</c>, <c>log(period)</c>, <c>min(a, b) ^ 2</c>.</summary>
public sealed record Derive : IStep
{
    public string Name => "derive";

    [Hyperparameter("Name of the new column.")]
    public string Column { get; init; } = "derived";

    [Hyperparameter("What it is: numbers, column names (others than letters, digits and underscores in [square brackets]), + - * / ^, parentheses, log exp sqrt abs min max.")]
    public string Formula { get; init; } = string.Empty;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        Formula formula = Preparation.Formula.Parse(Formula);
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(Column) || table.Features.Contains(Column))
        {
            problems.Add(string.IsNullOrWhiteSpace(Column) ? "The derived column has no name." : $"A column '{Column}' is there already; give the derived one another name.");
        }

        if (formula.Columns.Count == 0)
        {
            problems.Add($"Formula '{Formula}' names no column, so that every row would have the same value.");
        }

        DataException.ThrowIfAny(problems);
        var derived = new DerivedColumn(Column, Formula);
        int missing = derived.Of(table.Features).MissingCount;
        string note = $"'{Column}' = {Formula} has no value in {missing} of {table.RowCount} training rows.";
        return new DerivedColumnsStep(Name, [.. table.Features.Names], [derived], missing == 0 ? [] : [note]);
    }
}
