using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Automl;

/// <summary>The candidates of one study as they are tried: each fitted on folds within its time, scored, and entered as a row of the leaderboard.</summary>
internal sealed class Trials(AutomlRecipe recipe, FitContext context, ModelSignature signature, TrainingTable table, Budget budget, Selection selection, int expected)
{
    /// <summary>How many times its time a candidate may take that is half done when its time is up.</summary>
    private const double HalfDoneShare = 1.5;

    private readonly Dictionary<string, FittedCandidate> fitted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> scoreOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> drawingsOf = new(StringComparer.Ordinal);
    private readonly List<LeaderboardRow> rows = [];
    private double best = double.NaN;

    /// <summary>Those that got done, by name.</summary>
    public IReadOnlyDictionary<string, FittedCandidate> Fitted => fitted;

    /// <summary>Every candidate that was met, in order.</summary>
    public IReadOnlyList<LeaderboardRow> Rows => rows;

    /// <summary>Those that got done, in order.</summary>
    public IEnumerable<FittedCandidate> InOrder => rows.Where(row => fitted.ContainsKey(row.Name)).Select(row => fitted[row.Name]);

    /// <summary>What a candidate's score counts in the order of candidates, the best first.</summary>
    public double RankOf(FittedCandidate one) => selection.Rank(scoreOf[one.Name]);

    /// <summary>The seconds of one drawing of folds.</summary>
    public double SecondsOf(FittedCandidate one) => one.Seconds / drawingsOf.GetValueOrDefault(one.Name, 1);

    /// <summary>Tries the candidates of a layer one after another.</summary>
    public void FitLayer(IReadOnlyList<Candidate> layer, FoldFits fits, StudyParts found, double until)
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
    public void TryAgain(IReadOnlyList<Candidate> candidates, FoldFits fits, StudyParts found, double until)
    {
        foreach (int at in Enumerable.Range(0, rows.Count).Where(at => rows[at] is { Layer: 1, State: CandidateState.Skipped }).ToArray())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            rows[at] = Try(candidates[at], fits, found, until, isLast: false);
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

        if (!candidate.IsBaseline && budget.ProblemOf(one) is string tooMuch)
        {
            return row with { State = CandidateState.Skipped, Reason = tooMuch };
        }

        budget.Enter(one);
        fitted.Add(candidate.Name, one);
        double score = scoreOf[candidate.Name] = selection.ScoreOf(one.Unseen);
        best = selection.Rank(score) < selection.Rank(best) || double.IsNaN(best) ? score : best;
        return row with { State = CandidateState.Left, Score = double.IsFinite(score) ? score : null };
    }

    private (FittedCandidate? Fitted, string? Reason, CandidateState State) FitInTime(Candidate candidate, FoldFits fits, double until, bool isLast)
    {
        double left = budget.Left(until);
        double seconds = candidate.IsBaseline ? double.PositiveInfinity : left > budget.Limit / 4 && !isLast ? Math.Max(left / 3, budget.Limit / 6) : left;

        // The baseline is fitted whatever happens, so that there always is a model.
        using CandidateTime time = candidate.IsBaseline ? new CandidateTime(seconds, seconds, context.Clock, context.Cancellation, CancellationToken.None) : budget.Begin(seconds, Math.Min(left, HalfDoneShare * seconds));
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
            return (null, budget.IsEnough ? "The study was asked to end." : Invariant($"Its {time.Elapsed:0.#} s were up before all folds were done."), CandidateState.Skipped);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever is wrong with one candidate must not cost the others.
            return (null, e.Message, CandidateState.Failed);
        }
    }

    /// <summary>With time left, the candidates that count are fitted again on folds drawn anew, and answer by the mean of all.</summary>
    public void Repeat(int drawings, int folds, StudyParts parts, double until)
    {
        for (int drawing = 1; drawing < drawings; drawing++)
        {
            var fits = new FoldFits(table, RowSplits.Folds(table, folds, FoldFits.SeedOf(context.Seed, 100 * drawing)).Folds, context with { Seed = FoldFits.SeedOf(context.Seed, 100 * drawing) });
            StudyParts found = parts.For(Invariant($"drawing {drawing + 1}"));
            Dictionary<string, double> weights = selection.Weights([.. fitted.Values]);
            foreach (string name in weights.OrderByDescending(pair => pair.Value).Select(pair => pair.Key).Where(name => !fitted[name].Candidate.IsBaseline && drawingsOf.GetValueOrDefault(name, 1) == drawing).ToArray())
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

                if (budget.ProblemOf(again) is not null)
                {
                    continue;
                }

                budget.Enter(again);
                fitted[name] = FittedCandidate.Joined(one, again, drawing);
                drawingsOf[name] = drawing + 1;
                int at = rows.FindIndex(row => row.Name == name);
                rows[at] = rows[at] with { Score = scoreOf[name] = selection.ScoreOf(fitted[name].Unseen) };
            }
        }
    }

    private void Tell(LeaderboardRow row)
    {
        recipe.Watch?.Report(new AutomlEvent(row.Name, row.Layer, row.State, row.Score ?? double.NaN, best, row.Reason, rows.Count, expected, budget.Left(budget.End))
        {
            Row = row with { FitSeconds = fitted.GetValueOrDefault(row.Name)?.Seconds },
            Metric = selection.Metric.Name,
            HigherIsBetter = selection.Metric.HigherIsBetter,
        });
        var metrics = new Dictionary<string, double>();
        if (double.IsFinite(best))
        {
            metrics[$"best_{selection.Metric.Name}"] = best;
        }

        context.Progress?.Report(new FitProgress(rows.Count - 1, Math.Max(rows.Count, expected), metrics));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
