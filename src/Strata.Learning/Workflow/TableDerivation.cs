using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Workflow;

/// <summary>
/// A table made from another by preparation steps that look at all its rows, as somebody does who cleans a table before anything else. What each step did is
/// told, so that a training can go back to the first table and fit the same steps on its training rows only.
/// </summary>
/// <param name="Table">What came of it.</param>
/// <param name="Rows">For each of its rows, the 0-based row of the first table.</param>
/// <param name="Steps">What each step did, in order; those with nothing to do are left out.</param>
public sealed record TableDerivation(Frame Table, int[] Rows, IReadOnlyList<DerivedStep> Steps)
{
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["balance"] = "it repeats, makes up or leaves out rows for training alone",
        ["target_encode"] = "it tells rows of the target of others, for training alone",
    };

    private static readonly HashSet<string> OfEachRowAlone = new(StringComparer.Ordinal)
    {
        "drop_columns", "select_columns", "drop_text", "drop_incomplete", "mark_missing", "hash_categories", "hash_text", "date_parts", "fold_series", "fold_image", "series_features", "derive", "ratios",
    };

    private static readonly HashSet<string> OfTheTarget = new(StringComparer.Ordinal) { "select_best", "select_by_model" };

    /// <summary>Whether a step learns from the rows that it is fitted on, so that test rows must not be among them.</summary>
    public static bool LearnsFromRows(string step) => !OfEachRowAlone.Contains(step);

    /// <summary>Whether a step looks at the column that is to be predicted.</summary>
    public static bool LooksAtTarget(string step) => OfTheTarget.Contains(step);

    /// <exception cref="DataException">A step is unknown, has wrong settings, or is for training alone; all problems at once.</exception>
    public static void Check(IReadOnlyList<StepPlan> steps, string? target)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var problems = new List<string>();
        try
        {
            _ = PreparationSteps.Of(steps);
        }
        catch (DataException e)
        {
            problems.AddRange(e.Problems);
        }

        problems.AddRange(steps.Where(step => Refused.ContainsKey(step.Step)).Select(step => $"Step '{step.Step}' cannot make a dataset: {Refused[step.Step]}. Name it in a training's preparation."));
        problems.AddRange(target is null ? steps.Where(step => LooksAtTarget(step.Step)).Select(step => $"Step '{step.Step}' looks at the column to predict: name the target.") : []);
        DataException.ThrowIfAny(problems);
    }

    /// <summary>Carries steps out on all rows. The target is no column of theirs and stays as it is; steps that look at it learn from the rows that have one.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="steps">In order.</param>
    /// <param name="target">The column that is to be predicted some day; null for none.</param>
    /// <param name="context">Seed, threads and cancellation.</param>
    /// <exception cref="DataException">Steps and table do not fit.</exception>
    public static TableDerivation Of(Frame table, IReadOnlyList<StepPlan> steps, string? target, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        Check(steps, target);
        var made = new TableInTheMaking(table, target, context);
        foreach ((StepPlan plan, IStep step) in steps.Zip(PreparationSteps.Of(steps)))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            made.Take(plan, step);
        }

        return new TableDerivation(made.Table, made.Rows, made.Steps);
    }
}
