using System.Diagnostics;
using Shouldly;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Xunit;

namespace Strata.Platform.Tests.Jobs;

/// <summary>What a worker may take of the machine, and what becomes of one that takes more.</summary>
public sealed class CeilingTests
{
    [Fact]
    public async Task A_worker_that_holds_too_much_memory_of_any_kind_is_ended_and_not_tried_again()
    {
        await using JobHouse house = await JobHouse.StartAsync(options => options with { WorkerResidentBytes = 200 << 20 });
        Job job = await house.RunAsync("hold_memory");
        job.Status.ShouldBe(JobStatus.Failed);
        job.Error!.ShouldContain("out of memory");
        job.Error!.ShouldContain("200 MiB");
        job.Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_that_leaves_too_much_on_the_disk_is_ended_and_not_tried_again()
    {
        await using JobHouse house = await JobHouse.StartAsync(options => options with { WorkerDiskBytes = 2 << 20 });
        Job job = await house.RunAsync("fill_disk");
        job.Status.ShouldBe(JobStatus.Failed);
        job.Error!.ShouldContain("more than 2 MiB on the disk");
        job.Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task The_time_of_all_attempts_counts_against_the_limit()
    {
        await using JobHouse house = await JobHouse.StartAsync();
        Job job = await house.Jobs.EnqueueAsync(new JobRequest("hang", []) { TimeLimit = TimeSpan.FromSeconds(4) });
        await house.UntilAsync(job.Id, now => now.CurrentStep == "hanging");
        await Task.Delay(TimeSpan.FromSeconds(2.2), TestContext.Current.CancellationToken);
        await house.Jobs.PauseAsync(job.Id);
        await house.UntilAsync(job.Id, now => now.Status == JobStatus.Paused);
        await house.Jobs.ResumeAsync(job.Id);
        var watch = Stopwatch.StartNew();
        Job ended = await house.EndAsync(job.Id);
        ended.Error!.ShouldContain("time limit");
        ended.Worked.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4) + TimeSpan.FromSeconds(2)); // The rest of the limit, and the start of a process.
    }

    [Fact]
    public async Task A_full_disk_is_no_fault_of_the_job_and_it_is_tried_again()
    {
        await using JobHouse house = await JobHouse.StartAsync();
        Job job = await house.RunAsync("disk_full_once");
        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        (job.Attempt, job.Crashes).ShouldBe((2, 1));
        house.Said(job.Id, "The disk refused").ShouldHaveSingleItem().ShouldContain("No space left");
    }
}
