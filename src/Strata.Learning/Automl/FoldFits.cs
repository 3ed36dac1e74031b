using System.Runtime.ExceptionServices;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Validation;

namespace Strata.Learning.Automl;

/// <summary>Fits candidates once a fold, and has each fold's rows predicted by the model that has not seen them. Small tables have several folds at work at once.</summary>
internal sealed class FoldFits(TrainingTable table, IReadOnlyList<RowSplit> folds, FitContext context)
{
    /// <summary>Cells up to which several folds are at work at once, each on its own thread: threads of one fit wait for one another, but every fit at work needs its own memory.</summary>
    private const long MostCells = 10_000_000;

    private readonly int atOnce = table.RowCount * (long)table.Features.ColumnCount <= MostCells && table.Features.Columns.All(column => !column.Type.IsArray()) ? Math.Clamp(context.Threads, 1, folds.Count) : 1;

    public TrainingTable Table => table;

    public IReadOnlyList<RowSplit> Folds => folds;

    /// <summary>The rows that are tested in some fold, ascending: all, or by time the later ones.</summary>
    public int[] TestedRows { get; } = [.. folds.SelectMany(fold => fold.Test).Order()];

    /// <summary>The candidate with all its folds; null where its time would not suffice for them.</summary>
    /// <exception cref="OperationCanceledException">Its time is up, or the context's token was cancelled.</exception>
    public FittedCandidate? Fit(Candidate candidate, CandidateTime time)
    {
        if (FitAll(candidate, time) is not OneFold[] done)
        {
            return null;
        }

        var unseen = new OutOfFoldPredictions(table);
        foreach ((int fold, RowSplit split) in folds.Index())
        {
            unseen.Set(split.Test, done[fold].Answer);
        }

        var model = new VotingModel(
            Voting.AlgorithmName, ModelSignature.Of(table), [.. done.Select((one, fold) => new FittedMember($"fold {fold + 1}", one.Model))], [.. done.Select(_ => 1.0 / done.Length)], VoteKind.Soft);
        return new FittedCandidate(candidate, model, unseen.Collect().Predictions, time.Elapsed, done.Sum(one => one.Microseconds), FittedCandidate.BytesOf(model));
    }

    /// <summary>The seconds that a fold takes beside others: of as many as are at work at once.</summary>
    public double Probe(Candidate candidate, CandidateTime time)
    {
        int threads = Math.Max(1, context.Threads / atOnce);
        try
        {
            Parallel.For(0, atOnce, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, fold => One(candidate, fold, threads, time.Token));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return time.Elapsed / atOnce;
    }

    /// <summary>Every fold's fit, as many at once as there are threads for; null as soon as the time is seen not to suffice.</summary>
    private OneFold[]? FitAll(Candidate candidate, CandidateTime time)
    {
        var (done, failures) = (new OneFold[folds.Count], new Exception?[folds.Count]);
        (int next, int ended, bool isTooSlow, bool isOver) = (-1, 0, false, false);
        int threads = Math.Max(1, context.Threads / atOnce);
        double began = time.Elapsed;
        using var tooSlow = CancellationTokenSource.CreateLinkedTokenSource(time.Token);
        Parallel.For(0, atOnce, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, _ =>
        {
            for (int fold = Interlocked.Increment(ref next); fold < folds.Count && !Volatile.Read(ref isOver); fold = Interlocked.Increment(ref next))
            {
                try
                {
                    done[fold] = One(candidate, fold, threads, tooSlow.Token);

                    // The folds that are at work beside this one will soon be done too.
                    if (!time.SufficesFor(Math.Min(Interlocked.Increment(ref ended) + atOnce - 1, folds.Count), folds.Count, began))
                    {
                        isTooSlow = true;
                        Volatile.Write(ref isOver, true);
                        tooSlow.Cancel();
                    }
                }
                catch (Exception e)
                {
                    // Folds begin in order, so that the first that fails is the same whatever the threads do.
                    failures[fold] = e;
                    Volatile.Write(ref isOver, true);
                }
            }
        });
        time.Token.ThrowIfCancellationRequested();
        if (isTooSlow)
        {
            return null;
        }

        if (failures.FirstOrDefault(failure => failure is not null) is Exception failed)
        {
            ExceptionDispatchInfo.Throw(failed);
        }

        return done;
    }

    private OneFold One(Candidate candidate, int fold, int threads, CancellationToken cancellation)
    {
        FitContext own = context with
        {
            Seed = SeedOf(context.Seed, fold),
            Threads = threads,
            Cancellation = cancellation,
            Progress = null,
            Watched = null,
            Validation = null,
            Checkpoints = null,
        };
        IModel model = candidate.Recipe.Fit(table.Take(folds[fold].Train), own);
        cancellation.ThrowIfCancellationRequested();
        Frame rows = table.Features.Take(folds[fold].Test);
        long began = context.Clock.GetTimestamp();
        Predictions answer = model.Predict(rows, own);
        double microseconds = context.Clock.GetElapsedTime(began).TotalMicroseconds / Math.Max(1, rows.RowCount);
        return Array.TrueForAll(answer.Values, double.IsFinite) ? new OneFold(model, answer, microseconds) : throw new DataException("It predicts what is no finite number.");
    }

    internal static ulong SeedOf(ulong seed, int fold) => unchecked(seed + (ulong)(fold + 1) * 0x9E37_79B9_7F4A_7C15UL);

    private sealed record OneFold(IModel Model, Predictions Answer, double Microseconds);
}
