using Shouldly;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Xunit;

namespace Strata.Platform.Tests.Jobs;

/// <summary>Jobs that come after others.</summary>
public sealed class JobChainTests
{
    [Fact]
    public async Task A_job_starts_when_those_before_it_have_completed()
    {
        await using JobHouse house = await JobHouse.StartAsync();
        Job first = await house.EnqueueAsync("succeed");
        Job second = await house.EnqueueAsync("succeed");
        Job last = await house.EnqueueAsync("succeed", terms: After(first.Id, second.Id, first.Id));
        last.Terms.After.Order().ShouldBe(new[] { first.Id, second.Id }.Order());
        last.QueuePosition.ShouldBeNull("it does not wait for a worker yet");
        Job done = await house.EndAsync(last.Id);
        done.Status.ShouldBe(JobStatus.Completed, done.Error);
        done.StartedAt!.Value.ShouldBeGreaterThanOrEqualTo(house.Jobs.Get(first.Id).EndedAt!.Value);
        done.StartedAt!.Value.ShouldBeGreaterThanOrEqualTo(house.Jobs.Get(second.Id).EndedAt!.Value);
    }

    [Fact]
    public async Task Where_a_job_fails_all_that_follow_it_are_cancelled_with_the_reason()
    {
        await using JobHouse house = await JobHouse.StartAsync();
        Job fails = await house.EnqueueAsync("fail");
        Job next = await house.EnqueueAsync("succeed", terms: After(fails.Id));
        Job last = await house.EnqueueAsync("succeed", terms: After(next.Id));
        await house.Jobs.PauseAsync(last.Id);
        Job ended = await house.EndAsync(next.Id);
        (ended.Status, ended.Error, ended.Attempt).ShouldBe((JobStatus.Cancelled, $"It was to come after job {fails.Id}, which failed.", 0));
        (await house.EndAsync(last.Id)).Error.ShouldBe($"It was to come after job {next.Id}, which was cancelled.");
    }

    [Fact]
    public async Task Nothing_comes_after_a_job_that_is_unknown_or_has_failed()
    {
        await using JobHouse house = await JobHouse.StartAsync();
        await Should.ThrowAsync<NotFoundException>(() => house.EnqueueAsync("succeed", terms: After("none")));
        Job failed = await house.RunAsync("fail");
        (await Should.ThrowAsync<ConflictException>(() => house.EnqueueAsync("succeed", terms: After(failed.Id)))).Message.ShouldContain("has failed");
    }

    [Fact]
    public async Task What_was_left_waiting_in_vain_when_a_server_died_is_cancelled_by_the_next()
    {
        await using JobHouse house = JobHouse.Idle();
        Job first = await house.EnqueueAsync("succeed");
        Job next = await house.EnqueueAsync("succeed", terms: After(first.Id));
        await house.Jobs.CancelAsync(first.Id);
        await house.ReopenAsync();
        (await house.EndAsync(next.Id)).Status.ShouldBe(JobStatus.Cancelled);
    }

    private static JobTerms After(params string[] ids) => new() { After = ids };
}
