using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Learning.Search;
using Strata.Learning.Search.Analysis;

namespace Strata.Learning.Workflow;

/// <summary>How a search stands after a trial.</summary>
/// <param name="Trial">The trial that has just ended.</param>
/// <param name="Values">Its hyperparameters.</param>
/// <param name="Best">The best completed trial so far; null for none.</param>
/// <param name="Ended">How many trials have been completed, pruned or failed, those of earlier sittings counted.</param>
/// <param name="Most">How many there will be at the most; null for no limit.</param>
public sealed record TuningProgress(Trial Trial, IReadOnlyDictionary<string, JsonNode?> Values, Trial? Best, int Ended, int? Most);

/// <summary>
/// Searches an algorithm's hyperparameters by cross-validation on the training rows only, fits the best on all of these, and tests that model once on rows that no trial has
/// seen. Groups and time are obeyed by the folds as by the test split.
/// </summary>
public static class Tuning
{
    private const int UsualTrials = 50;
    private const int RoundsPerReport = 10;
    private const int MostRounds = 1000;
    private const int MostRehearsedRows = 20_000;

    /// <param name="plan">What to do.</param>
    /// <param name="table">The rows to learn from.</param>
    /// <param name="context">Cancellation and clock; its seed and threads give way to the plan's. With a checkpoint store and a file the trials are left there too, and taken up from there when the file is gone.</param>
    /// <param name="studyPath">The file that keeps the trials; an interrupted search goes on from it. Null for memory only.</param>
    /// <param name="progress">Told after each trial.</param>
    /// <param name="test">Rows to test on; null holds some back.</param>
    /// <param name="withImportance">Whether to measure what matters to the tuned model.</param>
    /// <param name="validation">Rows that the last fit stops early by; the trials hold rows of their own folds back. Null for none.</param>
    /// <exception cref="DataException">The plan does not fit the table, or no trial was completed; all problems at once.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled; the study's file keeps the trials that had ended.</exception>
    public static TuningOutcome Run(
        TuningPlan plan, Frame table, FitContext context, string? studyPath = null, IProgress<TuningProgress>? progress = null, Frame? test = null, bool withImportance = true, Frame? validation = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        plan.Check();
        ICheckpointStore? checkpoints = studyPath is null ? null : context.Checkpoints;
        if (checkpoints is not null && !File.Exists(studyPath) && checkpoints.Load() is byte[] kept)
        {
            WholeFile.Write(studyPath!, stream => stream.Write(kept));
        }

        long began = context.Clock.GetTimestamp();
        context = context with { Seed = plan.Training.Seed, Threads = plan.Training.Threads ?? context.Threads, Watched = null, Validation = null, Checkpoints = null };
        Algorithm algorithm = Algorithms.Named(plan.Training.Algorithm);
        _ = Training.PipelineOf(plan.Training, algorithm.Recipe(plan.Training.Hyperparameters));
        (TrainingPlan training, _, TrainingTable rows, _, _, _) = Training.Prepare(plan.Training, algorithm.Recipe(plan.Training.Hyperparameters), table, test);
        if (rows.Target is NoTarget)
        {
            throw new DataException($"{algorithm.Title} learns without a target, so there is nothing to tune it for.");
        }

        Metric metric = plan.Metric is null ? Metric.DefaultFor(rows.Target.Task) : Metric.Named(plan.Metric, rows.Target.Task);
        Direction direction = metric.HigherIsBetter ? Direction.Maximize : Direction.Minimize;
        SearchSpace space = AlgorithmSpace.Of(algorithm, training.Hyperparameters.Keys, plan.Space);
        (IReadOnlyList<RowSplit> folds, SplitDescription description) = RowSplits.Folds(rows, plan.Folds, training.Seed);
        int? most = plan.Trials ?? (plan.TimeLimit is null ? UsualTrials : null);
        var objective = new FoldObjective(training, algorithm, rows, folds, metric, plan.PruneBy, context with { Threads = Math.Max(1, context.Threads / plan.Parallel) });

        Study? study = null;
        void Tell(Trial trial)
        {
            checkpoints?.Save(study!.Snapshot());
            IReadOnlyList<Trial> trials = study!.Trials;
            progress?.Report(new TuningProgress(trial, space.Named(trial.Point), study.Best, trials.Count(other => other.Status is not (TrialStatus.Running or TrialStatus.Stopped)), most));
        }

        using (study = new Study(
            space, direction, plan.Method.Sampler(space, direction, training.Seed, most), Pruner(plan), training.Seed, studyPath, Subject(plan, training, metric, rows))
        {
            Clock = context.Clock,
            Ended = Tell,
        })
        {
            if (plan.Method != SearchMethod.Grid)
            {
                study.Enqueue(AlgorithmSpace.Defaults(algorithm, space));
            }

            TimeSpan afterwards = plan.TimeLimit is double limit ? TimeOfTesting(training, table, limit, context) : TimeSpan.Zero;
            study.Run(objective.Evaluate, Budget(plan, most, context.Clock.GetElapsedTime(began), afterwards, objective), context.Cancellation);
            Trial best = study.Best ?? throw NothingCompleted(study.Trials);
            var hyperparameters = new Dictionary<string, JsonNode?>(training.Hyperparameters);
            foreach ((string name, JsonNode? value) in space.Named(best.Point))
            {
                hyperparameters[name] = value;
            }

            return new TuningOutcome
            {
                Plan = plan,
                Space = space,
                Metric = metric.Name,
                Direction = direction,
                Trials = study.Trials,
                Best = best,
                BestValues = space.Named(best.Point),
                Importance = ParameterImportance.Of(space, study.Trials, training.Seed, context with { Progress = null }),
                Folds = description.Text,
                Training = Training.Run(training with { Hyperparameters = hyperparameters, Metrics = [.. training.Metrics.Append(metric.Name).Distinct()] }, table, context, test, withImportance, validation: validation),
            };
        }
    }

