using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Strata.Platform.Runs;

namespace Strata.Platform.Jobs;

/// <summary>Tells whoever listens what happens to jobs, after it is stored. A slow listener is cut off, never waited for; it resumes by the last id it saw.</summary>
public sealed class JobEvents
{
    private const int RecentCount = 4096;
    private const int MostWaiting = 20_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Topic> topics = new(StringComparer.Ordinal);
    private readonly Func<string, Job> find;
    private readonly Func<Job, (IReadOnlyList<MetricSeries> Series, IReadOnlyList<LogLine> Log)> history;
    private long lastId;

    /// <param name="clock">Ids start from its time, so that they grow over restarts too.</param>
    /// <param name="find">The job as it is stored.</param>
    /// <param name="history">What else is stored of it, for listeners who come late.</param>
    internal JobEvents(TimeProvider clock, Func<string, Job> find, Func<Job, (IReadOnlyList<MetricSeries> Series, IReadOnlyList<LogLine> Log)> history) =>
        (lastId, this.find, this.history) = (clock.GetUtcNow().ToUnixTimeMilliseconds() * 1000, find, history);

    /// <summary>
    /// The job's state, then its events up to its end. After the last id that a listener saw, only what followed comes, when that is still known;
    /// otherwise all that is stored comes first (metrics thinned; points and log lines carry their own numbers, so that one seen twice does no harm).
    /// </summary>
    /// <exception cref="NotFoundException">There is no such job.</exception>
    public async IAsyncEnumerable<JobEvent> ListenAsync(string jobId, long? after = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var channel = Channel.CreateBounded<JobEvent>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
        (IReadOnlyList<JobEvent>? missed, long from) = Join(jobId, channel, after);
        try
        {
            Job job = find(jobId);
            foreach (JobEvent past in missed ?? Replay(job, from))
            {
                yield return past;
            }

            yield return new JobEvent(from, jobId, "status", Job: job);
            if (job.Status.IsEnded())
            {
                yield break;
            }

            await foreach (JobEvent happened in channel.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                yield return happened;
                if (happened.IsLast)
                {
                    yield break;
                }
            }
        }
        finally
        {
            Leave(jobId, channel);
        }
    }

    /// <summary>Returns when the job has ended.</summary>
    internal async Task WaitForEndAsync(string jobId, CancellationToken cancellation)
    {
        Channel<JobEvent> channel = Channel.CreateUnbounded<JobEvent>(new UnboundedChannelOptions { SingleReader = true });
        Join(jobId, channel, null);
        try
        {
            while (!find(jobId).Status.IsEnded() && await channel.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
            {
                while (channel.Reader.TryRead(out JobEvent? happened) && !happened.IsLast)
                {
                    // What happens on the way does not matter here.
                }
            }
        }
        finally
        {
            Leave(jobId, channel);
        }
    }

    internal void Status(Job job) => Publish(job.Id, [new JobEvent(0, job.Id, "status", Job: job)]);

    /// <summary>Numbers the events and passes them on.</summary>
    internal void Publish(string jobId, IReadOnlyList<JobEvent> happened)
    {
        lock (gate)
        {
            Topic topic = TopicOf(jobId);
            foreach (JobEvent one in happened)
            {
                JobEvent numbered = one with { Id = ++lastId };
                topic.Remember(numbered);
                topic.Listeners.RemoveAll(listener => !listener.Writer.TryWrite(numbered) && listener.Writer.TryComplete());
                if (numbered.IsLast)
                {
                    topic.Listeners.ForEach(listener => listener.Writer.TryComplete());
                    topics.Remove(jobId);
                }
            }
        }
    }

    private IEnumerable<JobEvent> Replay(Job job, long id)
    {
        (IReadOnlyList<MetricSeries> series, IReadOnlyList<LogLine> log) = history(job);
        return
        [
            .. log.Select(line => new JobEvent(id, job.Id, "log", Line: line)),
            .. series.SelectMany(one => one.Points).Select(point => new JobEvent(id, job.Id, "metric", Metric: point)),
        ];
    }

    /// <summary>Adds a listener; gives the events after the id it knows, or null when they are not all known, and the id that the live ones follow.</summary>
    private (IReadOnlyList<JobEvent>? Missed, long From) Join(string jobId, Channel<JobEvent> channel, long? after)
    {
        lock (gate)
        {
            Topic topic = TopicOf(jobId);
            topic.Listeners.Add(channel);
            return (after is long id && id <= lastId ? topic.After(id) : null, lastId);
        }
    }

    private void Leave(string jobId, Channel<JobEvent> channel)
    {
        lock (gate)
        {
            if (topics.TryGetValue(jobId, out Topic? topic))
            {
                topic.Listeners.Remove(channel);
                if (topic is { Listeners.Count: 0, IsEmpty: true })
                {
                    topics.Remove(jobId);
                }
            }
        }
    }

    private Topic TopicOf(string jobId) => topics.TryGetValue(jobId, out Topic? topic) ? topic : topics[jobId] = new Topic(lastId);

    /// <summary>One job's listeners and latest events.</summary>
    /// <param name="since">The id before the first event that could be in <c>recent</c>.</param>
    private sealed class Topic(long since)
    {
        private readonly Queue<JobEvent> recent = [];
        private long since = since;

        public List<Channel<JobEvent>> Listeners { get; } = [];

        public bool IsEmpty => recent.Count == 0;

        public void Remember(JobEvent happened)
        {
            recent.Enqueue(happened);
            if (recent.Count > RecentCount)
            {
                since = recent.Dequeue().Id;
            }
        }

        public IReadOnlyList<JobEvent>? After(long id) => id < since ? null : [.. recent.Where(happened => happened.Id > id)];
    }
}
