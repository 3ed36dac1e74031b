using Shouldly;
using Strata.Platform.Jobs;
using Xunit;

namespace Strata.Platform.Tests.Jobs;

/// <summary>The states of a job and the verbs between them.</summary>
public class JobTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly (string Verb, Func<Job, Job> Apply)[] Verbs =
    [
        ("prepare", job => job.Prepare()),
        ("start", job => job.Start(At)),
        ("retry", job => job.Retry(At)),
        ("complete", job => job.Complete(null, At)),
        ("fail", job => job.Fail("why", At)),
        ("request pause", job => job.RequestPause()),
        ("pause", job => job.Pause()),
        ("resume", job => job.Resume()),
        ("request cancel", job => job.RequestCancel()),
        ("cancel", job => job.Cancel(At)),
    ];

    private static Job Queued => new() { Id = "a", Kind = "k", Payload = [], Owner = "a", CreatedAt = At, TimeLimit = TimeSpan.FromHours(1) };

    private static Job Preparing => Queued.Prepare();

    private static Job Running => Preparing.Start(At);

    public static TheoryData<JobStatus, string> LegalVerbs => new()
    {
        { JobStatus.Queued, "prepare, fail, request pause, pause, request cancel, cancel" },
        { JobStatus.Preparing, "start, retry, complete, fail, request pause, pause, request cancel, cancel" },
        { JobStatus.Running, "retry, complete, fail, request pause, pause, request cancel, cancel" },
        { JobStatus.Paused, "fail, resume, request cancel, cancel" },
        { JobStatus.Completed, "" },
        { JobStatus.Failed, "" },
        { JobStatus.Cancelled, "" },
    };

    [Theory]
    [MemberData(nameof(LegalVerbs))]
    public void Only_the_verbs_that_fit_the_state_are_taken(JobStatus status, string legal)
    {
        Job job = In(status);
        List<string> taken = [];
        foreach ((string verb, Func<Job, Job> apply) in Verbs)
        {
            try
            {
                apply(job);
                taken.Add(verb);
            }
            catch (ConflictException e)
            {
                e.Message.ShouldContain("Job a is");
            }
        }

        string.Join(", ", taken).ShouldBe(legal);
    }

    [Fact]
    public void Each_preparation_is_a_new_attempt_and_only_crashes_count_as_crashes()
    {
        Job again = Running.Retry(At).Prepare().Start(At.AddMinutes(1)).Retry(At, isCrash: false).Prepare();
        again.Attempt.ShouldBe(3);
        again.Crashes.ShouldBe(1);
        again.NotBefore.ShouldBeNull();
        again.StartedAt.ShouldBe(At);
        again.AttemptId.ShouldBe("a-3");
    }

    [Fact]
    public void A_job_that_crashes_while_it_is_to_pause_is_paused_and_one_resumed_in_time_is_not()
    {
        Job paused = Running.RequestPause().Retry(At);
        (paused.Status, paused.Crashes, paused.IsPauseRequested, paused.NotBefore).ShouldBe((JobStatus.Paused, 1, false, null));
        Running.RequestPause().Resume().Retry(At).Status.ShouldBe(JobStatus.Queued);
        paused.Resume().Prepare().Attempt.ShouldBe(2);
    }

    [Fact]
    public void A_completed_job_is_at_a_hundred_percent_and_has_all_its_times()
    {
        Job done = Preparing.Complete("result", At);
        (done.Progress, done.StartedAt, done.EndedAt).ShouldBe((100, At, At));
        done.Result!.GetValue<string>().ShouldBe("result");
    }

    private static Job In(JobStatus status) => status switch
    {
        JobStatus.Queued => Queued,
        JobStatus.Preparing => Preparing,
        JobStatus.Running => Running,
        JobStatus.Paused => Running.Pause(),
        JobStatus.Completed => Running.Complete(null, At),
        JobStatus.Failed => Running.Fail("why", At),
        _ => Running.Cancel(At),
    };
}
