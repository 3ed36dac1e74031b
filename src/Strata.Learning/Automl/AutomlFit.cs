using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Metrics;
using Strata.Learning.Validation;

namespace Strata.Learning.Automl;

/// <summary>Carries out one study: candidates on folds, layer by layer, and the selection among them.</summary>
internal sealed class AutomlFit
{
    /// <summary>Parts of the time: of the first layer where there are two, of the check of the second, and of all fits where the chosen are fitted once more.</summary>
    private const double FirstLayerShare = 0.55, CheckShare = 0.12, BeforeRefitShare = 0.65;

    /// <summary>Of the time, what finding out the number of folds may take, and what all folds of one good candidate may take.</summary>
    private const double ProbeShare = 0.2, OneCandidateShare = 0.3;
    private const int ProbedRows = 10_000;

    /// <summary>What testing the model may take after the fit: seconds in any case, and a part of the time.</summary>
    private const double TestSeconds = 3, TestShare = 0.06, TestedTrainingRows = 2000, ManyTestedRows = 5000;

    private const int MostInputs = 8, MostChecked = 4, BestKept = 5;

    private readonly AutomlRecipe recipe;
    private readonly TrainingTable table;
    private readonly FitContext context;
    private readonly Metric metric;
    private readonly StudyPlan plan;
    private readonly Budget budget;
    private readonly IReadOnlyList<Candidate> candidates;
    private readonly ModelSignature signature;
    private readonly Dictionary<string, FittedCandidate> fitted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> scoreOf = new(StringComparer.Ordinal);
    private readonly List<LeaderboardRow> rows = [];
    private readonly List<string> notes = [];
    private StudyParts parts;
    private Selection? selection;
    private double best = double.NaN;
    private int expected;

    public AutomlFit(AutomlRecipe recipe, TrainingTable table, FitContext context)
    {
        (this.recipe, this.table, this.context) = (recipe, table, context with { Watched = null, Validation = null });
        budget = new Budget(recipe, context);
        metric = recipe.MetricFor(table.Target.Task);
        signature = ModelSignature.Of(table);
        if (recipe is { Deterministic: true, InferLimit: > 0 })
        {
            throw new DataException("infer_limit is measured by the clock, and deterministic lets the clock decide nothing; give one of them.");
        }

        plan = StudyPlan.Of(recipe, table);
        notes.AddRange(plan.Notes);
        RecipeMaker maker = recipe.Maker ?? throw new DataException("Candidates given by name need the catalog to know them: make the recipe by the catalog.");
        IReadOnlyList<PortfolioEntry> entries = recipe.Portfolio.Count > 0 ? Portfolio.Of(recipe.Portfolio, table.Target.Task) : Portfolio.For(table.Target.Task, table.Features);
        candidates = [.. Candidate.Of(entries, recipe.Algorithms, table.Target.Task, maker).Take(plan.Candidates)];
        parts = new StudyParts(recipe, table, context);
        expected = candidates.Count * plan.Layers;
    }

    public AutomlModel Run()
    {
        int folds = parts.LoadFolds() ?? FoldsInTime();
        parts.SaveFolds(folds);
        (IReadOnlyList<RowSplit> splits, SplitDescription description) = RowSplits.Folds(table, folds, context.Seed);
        notes.Add($"Candidates were compared on rows that they had not seen: {description.Text}");
        parts = parts.For(string.Create(CultureInfo.InvariantCulture, $"{folds} folds"));
        bool refits = recipe.Refit || table.Times is not null;
        double end = refits ? BeforeRefitShare * budget.End : budget.End;
        double firstEnd = plan.Layers > 1 ? FirstLayerShare * end : end;

        var first = new FoldFits(table, splits, context);
        TrainingTable tested = first.TestedRows.Length == table.RowCount ? table : table.Take(first.TestedRows);
        selection = new Selection(metric, tested, context.Seed, context.Cancellation);
        FitLayer(candidates, first, parts, firstEnd);
        if (fitted.Count == 0)
        {
            throw new DataException($"No candidate could learn '{table.Target.Name}': {string.Join(" ", rows.Select(row => $"{row.Name}: {row.Reason}").Take(3))}");
        }

        Repeat(folds, firstEnd);
        FittedCandidate[] inputs = plan.Layers > 1 ? Inputs() : [];
        TrainingTable? stacked = null;
        if (inputs.Length > 0 && IsSecondLayerTrusted(inputs, end))
        {
            stacked = table.WithFeatures(StackedTable.Of(signature, table.Features, inputs.Select(one => (one.Name, one.Unseen)), passThrough: true));
            StudyParts partsOfSecond = parts.For($"layer 2 of {string.Join("; ", inputs.Select(one => $"{one.Name}: {one.Candidate.Text}"))}");
            FitLayer([.. candidates.Where(candidate => !candidate.IsBaseline && fitted.ContainsKey(candidate.Name)).Select(candidate => candidate.Stacked)], new FoldFits(stacked, splits, context), partsOfSecond, end);
        }

        if (plan.Layers > 1)
        {
            TryAgain(first, end);
        }

        return Assembled(inputs, stacked, tested, refits);
    }

