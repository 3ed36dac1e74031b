using Shouldly;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Xunit;

namespace Strata.Platform.Tests.Jobs;

/// <summary>What listeners hear, and how they resume.</summary>
public class JobEventsTests
{
    private static readonly LogLine Stored = new(1, DateTimeOffset.UnixEpoch, "stored");

    private readonly JobEvents events;
    private Job job = new() { Id = "a", Kind = "k", Payload = [], Owner = "a", CreatedAt = DateTimeOffset.UnixEpoch, TimeLimit = TimeSpan.FromHours(1) };

    public JobEventsTests() => events = new JobEvents(TimeProvider.System, _ => job, _ => ([new MetricSeries("loss", 1, [new MetricPoint("loss", 0, 1)])], [Stored]));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listener_who_knows_an_event_hears_only_what_followed_it()
    {
        Say("one", "two", "three");
        List<JobEvent> all = await HeardAsync(null, 2);
        all.Select(Words).ShouldBe(["stored", "loss"]);
        long first = await FirstIdAsync();
        (await HeardAsync(first, 2)).Select(Words).ShouldBe(["two", "three"]);
        (await HeardAsync(first + 2, 1)).Select(Words).ShouldBe(["status"]);
    }

    [Fact]
    public async Task A_listener_whose_event_is_long_gone_or_of_another_time_hears_what_is_stored()
    {
        Say([.. Enumerable.Range(0, 10_000).Select(i => $"line {i}")]);
        (await HeardAsync(await FirstIdAsync() - 9_000, 2)).Select(Words).ShouldBe(["stored", "loss"]);
        (await HeardAsync(long.MaxValue, 2)).Select(Words).ShouldBe(["stored", "loss"]);
        (await HeardAsync(0, 2)).Select(Words).ShouldBe(["stored", "loss"]);
    }

    [Fact]
    public async Task A_listener_who_does_not_listen_is_cut_off_and_nobody_waits_for_it()
    {
        await using IAsyncEnumerator<JobEvent> sleeper = events.ListenAsync("a", cancellation: Cancellation).GetAsyncEnumerator(Cancellation);
        await sleeper.MoveNextAsync();
        for (int i = 0; i < 30; i++)
        {
            Say([.. Enumerable.Repeat("word", 1000)]);
        }

        int heard = 0;
        while (await sleeper.MoveNextAsync())
        {
            heard++;
        }

        heard.ShouldBeInRange(20_000, 20_010);
    }

    [Fact]
    public async Task Everybody_hears_the_end_and_then_nothing()
    {
        Task<List<JobEvent>>[] listeners = [.. Enumerable.Range(0, 5).Select(_ => HeardAsync(null, int.MaxValue))];
        Task waiting = events.WaitForEndAsync("a", Cancellation);
        Say("last words");
        waiting.IsCompleted.ShouldBeFalse();
        job = job.Fail("why", DateTimeOffset.UnixEpoch);
        events.Status(job);
        foreach (List<JobEvent> heard in await Task.WhenAll(listeners))
        {
            heard.Select(Words).ShouldBe(["stored", "loss", "status", "last words", "status"]);
        }

        await waiting;
        (await HeardAsync(null, int.MaxValue))[^1].Job!.Error.ShouldBe("why");
    }

    private static string Words(JobEvent happened) => happened.Line?.Text ?? happened.Metric?.Name ?? happened.Name;

    private void Say(params string[] words) => events.Publish("a", [.. words.Select((text, i) => new JobEvent(0, "a", "log", Line: new LogLine(i, DateTimeOffset.UnixEpoch, text)))]);

    private async Task<List<JobEvent>> HeardAsync(long? after, int count)
    {
        var heard = new List<JobEvent>();
        await foreach (JobEvent happened in events.ListenAsync("a", after, Cancellation))
        {
            heard.Add(happened);
            if (heard.Count == count)
            {
                break;
            }
        }

        return heard;
    }

    /// <summary>The id of the oldest of the three latest events.</summary>
    private async Task<long> FirstIdAsync() => (await HeardAsync(null, 3))[^1].Id - 2;
}
