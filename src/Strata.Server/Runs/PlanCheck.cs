using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Platform.Datasets;
using Workflow = Strata.Learning.Workflow;

namespace Strata.Server.Runs;

/// <summary>Looks for what a training would fail on, before a job is made: the person who asks is still there.</summary>
internal static class PlanCheck
{
    /// <param name="plan">The plan.</param>
    /// <param name="hasPreset">Whether a preset makes classes of the target's labels.</param>
    /// <param name="dataset">What it learns from.</param>
    /// <param name="profile">Of the dataset.</param>
    /// <returns>Why the plan does not fit the dataset; empty where it does.</returns>
    public static IReadOnlyList<string> Problems(TrainingPlan plan, bool hasPreset, Dataset dataset, TableProfileView profile)
    {
        var problems = new List<string>();
        Collect(problems, () => _ = Learning.Catalog.Algorithms.Named(plan.Algorithm).Recipe(plan.Hyperparameters));
        CollectOfTable(problems, plan, hasPreset, dataset, profile);
        return problems;
    }

    /// <inheritdoc cref="Problems(TrainingPlan, bool, Dataset, TableProfileView)"/>
    public static IReadOnlyList<string> Problems(ComparisonPlan plan, bool hasPreset, Dataset dataset, TableProfileView profile)
    {
        var problems = new List<string>();
        Collect(problems, () => plan.Check());
        CollectOfTable(problems, plan.Plan, hasPreset, dataset, profile);
        return problems;
    }

    private static void CollectOfTable(List<string> problems, TrainingPlan plan, bool hasPreset, Dataset dataset, TableProfileView profile)
    {
        Collect(problems, () => _ = Learning.Catalog.PreparationSteps.Of(plan.Preparation ?? []));
        Collect(problems, () => PlannedTable.Check(plan, new Frame(dataset.Columns.Select(column => new TextColumn(column.Name, [])))));
        foreach (string metric in plan.Metrics.Append(plan.DecisionMetric).OfType<string>())
        {
            Collect(problems, () => _ = Learning.Metrics.Metric.Named(metric));
        }

        if (plan.Threads is < 1 or > 1024)
        {
            problems.Add($"'plan.threads' is {plan.Threads}; it takes 1 to 1024.");
        }

        bool isPredicted = Learning.Catalog.Algorithms.NeedsTarget(plan.Algorithm);
        if (isPredicted && profile.Columns.FirstOrDefault(column => column.Name == plan.Target) is { } target)
        {
            problems.AddRange(ProblemsOf(target, plan, hasPreset, dataset.RowCount));
        }
    }

    private static IEnumerable<string> ProblemsOf(ColumnProfileView target, TrainingPlan plan, bool hasPreset, int rowCount)
    {
        if (target.Missing == rowCount)
        {
            yield return $"Target '{target.Name}' has no value in any of its {rowCount} rows; choose another target or add labels.";
        }
        else if (target.Distinct == 1 && !hasPreset && plan.Task != Workflow.TargetKind.Regression)
        {
            string only = target.TopLevels is [LevelCountView level, ..] ? $" ('{level.Level}')" : string.Empty;
            yield return $"Target '{target.Name}' has the same value{only} in all of its rows: there is nothing to tell apart. Choose another target, or add rows of another class.";
        }
    }

    private static void Collect(List<string> problems, Action check)
    {
        try
        {
            check();
        }
        catch (DataException e)
        {
            problems.AddRange(e.Problems);
        }
    }
}
