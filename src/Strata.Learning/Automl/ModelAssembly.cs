using System.Globalization;
using Strata.Learning.Ensembles;
using Strata.Learning.Metrics;
using Strata.Learning.Validation;

namespace Strata.Learning.Automl;

/// <summary>Makes the model of the candidates that were tried: chooses and weighs them, fits them once more where that is asked for, and writes the leaderboard.</summary>
internal sealed class ModelAssembly(AutomlRecipe recipe, FitContext context, ModelSignature signature, TrainingTable table, Budget budget, Selection selection, Trials trials, FittedCandidate[] inputs)
{
    /// <summary>What testing the model may take after the fit: seconds in any case, and a part of the time.</summary>
    private const double TestSeconds = 3, TestShare = 0.06, TestedTrainingRows = 2000, ManyTestedRows = 5000;

    private const int BestKept = 5;

    private readonly List<string> notes = [];

    /// <param name="stacked">The rows with what the first layer answers; null without a second layer.</param>
    /// <param name="tested">The rows that were predicted unseen.</param>
    /// <param name="refits">Whether each chosen candidate is fitted once more on all rows.</param>
    /// <param name="notesBefore">What the study has to say already.</param>
    /// <param name="testedRows">Which these are of the table.</param>
    /// <param name="folds">How the rows were split, in words.</param>
    public AutomlModel Model(TrainingTable? stacked, TrainingTable tested, bool refits, IReadOnlyList<string> notesBefore, int[] testedRows, string folds)
    {
        FittedCandidate[] all = [.. trials.InOrder];
        double Cost(IEnumerable<string> names) => WithInputs(names).Sum(name => trials.Fitted[name].Microseconds / (refits ? ((VotingModel)trials.Fitted[name].Model).Members.Count : 1));
        Dictionary<string, double> weights = selection.Weights(all, MostMicroseconds, Cost);
        HashSet<string> used = WithInputs(weights.Keys);
        HashSet<string> kept = WithInputs(used.Concat(Kept(all)));
        Dictionary<string, IModel> models = kept.ToDictionary(name => name, name => trials.Fitted[name].Model, StringComparer.Ordinal);
        if (refits)
        {
            Refit(used, kept, models, stacked);
        }

        Predictions together = AutomlModel.Mean(signature, weights.Select(pair => (trials.Fitted[pair.Key].Unseen, pair.Value)));
        double sharpness = selection.Metric.Name == "log_loss" ? Sharpness.Of(together, tested) : Sharpness.None;
        if (sharpness != Sharpness.None)
        {
            notes.Add(Invariant($"The mean probabilities are raised to the power of {sharpness:0.00}, by which they were found to be too {(sharpness > 1 ? "unsure" : "sure")} of rows that they had not seen."));
            together = AutomlModel.Mean(signature, [(together, 1)], sharpness);
        }

        Leaderboard board = BoardOf(together, weights, used, kept, models, tested, Cost);
        int count = trials.Fitted.Count;
        notes.Add(Invariant($"{count} of {trials.Rows.Count} candidates were fitted, {weights.Count} of them have weight; the leaderboard says why others were skipped."));
        FittedMember[] Members(int layer) => [.. all.Where(one => one.Candidate.Layer == layer && kept.Contains(one.Name)).Select(one => new FittedMember(one.Name, models[one.Name]))];
        FittedMember[] second = Members(2);
        var unseen = kept.ToDictionary(name => name, name => trials.Fitted[name].Unseen, StringComparer.Ordinal);
        return new AutomlModel(signature, Members(1), second, second.Length > 0 ? [.. inputs.Select(one => one.Name)] : [], board, sharpness, [.. notesBefore, .. notes])
        {
            Unseen = new UnseenAnswers(table.RowCount, testedRows, folds, together, unseen),
        };
    }

    /// <summary>What a row may take: as asked, and so little that the model can be tested in the time that is kept for it, on a fifth of the table.</summary>
    private double MostMicroseconds => recipe.Deterministic ? double.PositiveInfinity
        : Math.Min(recipe.InferLimit > 0 ? recipe.InferLimit : double.PositiveInfinity, TestableMicroseconds);

    /// <summary>Few rows are tested soon enough by any model, and what a row takes is not well known from them.</summary>
    private double TestableMicroseconds => table.RowCount < ManyTestedRows ? double.PositiveInfinity : 1e6 * (TestSeconds + TestShare * budget.Limit) / ((table.RowCount / 4.0) + TestedTrainingRows);

    private HashSet<string> WithInputs(IEnumerable<string> names)
    {
        HashSet<string> all = [.. names];
        if (all.Any(name => trials.Fitted[name].Candidate.Layer == 2))
        {
            all.UnionWith(inputs.Select(input => input.Name));
        }

        return all;
    }

