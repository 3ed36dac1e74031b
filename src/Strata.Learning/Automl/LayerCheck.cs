using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Metrics;

namespace Strata.Learning.Automl;

/// <summary>
/// Whether a second layer is worth anything, found out in small before it is fitted: what the first layer says of a row has seen the other folds' targets, by which a second layer can look better on
/// all rows of the study than it is. So both are fitted without some rows, and compared on these.
/// </summary>
/// <param name="IsBetter">Whether the second layer helped on rows that neither had seen.</param>
/// <param name="Note">A sentence that says so, with the scores.</param>
internal sealed record LayerCheck(bool IsBetter, string Note)
{
    private const double HeldBack = 0.3;
    private const int MostRows = 20_000, Folds = 4;

    /// <summary>How many times all rows a candidate learns from, in both layers together; in a study of so many folds, one less than these.</summary>
    public const double Work = 2 * (1 - HeldBack) * (Folds - 1);

    /// <param name="candidates">A few of the first layer.</param>
    /// <param name="table">All rows of the study.</param>
    /// <param name="metric">What decides.</param>
    /// <param name="context">Seed, threads, cancellation.</param>
    /// <param name="time">What it may take.</param>
    /// <exception cref="OperationCanceledException">Its time is up, or the context's token was cancelled.</exception>
    /// <exception cref="DataException">A candidate could not learn from so few rows.</exception>
    public static LayerCheck Of(IReadOnlyList<Candidate> candidates, TrainingTable table, Metric metric, FitContext context, CandidateTime time)
    {
        context = context with { Seed = FoldFits.SeedOf(context.Seed, 1000) };
        table = Few(table, context.Seed);
        RowSplit split = RowSplits.HoldOut(table, HeldBack, context.Seed).Split;
        TrainingTable learned = table.Take(split.Train), held = table.Take(split.Test);
        var signature = ModelSignature.Of(learned);
        var fits = new FoldFits(learned, RowSplits.Folds(learned, Math.Max(2, Math.Min(Folds, StudyPlan.MostFolds(learned))), context.Seed).Folds, context);
        FittedCandidate[] first = [.. candidates.Select(candidate => Fitted(fits, candidate, time))];
        TrainingTable stacked = learned.WithFeatures(StackedTable.Of(signature, learned.Features, first.Select(one => (one.Name, one.Unseen)), passThrough: true));
        var stackedFits = new FoldFits(stacked, fits.Folds, context);
        FittedCandidate[] second = [.. candidates.Select(candidate => Fitted(stackedFits, candidate.Stacked, time))];

        Dictionary<string, Predictions> answers = first.ToDictionary(one => one.Name, one => one.Model.Predict(held.Features, context with { Cancellation = time.Token }));
        Frame heldStacked = StackedTable.Of(signature, held.Features, first.Select(one => (one.Name, answers[one.Name])), passThrough: true);
        foreach (FittedCandidate one in second)
        {
            answers[one.Name] = one.Model.Predict(heldStacked, context with { Cancellation = time.Token });
        }

        var selection = new Selection(metric, learned, context.Seed, time.Token);
        double Score(IReadOnlyList<FittedCandidate> pool) =>
            metric.Of(AutomlModel.Mean(signature, selection.Weights(pool).Select(pair => (answers[pair.Key], pair.Value))), held.Target, held.Weights, held.Groups);
        double alone = Score(first), together = Score([.. first, .. second]);
        bool isBetter = selection.Rank(together) < selection.Rank(alone);
        return new LayerCheck(isBetter, string.Create(CultureInfo.InvariantCulture,
            $"The second layer is {(isBetter ? "used" : "not used")}: tried with {candidates.Count} candidates, {metric.Name} on {held.RowCount} rows that neither layer had seen was {together:0.0000} with it and {alone:0.0000} without."));
    }

    private static FittedCandidate Fitted(FoldFits fits, Candidate candidate, CandidateTime time) =>
        fits.Fit(candidate, time) ?? throw new OperationCanceledException("The time does not suffice.");

    private static TrainingTable Few(TrainingTable table, ulong seed)
    {
        if (table.RowCount <= MostRows || table.Groups is not null)
        {
            return table;
        }

        return table.Take(RowSplits.HoldOut(table, MostRows / (double)table.RowCount, seed).Split.Test);
    }
}
