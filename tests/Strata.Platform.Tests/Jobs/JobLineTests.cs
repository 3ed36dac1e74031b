using Shouldly;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Xunit;

namespace Strata.Platform.Tests.Jobs;

/// <summary>Whose job is next, and how many may wait.</summary>
public sealed class JobLineTests
{
    [Fact]
    public async Task The_most_urgent_job_is_first_and_then_the_oldest()
    {
        await using JobHouse house = JobHouse.Idle();
        string low = await Ask(house, "ann", JobPriority.Low);
        string first = await Ask(house, "ann");
        string second = await Ask(house, "ann");
        string high = await Ask(house, "ann", JobPriority.High);
        string[] expected = [high, first, second, low];
        expected.Select(id => house.Jobs.Get(id).QueuePosition).ShouldBe([1, 2, 3, 4]);
        (await ClaimAll(house)).ShouldBe(expected);
        house.Jobs.Get(high).QueuePosition.ShouldBeNull("it does not wait any more");
    }

    [Fact]
    public async Task Nobodys_many_jobs_keep_anothers_one_waiting_however_urgent_they_are()
    {
        await using JobHouse house = JobHouse.Idle();
        string[] many = [await Ask(house, "ann", JobPriority.High), await Ask(house, "ann", JobPriority.High), await Ask(house, "ann", JobPriority.High)];
        string one = await Ask(house, "bob", JobPriority.Low);
        string[] expected = [many[0], one, many[1], many[2]];
        house.Jobs.List().Items.OrderBy(job => job.QueuePosition).Select(job => job.Id).ShouldBe(expected);
        (await ClaimAll(house)).ShouldBe(expected);
    }

    [Fact]
    public async Task Nobody_runs_more_at_once_than_the_setting_says()
    {
        await using JobHouse house = JobHouse.Idle(options => options with { MaxRunningPerUser = 2 });
        string[] ann = [await Ask(house, "ann"), await Ask(house, "ann"), await Ask(house, "ann")];
        string bob = await Ask(house, "bob");
        (await ClaimAll(house)).ShouldBe([ann[0], bob, ann[1]]);
    }

    [Fact]
    public async Task No_project_runs_or_keeps_more_than_the_settings_say()
    {
        await using JobHouse house = JobHouse.Idle(options => options with { MaxRunningPerProject = 1, MaxQueuedPerProject = 2 });
        string[] lab = [await Ask(house, "ann", project: "lab"), await Ask(house, "bob", project: "lab")];
        (await Should.ThrowAsync<QuotaException>(() => Ask(house, "cid", project: "lab"))).Message.ShouldContain("2 jobs of the project");
        string other = await Ask(house, "ann");
        (await ClaimAll(house)).ShouldBe([lab[0], other]);
    }

    [Fact]
    public async Task Nobody_has_more_jobs_waiting_than_the_setting_says()
    {
        await using JobHouse house = JobHouse.Idle(options => options with { MaxQueuedPerUser = 2 });
        await Ask(house, "ann");
        await house.Jobs.PauseAsync(await Ask(house, "ann"));
        (await Should.ThrowAsync<QuotaException>(() => Ask(house, "ann"))).Message.ShouldContain("2 jobs of yours");
        await Ask(house, "bob");
        await house.Jobs.CancelAsync(house.Jobs.List().Items[^1].Id);
        await Ask(house, "ann");
    }

    private static async Task<string> Ask(JobHouse house, string who, JobPriority priority = JobPriority.Normal, string project = ProjectScope.Usual) =>
        (await house.Jobs.EnqueueAsync(new JobRequest("succeed", []) { Project = project, Terms = new JobTerms { AskedBy = who, Priority = priority } })).Id;

    private static async Task<string[]> ClaimAll(JobHouse house)
    {
        var claimed = new List<string>();
        while (await house.Jobs.ClaimAsync() is Job job)
        {
            claimed.Add(job.Id);
        }

        return [.. claimed];
    }
}
