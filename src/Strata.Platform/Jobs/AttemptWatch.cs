using Strata.Platform.Runs;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>Looks after one worker: takes in what it reports, stops it when it must stop, and settles what has come of it.</summary>
internal sealed class AttemptWatch(DataStore store, JobQueue queue, PlatformOptions options, TimeProvider clock, Job job, AttemptFolder folder, WorkerProcess worker)
{
    /// <summary>Measuring a folder takes a look at each of its files.</summary>
    private static readonly TimeSpan MeasureInterval = TimeSpan.FromSeconds(1);

    private readonly AttemptSettlement settlement = new(store, queue, options, clock, folder);
    private Job job = job;
    private long offset;
    private TimeSpan elapsed;
    private long lastSign = clock.GetTimestamp();
    private long lastProgress = clock.GetTimestamp();
    private (StopReason Reason, long At)? asked;
    private long lastMeasured = clock.GetTimestamp();

    /// <summary>Watches until the worker is gone and its job is settled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        offset = store.Database.Read(connection => JobTable.IngestedBytes(connection, job.Id, job.Attempt));
        while (true)
        {
            bool hasEnded = worker.HasEnded();
            while (await TakeInAsync().ConfigureAwait(false))
            {
                // A chunk at a time until all is taken in; when the worker has ended before, that is all there will be.
            }

            if (hasEnded)
            {
                await settlement.SettleAsync(job, worker.ExitCode, cancellation).ConfigureAwait(false);
                return;
            }

            StopWhenDue();
            await Task.Delay(options.PollInterval, clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Stores the next events together with the mark of how far they were read, and then tells the listeners. False when there is nothing new.</summary>
    private async Task<bool> TakeInAsync()
    {
        (IReadOnlyList<WorkerEvent> events, long next) = EventReader.Read(folder.EventsFile, offset);
        if (next == offset)
        {
            return false;
        }

        lastSign = clock.GetTimestamp();
        if (events.Any(happened => happened.Type != WorkerEventType.Beat))
        {
            lastProgress = lastSign;
        }

        elapsed = events.LastOrDefault(happened => happened.Elapsed is not null)?.Elapsed is double seconds ? TimeSpan.FromSeconds(seconds) : elapsed;
        (Job Job, IReadOnlyList<LogLine> Lines, bool HasStarted)? taken = await StoreAsync(events, next).ConfigureAwait(false);
        offset = next;
        if (taken is { } stored)
        {
            job = stored.Job;
            Publish(stored.Job, events, stored.Lines, stored.HasStarted);
        }

        return true;
    }

    private Task<(Job Job, IReadOnlyList<LogLine> Lines, bool HasStarted)?> StoreAsync(IReadOnlyList<WorkerEvent> events, long next)
    {
        MetricPoint[] points = [.. events.Where(happened => happened.Type == WorkerEventType.Metric).Select(happened => new MetricPoint(happened.Metric!, happened.Step ?? 0, happened.Value ?? double.NaN, happened.Time))];
        (DateTimeOffset, string)[] lines = [.. events.Where(happened => happened.Type == WorkerEventType.Log).Select(happened => (DateTimeOffset.FromUnixTimeMilliseconds(happened.Time), happened.Text ?? string.Empty))];
        WorkerEvent? progress = events.LastOrDefault(happened => happened.Type == WorkerEventType.Progress);
        long from = offset;
        return store.Database.WriteAsync<(Job, IReadOnlyList<LogLine>, bool)?>(connection =>
        {
            if (!JobTable.TryAdvance(connection, job.Id, job.Attempt, from, next, elapsed))
            {
                return null;
            }

            Job before = JobTable.Get(connection, job.Id);
            bool hasStarted = before.Status == JobStatus.Preparing;
            Job after = hasStarted ? before.Start(clock.GetUtcNow()) : before;
            after = progress is null ? after : after with { Progress = progress.Percent ?? after.Progress, CurrentStep = progress.Doing ?? after.CurrentStep };
            MetricSeries.Append(connection, after.Owner, points);
            IReadOnlyList<LogLine> numbered = JobTable.AppendLog(connection, after.Id, lines);
            if (after != before)
            {
                JobTable.Save(connection, after);
            }

            return (after, numbered, hasStarted);
        });
    }

    private void Publish(Job now, IReadOnlyList<WorkerEvent> events, IReadOnlyList<LogLine> lines, bool hasStarted)
    {
        var news = new List<JobEvent>();
        if (hasStarted)
        {
            news.Add(new JobEvent(0, now.Id, "status", Job: now));
        }

        news.AddRange(lines.Select(line => new JobEvent(0, now.Id, "log", Line: line)));
        news.AddRange(events.Where(happened => happened.Type == WorkerEventType.Metric)
            .Select(happened => new JobEvent(0, now.Id, "metric", Metric: new MetricPoint(happened.Metric!, happened.Step ?? 0, happened.Value ?? double.NaN, happened.Time))));
        if (!hasStarted && events.Any(happened => happened.Type == WorkerEventType.Progress))
        {
            news.Add(new JobEvent(0, now.Id, "progress", Job: now));
        }

        queue.Events.Publish(now.Id, news);
    }

    private void StopWhenDue()
    {
        if (ReasonToStop() is StopReason reason && (asked is null || (asked.Value.Reason == StopReason.Paused && reason != StopReason.Paused)))
        {
            folder.AskToStop(reason);
            asked = (reason, clock.GetTimestamp());
        }

        if (asked is { } wish && clock.GetElapsedTime(wish.At) >= GraceOf(wish.Reason))
        {
            worker.Kill();
        }
    }

    /// <summary>A worker that does not answer cannot obey, and one that fills the memory must not have time for more.</summary>
    private TimeSpan GraceOf(StopReason reason) => reason switch
    {
        StopReason.NoHeartbeat or StopReason.OutOfMemory => TimeSpan.Zero,
        StopReason.Paused => options.PauseGrace,
        _ => options.CancelGrace,
    };

    /// <summary>Times are judged by the worker's own count of seconds and by this process's timer, never by the time of day, which people set.</summary>
    private StopReason? ReasonToStop()
    {
        (bool cancel, bool pause, bool finish) = store.Database.Read(connection => JobTable.Requests(connection, job.Id));
        if (finish)
        {
            folder.AskToFinish();
        }

        return cancel ? StopReason.Cancelled
            : job.Worked + elapsed > job.TimeLimit ? StopReason.TimeLimit
            : clock.GetElapsedTime(lastSign) > options.HeartbeatTimeout ? StopReason.NoHeartbeat
            : clock.GetElapsedTime(lastProgress) > options.ProgressTimeout ? StopReason.NoProgress
            : worker.MemoryBytes() > options.ResidentBytes ? StopReason.OutOfMemory
            : HasLeftTooMuch() ? StopReason.DiskLimit
            : pause ? StopReason.Paused
            : null;
    }

    private bool HasLeftTooMuch()
    {
        if (clock.GetElapsedTime(lastMeasured) < MeasureInterval)
        {
            return false;
        }

        lastMeasured = clock.GetTimestamp();
        return folder.Bytes() > options.WorkerDiskBytes;
    }
}
