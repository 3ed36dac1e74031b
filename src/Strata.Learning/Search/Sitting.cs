using System.Globalization;
using System.Runtime.ExceptionServices;
using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Search;

/// <summary>One stretch of work on a study: workers that evaluate trials, and a watch over time and memory.</summary>
internal sealed class Sitting : IDisposable
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Study study;
    private readonly Objective objective;
    private readonly SearchBudget budget;
    private readonly CancellationToken cancellation;
    private readonly long began;
    private readonly List<(RunningTrial Trial, CancellationTokenSource Cancel)> running = [];
    private readonly ITimer watch;
    private readonly CancellationTokenRegistration registration;
    private string? over;
    private Exception? broken;

    public Sitting(Study study, Objective objective, SearchBudget budget, CancellationToken cancellation)
    {
        (this.study, this.objective, this.budget, this.cancellation) = (study, objective, budget, cancellation);
        began = study.Clock.GetTimestamp();
        registration = cancellation.Register(() => Close("The search was cancelled."));
        bool isWatching = budget.Time is not null || budget.MemoryInBytes is not null;
        watch = study.Clock.CreateTimer(_ => Watch(), null, isWatching ? WatchEvery : Timeout.InfiniteTimeSpan, WatchEvery);
    }

    public void Run()
    {
        if (IsOverMemory())
        {
            throw new DataException($"The process takes {Megabytes(study.MemoryInUse())} MB before any trial; the memory budget is {Megabytes(budget.MemoryInBytes!.Value)} MB.");
        }

        if (budget.Parallel == 1)
        {
            Work();
        }
        else
        {
            Task.WaitAll([.. Enumerable.Range(0, budget.Parallel).Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))], CancellationToken.None);
        }

        if (broken is not null)
        {
            ExceptionDispatchInfo.Throw(broken);
        }
    }

    public void Dispose()
    {
        registration.Dispose();
        watch.Dispose();
    }

    private void Work()
    {
        try
        {
            while (Enter() is { } entered)
            {
                Trial ended = Evaluate(entered.Trial, entered.Running);
                lock (gate)
                {
                    running.RemoveAll(other => other.Trial == entered.Running);
                }

                study.End(ended);
            }
        }
        catch (Exception e)
        {
            // A study that cannot be written, or a sampler that throws, ends the search; what the objective throws never comes here.
            lock (gate)
            {
                broken ??= e;
            }

            Close("The search broke off.");
        }
    }

    private (Trial Trial, RunningTrial Running)? Enter()
    {
        lock (gate)
        {
            // The timer ticks ten times a second; trials may be shorter.
            if (IsOverTime())
            {
                over ??= TimeIsUp;
            }

            if (over is not null || (running.Count > 0 && IsOverMemory()) || study.Start(budget) is not Trial trial)
            {
                return null;
            }

            var cancel = new CancellationTokenSource();
            RunningTrial? entered = null;
            entered = new RunningTrial(study.Space, trial, RandomSource.For(study.Seed, $"evaluation {trial.Number}").NextBits(), (_, _) => study.ShouldPrune(trial, entered!.Reports), cancel);
            running.Add((entered, cancel));
            return (trial, entered);
        }
    }

    private Trial Evaluate(Trial trial, RunningTrial entered)
    {
        long started = study.Clock.GetTimestamp();
        Trial End(TrialStatus status, double value = double.NaN, string? reason = null) => trial with
        {
            Status = status,
            Value = value,
            Reason = reason,
            Reports = [.. entered.Reports],
            Notes = new Dictionary<string, double>(entered.Notes),
            Duration = study.Clock.GetElapsedTime(started),
        };
        Trial Left() => entered.IsAtFault ? End(TrialStatus.Failed, reason: entered.StopReason)
            : entered.StopReason is string reason ? End(TrialStatus.Stopped, reason: reason)
            : End(TrialStatus.Pruned, reason: $"Behind others at step {entered.Reports[^1].Step}.");
        try
        {
            double value = objective(entered);
            return entered.IsPruned && entered.StopReason is null ? Left()
                : double.IsFinite(value) ? End(TrialStatus.Completed, value)
                : End(TrialStatus.Failed, reason: $"The objective gave {value}.");
        }
        catch (OperationCanceledException) when (entered.IsPruned || entered.StopReason is not null)
        {
            return Left();
        }
        catch (Exception e)
        {
            // Whatever a point does to its evaluation is a result of the search, not its end.
            return End(TrialStatus.Failed, reason: e is AggregateException { InnerException: Exception inner } ? inner.Message : e.Message);
        }
    }

    private void Watch()
    {
        if (IsOverTime())
        {
            Close(TimeIsUp);
        }
        else if (IsOverMemory())
        {
            RunningTrial? youngest;
            lock (gate)
            {
                youngest = running.Count > 0 && running.TrueForAll(entry => !entry.Trial.IsAtFault) ? running[^1].Trial : null;
            }

            youngest?.Stop($"The process took more than {Megabytes(budget.MemoryInBytes!.Value)} MB.", isAtFault: true);
        }
    }

    private void Close(string reason)
    {
        RunningTrial[] entered;
        lock (gate)
        {
            over ??= reason;
            entered = [.. running.Select(entry => entry.Trial)];
        }

        foreach (RunningTrial trial in entered)
        {
            trial.Stop(reason, isAtFault: false);
        }
    }

    private string TimeIsUp => $"The time budget of {budget.Time?.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s was used up.";

    private bool IsOverTime() => budget.Time is TimeSpan time && study.Clock.GetElapsedTime(began) >= time - (budget.Reserve?.Invoke(study.Best) ?? TimeSpan.Zero);

    /// <summary>Whether more memory is taken than budgeted, after what is no longer used has been given back.</summary>
    private bool IsOverMemory()
    {
        if (budget.MemoryInBytes is not long most || study.MemoryInUse() <= most)
        {
            return false;
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return study.MemoryInUse() > most;
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.#", CultureInfo.InvariantCulture);
}
