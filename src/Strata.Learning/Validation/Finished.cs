using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Learning.Validation.Calibration;
using Strata.Learning.Validation.Conformal;

namespace Strata.Learning.Validation;

/// <summary>A pipeline whose predictions are finished by what models of folds say about rows they had not seen: calibrated, decided by a tuned rule, with intervals or sets.</summary>
/// <param name="Pipeline">What predicts.</param>
public sealed record Finished(Pipeline Pipeline) : IRecipe<FinishedModel>
{
    private const double HeldBackShare = 0.25;
    private const int StepsPerFit = 1000;

    /// <summary>How probabilities are calibrated; null to leave them.</summary>
    public CalibrationMethod? Calibration { get; init; }

    /// <summary>The metric by which the threshold of two classes is tuned; null to call the most probable class.</summary>
    public string? DecisionMetric { get; init; }

    /// <summary>What calling a row of one class by another costs, [true class][called class]; null for none.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Costs { get; init; }

    /// <summary>The share of rows whose truth intervals or sets are to cover; null for none.</summary>
    public double? Level { get; init; }

    public RegionMethod RegionMethod { get; init; }

    /// <summary>How many folds the out-of-fold predictions come from.</summary>
    public int Folds { get; init; } = 5;

    public string Algorithm => Pipeline.Algorithm;

    public bool? LearnsNumbers => Pipeline.Learner.LearnsNumbers;

    /// <summary>Whether anything is asked for beyond the pipeline.</summary>
    public bool IsPlain => Calibration is null && DecisionMetric is null && Costs is null && Level is null;

    /// <summary>Whether the pipeline is fitted only once: folds are not asked, or its model was made on folds of its own.</summary>
    internal bool FitsOnce => !NeedsOutOfFold || Pipeline.Learner is IRecipe<ISelfJudged>;

    private bool NeedsOutOfFold => Calibration is not null || DecisionMetric is not null || Costs is not null || (Level is not null && RegionMethod == RegionMethod.CvPlus);

    private bool HoldsBack => Level is not null && RegionMethod != RegionMethod.CvPlus;

    public FinishedModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        table.RequireSomethingToLearn();
        Check(table.Target);
        RowSplit? held = HoldsBack ? RowSplits.HoldOut(table, HeldBackShare, context.Seed).Split : null;

        // Quantiles are calibrated on their own; the model itself then learns from every row.
        TrainingTable learned = held is null || RegionMethod == RegionMethod.Cqr ? table : table.Take(held.Train);
        int folds = FitsOnce ? 0 : Folds;
        FoldedFits? folded = folds > 0 ? FoldedFits.Of(Pipeline, learned, folds, context, StepsPerFit) : null;
        PipelineModel model = Pipeline.Fit(learned, folds == 0 || context.Progress is null ? context : context with { Progress = new PartOfProgress(context.Progress, folds * StepsPerFit, StepsPerFit, (folds + 1) * StepsPerFit, withMetrics: true) });

        UnseenAnswers? own = NeedsOutOfFold ? (model.Learner as ISelfJudged)?.Unseen : null;
        if (NeedsOutOfFold && folded is null && own?.TableRows != learned.RowCount)
        {
            // Steps of the preparation that make or drop rows leave no answer for each row.
            (folded, own) = (FoldedFits.Of(Pipeline, learned, Folds, Quiet(context) with { Began = null }, StepsPerFit), null);
        }

