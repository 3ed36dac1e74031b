using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Cohorts;

/// <summary>Rows that belong together, with what is true of them where that is known.</summary>
/// <param name="Name">What the rows have in common.</param>
/// <param name="Rows">Columns are found by name and brought to the model's types.</param>
/// <param name="Truth">One a row, of the model's classes; null where it is not known.</param>
public sealed record Cohort(string Name, Frame Rows, Target? Truth = null);

/// <summary>How two cohorts are compared.</summary>
public sealed record CohortOptions
{
    /// <summary>The class that fairness is about; null for class 1 of two, and for each of several.</summary>
    public string? PositiveClass { get; init; }

    /// <summary>So many rows of each cohort are explained, taken by chance when there are more; answers and fairness are of all rows.</summary>
    public int MostExplainedRows { get; init; } = 300;

    /// <summary>How contributions are worked out; null for the exact way where there is one, else by sampling.</summary>
    public ExplanationOptions? Explanation { get; init; }

    /// <summary>How often rows are drawn for the intervals.</summary>
    public int Draws { get; init; } = 200;

    /// <summary>The share of draws within an interval.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Threads, seed, cancellation.</summary>
    public FitContext Context { get; init; } = new();

    /// <exception cref="DataException">A setting is out of its range, or the cohorts have no rows or a truth of another kind.</exception>
    internal void Check(ModelSignature signature, params Cohort[] cohorts)
    {
        var problems = new List<string>();
        foreach (Cohort cohort in cohorts)
        {
            problems.AddRange(cohort.Rows.RowCount == 0 ? [$"Cohort '{cohort.Name}' has no rows."] : []);
            problems.AddRange(cohort.Truth is Target truth && truth.Count != cohort.Rows.RowCount ? [$"Cohort '{cohort.Name}' has {cohort.Rows.RowCount} rows but {truth.Count} true values."] : []);
            problems.AddRange(cohort.Truth is Target other && !(other.Task == signature.Task && other.Classes.SequenceEqual(signature.Classes)) ? [$"What is true of cohort '{cohort.Name}' is not of the kind, or not of the classes, that the model predicts."] : []);
        }

        problems.AddRange(PositiveClass is string positive && !signature.Classes.Contains(positive) ? [$"There is no class '{positive}'; there are {string.Join(", ", signature.Classes)}."] : []);
        problems.AddRange(Draws is < 20 or > 100_000 ? [$"Draws are {Draws}; expected 20 to 100000."] : []);
        problems.AddRange(Level is not (> 0 and < 1) ? [FormattableString.Invariant($"The level is {Level}; expected a number between 0 and 1.")] : []);
        problems.AddRange(MostExplainedRows < 1 ? [$"Explained rows are {MostExplainedRows}; expected at least 1."] : []);
        DataException.ThrowIfAny(problems);
    }
}