    /// <summary>The fit on all rows takes about as long as one on most of them, times their share, as often as the plan asks for; half of that is kept besides, and the time of testing.</summary>
    private static SearchBudget Budget(TuningPlan plan, int? most, TimeSpan used, TimeSpan afterwards, FoldObjective objective) => new()
    {
        Trials = most,
        Time = plan.TimeLimit is double seconds ? TimeSpan.FromSeconds(Math.Max(0.001, seconds - used.TotalSeconds)) : null,
        Reserve = best => afterwards + TimeSpan.FromSeconds(1.5 * FitsAfterwards(plan.Training) * plan.Folds / (plan.Folds - 1) * (best?.Notes.GetValueOrDefault(FoldObjective.FitSeconds) ?? objective.LastFitSeconds)),
        MemoryInBytes = plan.MemoryLimit is double megabytes ? (long)(megabytes * 1e6) : null,
        Parallel = plan.Parallel,
    };

    /// <summary>How many fits on all rows the last training is worth: calibrated probabilities, tuned thresholds and intervals take fits of folds besides.</summary>
    private static int FitsAfterwards(TrainingPlan training) =>
        training is { Calibration: null, DecisionMetric: null, Costs: null, Intervals: null } ? 1 : 5;

    /// <summary>
    /// How long all takes that a training does beside its fit (looking for leaks, testing with intervals, slices): measured with a baseline, whose fit takes no time, on some of
    /// the rows, and at most a quarter of the limit.
    /// </summary>
    private static TimeSpan TimeOfTesting(TrainingPlan training, Frame table, double limit, FitContext context)
    {
        TrainingPlan baseline = training with
        {
            Algorithm = Validation.Baseline.AlgorithmName,
            Hyperparameters = new Dictionary<string, JsonNode?>(),
            Preparation = null,
            Calibration = null,
            DecisionMetric = null,
            Costs = null,
            Intervals = null,
        };
        int count = Math.Min(table.RowCount, MostRehearsedRows);
        long began = context.Clock.GetTimestamp();
        try
        {
            _ = Training.Run(baseline, table.Take([.. Enumerable.Range(0, count).Select(i => (int)((long)i * table.RowCount / count))]), context with { Progress = null }, withImportance: false);
        }
        catch (DataException)
        {
            // Some of the rows may be too few or of one class; then nothing is known.
            return TimeSpan.Zero;
        }

        TimeSpan all = context.Clock.GetElapsedTime(began) * ((double)table.RowCount / count), most = TimeSpan.FromSeconds(limit / 4);
        return all < most ? all : most;
    }

    private static Search.Pruners.IPruner Pruner(TuningPlan plan) =>
        plan.PruneBy == PruneBy.Rounds ? plan.Pruning.Pruner(RoundsPerReport, MostRounds) : plan.Pruning.Pruner(1, plan.Folds);

    /// <summary>What a study's file is of: the plan, and a fingerprint of the rows.</summary>
    private static JsonObject Subject(TuningPlan plan, TrainingPlan training, Metric metric, TrainingTable rows) => new()
    {
        ["training"] = Decisive(training),
        ["metric"] = metric.Name,
        ["folds"] = plan.Folds,
        ["rows"] = Fingerprint(rows),
    };

    /// <summary>What of the plan bears on a trial's value.</summary>
    private static JsonObject Decisive(TrainingPlan training)
    {
        var node = (JsonObject)JsonSerializer.SerializeToNode(training with { Threads = null, Statements = null }, ModelFileJson.Options)!;
        node.Remove("metrics");
        return node;
    }

    private static string Fingerprint(TrainingTable rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        TableFingerprint.Add(hash, rows.Features);
        TableFingerprint.Add(hash, rows.Target.Classes);
        hash.AppendData(rows.Target is ClassTarget classes ? MemoryMarshal.AsBytes<int>(classes.Codes) : MemoryMarshal.AsBytes<double>(((NumberTarget)rows.Target).Values));

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private static DataException NothingCompleted(IReadOnlyList<Trial> trials)
    {
        string[] reasons = [.. trials.Select(trial => trial.Reason).OfType<string>().Distinct().Take(5)];
        return new DataException(["No trial was completed, so there is nothing to choose from.", .. reasons]);
    }
}