    /// <summary>Those that are in the file without weight: the best few, and what the gain is measured against.</summary>
    private IEnumerable<string> Kept(FittedCandidate[] all) => recipe.KeepAll
        ? all.Select(one => one.Name)
        : all.OrderBy(one => trials.RankOf(one)).Take(BestKept).Concat(all.Where(one => one.Candidate.Layer == 1 && (one.Candidate.IsBaseline || Portfolio.IsLinear(one.Candidate.Text)))).Select(one => one.Name);

    /// <summary>Puts one model of all rows in the place of each candidate's models of folds, as far as the time goes, the used ones first.</summary>
    private void Refit(HashSet<string> used, HashSet<string> kept, Dictionary<string, IModel> models, TrainingTable? stacked)
    {
        int done = 0;
        foreach (FittedCandidate one in used.Concat(kept.Except(used)).Select(name => trials.Fitted[name]))
        {
            double left = budget.Left(budget.End);
            if (left <= 0 || budget.IsEnough)
            {
                break;
            }

            using CandidateTime time = budget.Begin(left);
            try
            {
                TrainingTable learned = one.Candidate.Layer == 1 ? table : stacked!;
                IModel model = one.Candidate.Recipe.Fit(learned, context with { Cancellation = time.Token, Progress = null, Checkpoints = null });
                models[one.Name] = new VotingModel(Voting.AlgorithmName, ModelSignature.Of(learned), [new FittedMember("all rows", model)], [1], VoteKind.Soft);
                done += used.Contains(one.Name) ? 1 : 0;
            }
            catch (OperationCanceledException) when (!context.Cancellation.IsCancellationRequested)
            {
            }
        }

        notes.Add(done == used.Count ? Invariant($"The {done} candidates that are used were fitted once more on all rows.") : Invariant($"{done} of the {used.Count} candidates that are used were fitted once more on all rows before the time was up; the others answer by their folds' models."));
    }

    private Leaderboard BoardOf(Predictions together, Dictionary<string, double> weights, HashSet<string> used, HashSet<string> kept, Dictionary<string, IModel> models, TrainingTable tested, Func<IEnumerable<string>, double> costOf)
    {
        double score = selection.ScoreOf(together);
        double[] errors = RowLosses.Of(together, tested.Target);
        double? Clocked(double value) => recipe.Deterministic ? null : value;
        LeaderboardRow Complete(LeaderboardRow row)
        {
            if (!trials.Fitted.TryGetValue(row.Name, out FittedCandidate? one))
            {
                return row;
            }

            MetricInterval? interval = row.Score is double own ? ScoreInterval.Of(selection.Metric, own, one.Unseen, tested, context.Seed) : null;
            return row with
            {
                State = used.Contains(row.Name) ? CandidateState.Used : kept.Contains(row.Name) ? CandidateState.Kept : CandidateState.Left,
                Low = interval?.Low,
                High = interval?.High,
                FitSeconds = Clocked(one.Seconds),
                PredictMicroseconds = Clocked(costOf([row.Name])),
                Bytes = models.TryGetValue(row.Name, out IModel? model) && model != one.Model ? FittedCandidate.BytesOf(model) : one.Bytes,
                Weight = weights.GetValueOrDefault(row.Name),
                ErrorCorrelation = Correlation(errors, RowLosses.Of(one.Unseen, tested.Target)),
            };
        }

        LeaderboardRow[] completed = [.. trials.Rows.Select(Complete)];
        MetricInterval? ofAll = ScoreInterval.Of(selection.Metric, score, together, tested, context.Seed);
        var ensemble = new LeaderboardRow
        {
            Name = Leaderboard.EnsembleName,
            Layer = weights.Keys.Max(name => trials.Fitted[name].Candidate.Layer),
            Score = double.IsFinite(score) ? score : null,
            Low = ofAll?.Low,
            High = ofAll?.High,
            FitSeconds = Clocked(trials.Fitted.Values.Sum(one => one.Seconds)),
            PredictMicroseconds = Clocked(costOf(weights.Keys)),
            Bytes = completed.Where(row => used.Contains(row.Name)).Sum(row => row.Bytes),
            Weight = 1,
        };
        return Leaderboard.Of(selection.Metric, ensemble, completed);
    }

    /// <summary>Pearson's; null where one of them does not vary.</summary>
    private static double? Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average(), ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            (double x, double y) = (a[i] - meanA, b[i] - meanB);
            ab += x * y;
            aa += x * x;
            bb += y * y;
        }

        double correlation = ab / Math.Sqrt(aa * bb);
        return double.IsFinite(correlation) ? correlation : null;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