    /// <summary>The folds of the plan, or fewer where one good candidate alone would take too much of the time.</summary>
    private int FoldsInTime()
    {
        Candidate? probe = candidates.FirstOrDefault(candidate => !candidate.IsBaseline && !Portfolio.IsLinear(candidate.Text));
        if (double.IsInfinity(budget.Limit) || recipe.Folds > 0 || table.RowCount < ProbedRows || probe is null)
        {
            return plan.Folds;
        }

        using CandidateTime time = budget.Begin(ProbeShare * budget.Limit);
        try
        {
            double seconds = new FoldFits(table, RowSplits.Folds(table, plan.Folds, context.Seed).Folds, context).Probe(probe, time);
            return Math.Clamp((int)(OneCandidateShare * budget.Limit / seconds), 2, plan.Folds);
        }
        catch (OperationCanceledException) when (!context.Cancellation.IsCancellationRequested)
        {
            return 2;
        }
        catch (DataException)
        {
            return plan.Folds;
        }
    }

    private void FitLayer(IReadOnlyList<Candidate> layer, FoldFits fits, StudyParts found, double until)
    {
        foreach (Candidate candidate in layer)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            LeaderboardRow row = Try(candidate, fits, found, until, isLast: candidate == layer[^1]);
            rows.Add(row);
            Tell(row);
        }
    }

    /// <summary>Gives the time that a second layer left, or that one was not used at all, to candidates of the first that had none.</summary>
    private void TryAgain(FoldFits fits, double until)
    {
        foreach (int at in Enumerable.Range(0, rows.Count).Where(at => rows[at] is { Layer: 1, State: CandidateState.Skipped }).ToArray())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            rows[at] = Try(candidates[at], fits, parts, until, isLast: false);
            if (fitted.ContainsKey(rows[at].Name))
            {
                Tell(rows[at]);
            }
        }
    }

    private LeaderboardRow Try(Candidate candidate, FoldFits fits, StudyParts found, double until, bool isLast)
    {
        LeaderboardRow row = new() { Name = candidate.Name, Recipe = candidate.Text, Layer = candidate.Layer };
        if (Reach.Problem(candidate, table) is string tooLarge)
        {
            return row with { State = CandidateState.Skipped, Reason = tooLarge };
        }

        FittedCandidate? one = found.Load(candidate, signature);
        if (one is null)
        {
            if (!candidate.IsBaseline && budget.ProblemOf(candidate, until) is string problem)
            {
                return row with { State = CandidateState.Skipped, Reason = problem };
            }

            (one, string? reason, CandidateState state) = FitInTime(candidate, fits, until, isLast);
            if (one is null)
            {
                return row with { State = state, Reason = reason };
            }

            found.Save(one);
        }

        budget.Enter(one);
        fitted.Add(candidate.Name, one);
        double score = scoreOf[candidate.Name] = selection!.ScoreOf(one.Unseen);
        best = selection.Rank(score) < selection.Rank(best) || double.IsNaN(best) ? score : best;
        return row with { State = CandidateState.Left, Score = double.IsFinite(score) ? score : null };
    }

    private (FittedCandidate? Fitted, string? Reason, CandidateState State) FitInTime(Candidate candidate, FoldFits fits, double until, bool isLast)
    {
        double left = budget.Left(until);
        double seconds = candidate.IsBaseline ? double.PositiveInfinity : left > budget.Limit / 4 && !isLast ? left / 2 : left;

        // The baseline is fitted whatever happens, so that there always is a model.
        using CandidateTime time = candidate.IsBaseline ? new CandidateTime(seconds, context.Clock, context.Cancellation, CancellationToken.None) : budget.Begin(seconds);
        try
        {
            if (fits.Fit(candidate, time) is FittedCandidate done)
            {
                return (done, null, CandidateState.Left);
            }

            budget.EnterTime(candidate.Algorithm, seconds);
            return (null, Invariant($"Its folds would have taken longer than the {seconds:0.#} s that it had."), CandidateState.Skipped);
        }
        catch (OperationCanceledException) when (!context.Cancellation.IsCancellationRequested)
        {
            budget.EnterTime(candidate.Algorithm, time.Elapsed);
            return (null, budget.IsEnough ? "The study was asked to end." : Invariant($"Its {seconds:0.#} s were up before all folds were done."), CandidateState.Skipped);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever is wrong with one candidate must not cost the others.
            return (null, e.Message, CandidateState.Failed);
        }
    }

    /// <summary>With time left, the candidates that count are fitted again on folds drawn anew, and answer by the mean of all.</summary>
    private void Repeat(int folds, double until)
    {
        for (int drawing = 1; drawing < plan.Repeats; drawing++)
        {
            var fits = new FoldFits(table, RowSplits.Folds(table, folds, FoldFits.SeedOf(context.Seed, 100 * drawing)).Folds, context with { Seed = FoldFits.SeedOf(context.Seed, 100 * drawing) });
            StudyParts found = parts.For(Invariant($"drawing {drawing + 1}"));
            Dictionary<string, double> weights = selection!.Weights([.. fitted.Values]);
            foreach (string name in weights.OrderByDescending(pair => pair.Value).Select(pair => pair.Key).Where(name => !fitted[name].Candidate.IsBaseline).ToArray())
            {
                context.Cancellation.ThrowIfCancellationRequested();
                FittedCandidate one = fitted[name];
                FittedCandidate? again = found.Load(one.Candidate, signature);
                if (again is null)
                {
                    if (budget.ProblemOf(one.Candidate, until) is not null || budget.Left(until) < one.Seconds / drawing || FitInTime(one.Candidate, fits, until, isLast: true).Fitted is not FittedCandidate done)
                    {
                        continue;
                    }

                    again = done;
                    found.Save(again);
                }

                budget.Enter(again);
                fitted[name] = FittedCandidate.Joined(one, again, drawing);
                int at = rows.FindIndex(row => row.Name == name);
                rows[at] = rows[at] with { Score = scoreOf[name] = selection.ScoreOf(fitted[name].Unseen) };
            }
        }
    }

    /// <summary>What the second layer reads: the candidates of the first that have weight there, the heaviest first, and the best of the others.</summary>
    private FittedCandidate[] Inputs()
    {
        Dictionary<string, double> weights = selection!.Weights([.. fitted.Values]);
        return
        [
            .. fitted.Values.Where(one => !one.Candidate.IsBaseline)
                .OrderByDescending(one => weights.GetValueOrDefault(one.Name)).ThenBy(one => selection.Rank(scoreOf[one.Name])).Take(MostInputs),
        ];
    }

    private bool IsSecondLayerTrusted(FittedCandidate[] inputs, double end)
    {
        if (budget.IsEnough)
        {
            notes.Add("There is no second layer: the study was asked to end.");
            return false;
        }

        double seconds = Math.Min(CheckShare * budget.Limit, budget.Left(end));
        var some = new List<Candidate>();
        double cost = 0;
        foreach (FittedCandidate input in inputs.DistinctBy(input => input.Candidate.Algorithm).Concat(inputs).Distinct().Take(MostChecked))
        {
            // Two layers on about half of the work each: what all folds took is about what the check takes.
            if (cost + input.Seconds <= seconds)
            {
                some.Add(input.Candidate);
                cost += input.Seconds;
            }
        }

        if (some.Count == 0)
        {
            notes.Add("There is no second layer: there was no time to check it on rows held back.");
            return false;
        }

        using CandidateTime time = budget.Begin(Math.Max(0.001, seconds));
        try
        {
            var check = LayerCheck.Of(some, table, metric, context, time);
            notes.Add(check.Note);
            return check.IsBetter;
        }
        catch (OperationCanceledException) when (!context.Cancellation.IsCancellationRequested)
        {
            notes.Add("There is no second layer: the time to check it on rows held back was up.");
        }
        catch (DataException e)
        {
            notes.Add($"There is no second layer: it could not be checked on rows held back. {e.Message}");
        }

        return false;
    }

    private AutomlModel Assembled(FittedCandidate[] inputs, TrainingTable? stacked, TrainingTable tested, bool refits)
    {
        FittedCandidate[] all = [.. rows.Where(row => fitted.ContainsKey(row.Name)).Select(row => fitted[row.Name])];
        double Cost(IEnumerable<string> names) => WithInputs(names, inputs).Sum(name => fitted[name].Microseconds / (refits ? ((VotingModel)fitted[name].Model).Members.Count : 1));
        Dictionary<string, double> weights = selection!.Weights(all, MostMicroseconds, Cost);
        HashSet<string> used = WithInputs(weights.Keys, inputs);
        HashSet<string> kept = WithInputs(used.Concat(Kept(all)), inputs);
        Dictionary<string, IModel> models = kept.ToDictionary(name => name, name => fitted[name].Model, StringComparer.Ordinal);
        if (refits)
        {
            Refit(used, kept, models, stacked);
        }

        Predictions together = AutomlModel.Mean(signature, weights.Select(pair => (fitted[pair.Key].Unseen, pair.Value)));
        double sharpness = metric.Name == "log_loss" ? Sharpness.Of(together, tested) : Sharpness.None;
        if (sharpness != Sharpness.None)
        {
            notes.Add(Invariant($"The mean probabilities are raised to the power of {sharpness:0.00}, by which they were found to be too {(sharpness > 1 ? "unsure" : "sure")} of rows that they had not seen."));
            together = AutomlModel.Mean(signature, [(together, 1)], sharpness);
        }

        Leaderboard board = BoardOf(together, weights, used, kept, models, tested, Cost);
        int count = rows.Count(row => fitted.ContainsKey(row.Name));
        notes.Add(Invariant($"{count} of {rows.Count} candidates were fitted, {weights.Count} of them have weight; the leaderboard says why others were skipped."));
        FittedMember[] Members(int layer) => [.. all.Where(one => one.Candidate.Layer == layer && kept.Contains(one.Name)).Select(one => new FittedMember(one.Name, models[one.Name]))];
        FittedMember[] second = Members(2);
        return new AutomlModel(signature, Members(1), second, second.Length > 0 ? [.. inputs.Select(one => one.Name)] : [], board, sharpness, notes);
    }

    /// <summary>What a row may take: as asked, and so little that the model can be tested in the time that is kept for it, on a fifth of the table.</summary>
    private double MostMicroseconds => recipe.Deterministic ? double.PositiveInfinity
        : Math.Min(recipe.InferLimit > 0 ? recipe.InferLimit : double.PositiveInfinity, TestableMicroseconds);

    /// <summary>Few rows are tested soon enough by any model, and what a row takes is not well known from them.</summary>
    private double TestableMicroseconds => table.RowCount < ManyTestedRows ? double.PositiveInfinity : 1e6 * (TestSeconds + TestShare * budget.Limit) / ((table.RowCount / 4.0) + TestedTrainingRows);

    private HashSet<string> WithInputs(IEnumerable<string> names, FittedCandidate[] inputs)
    {
        HashSet<string> all = [.. names];
        if (all.Any(name => fitted[name].Candidate.Layer == 2))
        {
            all.UnionWith(inputs.Select(input => input.Name));
        }

        return all;
    }

    /// <summary>Those that are in the file without weight: the best few, and what the gain is measured against.</summary>
    private IEnumerable<string> Kept(FittedCandidate[] all) => recipe.KeepAll
        ? all.Select(one => one.Name)
        : all.OrderBy(one => selection!.Rank(scoreOf[one.Name])).Take(BestKept).Concat(all.Where(one => one.Candidate.Layer == 1 && (one.Candidate.IsBaseline || Portfolio.IsLinear(one.Candidate.Text)))).Select(one => one.Name);

    /// <summary>Puts one model of all rows in the place of each candidate's models of folds, as far as the time goes, the used ones first.</summary>
    private void Refit(HashSet<string> used, HashSet<string> kept, Dictionary<string, IModel> models, TrainingTable? stacked)
    {
        int done = 0;
        foreach (FittedCandidate one in used.Concat(kept.Except(used)).Select(name => fitted[name]))
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
        double score = selection!.ScoreOf(together);
        double[] errors = RowLosses.Of(together, tested.Target);
        double? Clocked(double value) => recipe.Deterministic ? null : value;
        LeaderboardRow Complete(LeaderboardRow row)
        {
            if (!fitted.TryGetValue(row.Name, out FittedCandidate? one))
            {
                return row;
            }

            MetricInterval? interval = row.Score is double own ? ScoreInterval.Of(metric, own, one.Unseen, tested, context.Seed) : null;
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

        LeaderboardRow[] completed = [.. rows.Select(Complete)];
        MetricInterval? ofAll = ScoreInterval.Of(metric, score, together, tested, context.Seed);
        var ensemble = new LeaderboardRow
        {
            Name = Leaderboard.EnsembleName,
            Layer = weights.Keys.Max(name => fitted[name].Candidate.Layer),
            Score = double.IsFinite(score) ? score : null,
            Low = ofAll?.Low,
            High = ofAll?.High,
            FitSeconds = Clocked(fitted.Values.Sum(one => one.Seconds)),
            PredictMicroseconds = Clocked(costOf(weights.Keys)),
            Bytes = completed.Where(row => used.Contains(row.Name)).Sum(row => row.Bytes),
            Weight = 1,
        };
        return Leaderboard.Of(metric, ensemble, completed);
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

    private void Tell(LeaderboardRow row)
    {
        recipe.Watch?.Report(new AutomlEvent(row.Name, row.Layer, row.State, row.Score ?? double.NaN, best, row.Reason, rows.Count, expected, budget.Left(budget.End)));
        var metrics = new Dictionary<string, double>();
        if (double.IsFinite(best))
        {
            metrics[$"best_{metric.Name}"] = best;
        }

        context.Progress?.Report(new FitProgress(rows.Count - 1, Math.Max(rows.Count, expected), metrics));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