        var notes = new List<string>();
        Predictions? outOfFold = folded?.Predictions ?? own?.Together;
        TrainingTable tested = folded?.Tested ?? (own is null ? learned : learned.Take(own.Rows));
        Calibrator? calibrator = null;
        if (Calibration is CalibrationMethod method)
        {
            calibrator = Calibrator.Fit(method, outOfFold!, tested.Target, tested.Weights);
            Predictions before = outOfFold!;
            outOfFold = calibrator.Apply(before);
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"Probabilities are calibrated ({method.ToString().ToLowerInvariant()}) on {tested.RowCount} rows by models that had not seen them; their log loss went from {LogLoss(before, tested):0.0000} to {LogLoss(outOfFold, tested):0.0000}."));
        }

        DecisionRule? decision = outOfFold is null ? null : Decide(outOfFold, tested, notes);
        ConformalRegions? regions = Level is not double level ? null
            : own is null ? Regions(level, table, held, folded, model, context, notes)
            : OwnRegions(level, own.Together, tested.Target, notes);
        return new FinishedModel(model, calibrator, decision, regions, notes);
    }

    /// <summary>What is wrong with the settings, whatever the target is.</summary>
    /// <param name="decisionMetric">As <see cref="DecisionMetric"/>.</param>
    /// <param name="costs">As <see cref="Costs"/>.</param>
    /// <param name="level">As <see cref="Level"/>.</param>
    /// <param name="classCount">How many classes there are; null where that is not known yet.</param>
    internal static IEnumerable<string> ProblemsOf(string? decisionMetric, IReadOnlyList<IReadOnlyList<double>>? costs, double? level, int? classCount = null)
    {
        if (decisionMetric is not null && costs is not null)
        {
            yield return "A threshold is tuned by a metric or by costs; give one of them.";
        }

        if (costs is not null && !(costs.Count >= 2 && costs.Count == (classCount ?? costs.Count) && costs.All(line => line.Count == costs.Count && line.All(double.IsFinite))))
        {
            string expected = classCount is int classes ? $"{classes} lines of {classes} finite numbers" : "a line a class, each with a finite number a class";
            yield return $"Costs are {costs.Count} lines of {string.Join(", ", costs.Select(line => line.Count))} numbers; expected {expected}.";
        }

        if (level is double share && !(share is > 0 and < 1))
        {
            yield return $"The level of intervals is {share}; it takes a share between 0 and 1, such as 0.9.";
        }
    }

    private void Check(Target target)
    {
        var problems = new List<string>(ProblemsOf(DecisionMetric, Costs, Level, (target as ClassTarget)?.Classes.Count));
        bool isClasses = target.Task.IsClassification();
        if (!isClasses && (Calibration is not null || DecisionMetric is not null || Costs is not null))
        {
            problems.Add($"Calibration, thresholds and costs are for classes; '{target.Name}' is of {target.Task}.");
        }

        if (DecisionMetric is not null && isClasses)
        {
            _ = Metric.Named(DecisionMetric, target.Task);
        }

        if (Level is not null && !target.Task.HasTarget())
        {
            problems.Add("Intervals are of a target, and there is none.");
        }

        if (Level is not null && isClasses && RegionMethod == RegionMethod.Cqr)
        {
            problems.Add($"CQR makes intervals of numbers; '{target.Name}' has classes. Use cv_plus or split.");
        }

        if (Folds < 2)
        {
            problems.Add($"Folds is {Folds}; at least 2 are needed.");
        }

        DataException.ThrowIfAny(problems);
    }

    private DecisionRule? Decide(Predictions predictions, TrainingTable tested, List<string> notes)
    {
        DecisionRule? rule = Costs is not null ? DecisionTuning.ByCosts(Costs, predictions, (ClassTarget)tested.Target, tested.Weights)
            : DecisionMetric is not null ? DecisionTuning.ByMetric(Metric.Named(DecisionMetric), predictions, tested.Target, tested.Weights)
            : null;
        if (rule is not null)
        {
            string by = Costs is not null ? "the costs" : DecisionMetric!;
            notes.Add(rule.Threshold is double threshold
                ? string.Create(CultureInfo.InvariantCulture, $"'{predictions.Classes[1]}' is called from a probability of {threshold:0.000} on, the best by {by} on {tested.RowCount} rows that the models had not seen.")
                : "The class with the least expected cost is called.");
        }

        return rule;
    }

    private ConformalRegions Regions(double level, TrainingTable table, RowSplit? held, FoldedFits? folded, PipelineModel model, FitContext context, List<string> notes)
    {
        string what = WhatOf(table.Target);
        if (RegionMethod == RegionMethod.CvPlus)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{what} cover {100 * level:0.#}% by the errors of {folded!.Models.Count} models on {folded.Tested.RowCount} rows that they had not seen (CV+)."));
            return new ConformalRegions(level, [.. folded.Models], [.. folded.Models.Index().Select(fold => Errors(folded.PredictionsOf[fold.Index], folded.TargetOf[fold.Index]))], isQuantiles: false);
        }

        TrainingTable calibration = table.Take(held!.Test);
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"{what} cover {100 * level:0.#}% by the errors on {calibration.RowCount} rows held back from learning ({(RegionMethod == RegionMethod.Cqr ? "CQR" : "split")})."));
        if (RegionMethod == RegionMethod.Split)
        {
            return new ConformalRegions(level, [], [Errors(model.Predict(calibration.Features, context), calibration.Target)], isQuantiles: false);
        }

        PipelineModel[] ends = [.. new[] { (1 - level) / 2, (1 + level) / 2 }.Select(share => Quantile(share).Fit(table.Take(held.Train), Quiet(context)))];
        double[] lower = ends[0].Predict(calibration.Features, context).Values, upper = ends[1].Predict(calibration.Features, context).Values;
        double[] truth = ((NumberTarget)calibration.Target).Values;
        return new ConformalRegions(level, ends, [[new OrderedErrors(truth.Select((value, row) => Math.Max(lower[row] - value, value - upper[row])))]], isQuantiles: true);
    }

    /// <summary>Of a model that was made on folds of its own, by their errors.</summary>
    private static ConformalRegions OwnRegions(double level, Predictions unseen, Target truth, List<string> notes)
    {
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"{WhatOf(truth)} cover {100 * level:0.#}% by the errors of the model's folds on {truth.Count} rows that they had not seen."));
        return new ConformalRegions(level, [], [Errors(unseen, truth)], isQuantiles: false);
    }

    private static string WhatOf(Target target) => target.Task.IsClassification() ? "Sets" : "Intervals";

    private static Pipeline Quantile(double share) => DefaultPreparation.For(new GradientBoosting { Objective = BoostingObjective.Quantile, Quantile = share }, needsCompleteNumbers: false);

    private static FitContext Quiet(FitContext context) => context with { Watched = null, Validation = null, Checkpoints = null, Progress = null };

    /// <summary>For numbers the absolute errors; for each class how strange its rows were: 1 less the probability of it.</summary>
    private static OrderedErrors[] Errors(Predictions predictions, Target target) => target is ClassTarget classes
        ? [.. Enumerable.Range(0, classes.Classes.Count).Select(code => new OrderedErrors(Enumerable.Range(0, classes.Count).Where(row => classes.Codes[row] == code).Select(row => 1 - predictions.Probability(row, code))))]
        : [new OrderedErrors(((NumberTarget)target).Values.Select((value, row) => Math.Abs(value - predictions.Values[row])))];

    private static double LogLoss(Predictions predictions, TrainingTable tested) => Metric.Named("log_loss").Of(predictions, tested.Target, tested.Weights);
}
