using Strata.Learning.Data;
using Strata.Learning.Ensembles;

namespace Strata.Learning.Workflow;

/// <summary>
/// Finds out which algorithm suits the data, by cross-validation on the training rows only: the rows that <see cref="TrainingDashboard"/> will test on have no say in the choice.
/// </summary>
public sealed record ModelSelector(DataPreparation Data)
{
    /// <summary>Names in the catalog, with settings in brackets if need be; empty takes boosting, a forest and a line.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = [];

    public int Folds { get; init; } = 5;

    /// <summary>What they are ranked by; null for log loss or root mean squared error.</summary>
    public string? Metric { get; init; }

    /// <summary>How long the comparison may take; those that do not get done in time are not chosen.</summary>
    public TimeSpan? TimeLimit { get; init; }

    public ModelSelector Try(params IEnumerable<string> algorithms) => this with { Algorithms = [.. Algorithms, .. algorithms] };

    /// <summary>Compares the algorithms and chooses the best.</summary>
    /// <exception cref="DataException">Plan and table do not fit, or no algorithm got done.</exception>
    /// <exception cref="OperationCanceledException">The context's token was cancelled.</exception>
    public Selection Select(FitContext? context = null)
    {
        TrainingPlan plan = Data.Plan;
        PlannedTable planned = PlannedTable.Of(plan, Data.Table);
        bool classes = planned.Table.Target.Task.IsClassification();
        plan = plan with { Task = classes ? TargetKind.Classification : TargetKind.Regression };
        (RowSplit split, _) = RowSplits.HoldOut(planned.Table, plan.TestSize, plan.Seed);
        Frame training = Data.Table.Take([.. split.Train.Select(row => planned.RowNumbers[row])]);
        IReadOnlyList<string> algorithms = Algorithms.Count > 0 ? Algorithms : ["gradient_boosting", "random_forest", classes ? "logistic_regression" : "ridge"];
        var asked = new ComparisonPlan { Plan = plan, Algorithms = algorithms, Folds = Folds, Metric = Metric, TimeInAll = TimeLimit };
        AlgorithmComparison comparison = AlgorithmComparison.Run(asked, training, context ?? new FitContext());
        ComparedAlgorithm best = comparison.Best
            ?? throw new DataException($"No algorithm got done: {string.Join("; ", comparison.Algorithms.Select(one => $"{one.Name}: {one.Problem}"))}.");
        MemberText chosen = MemberText.ReadList(best.Name)[0];
        return new Selection(comparison, (Data with { Plan = plan }).Using(chosen.Algorithm, chosen.Hyperparameters));
    }
}

/// <summary>How the algorithms compared, and the data with the best of them, ready to be trained.</summary>
public sealed record Selection(AlgorithmComparison Comparison, DataPreparation Best);
