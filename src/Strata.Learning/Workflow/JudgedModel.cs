using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Metrics;
using Strata.Learning.Validation.Comparison;
using Strata.Learning.Validation.Errors;
using Strata.Learning.Validation.Leaks;

namespace Strata.Learning.Workflow;

/// <summary>A model that was made of other models, with the rows that test it.</summary>
internal sealed record JudgedModel(TrainingPlan Plan, IModel Model, PlannedTable Test, Predictions Predictions, int LearnedRows, string Split, IReadOnlyList<string> Notes, TimeSpan FitTime)
{
    /// <summary>The same as a training's outcome.</summary>
    public TrainingOutcome Outcome(FitContext context, bool withImportance)
    {
        TrainingTable tested = Test.Table;
        Evaluation evaluation = Test.Judge(Predictions, Model, Plan.Metrics);
        return new TrainingOutcome
        {
            Plan = Plan,
            Model = Model,
            Evaluation = evaluation with
            {
                Intervals = MetricIntervals.Of(Predictions, tested.Target, tested.Weights, tested.Groups, seed: Plan.Seed, further: Test.FurtherMetrics(Plan.Metrics), cancellation: context.Cancellation),
            },
            Importance = withImportance ? Training.Permutation(Model, tested, context) : [],
            WorstSlices = ErrorAnalysis.Of(tested.Features, Predictions, tested.Target).Slices,
            LeakAudit = new LeakAudit([]),
            Interactions = withImportance ? InteractionStrength.Of(Model, tested.Features, context with { Progress = null }) : null,
            Test = Test,
            TestPredictions = Predictions,
            TrainingRows = LearnedRows,
            Split = Split,
            Notes = Notes,
            FitTime = FitTime,
        };
    }

    /// <summary>How much a metric of one differs from another's on the same rows; null where that cannot be told.</summary>
    public static Difference? Against(Predictions one, Predictions other, Metric metric, TrainingTable tested)
    {
        try
        {
            return PairedBootstrap.Of(metric, one, other, tested.Target, tested.Weights, tested.Groups);
        }
        catch (DataException)
        {
            // Too few rows or classes for the bootstrap; the metrics themselves stand.
            return null;
        }
    }
}
