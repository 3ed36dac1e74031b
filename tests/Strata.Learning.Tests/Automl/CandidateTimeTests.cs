using Shouldly;
using Strata.Learning.Automl;
using Xunit;

namespace Strata.Learning.Tests.Automl;

public sealed class CandidateTimeTests
{
    [Fact]
    public void What_earlier_candidates_took_of_a_shared_time_is_not_taken_for_the_pace_of_this_one()
    {
        var clock = new SteppedClock();
        using var time = new CandidateTime(100, 100, clock, CancellationToken.None, CancellationToken.None);
        clock.Take(60);
        double began = time.Elapsed;

        clock.Take(5);
        time.SufficesFor(1, 4, began).ShouldBeTrue("three more parts of 5 seconds end after 80");
        clock.Take(10);
        time.SufficesFor(1, 4, began).ShouldBeFalse("three more parts of 15 seconds end after 120");
        time.SufficesFor(2, 4, began).ShouldBeTrue();
    }

    [Fact]
    public void What_is_half_done_may_take_longer_than_what_has_only_begun()
    {
        var clock = new SteppedClock();
        using var time = new CandidateTime(20, 30, clock, CancellationToken.None, CancellationToken.None);

        clock.Take(6);
        time.SufficesFor(1, 4, 0).ShouldBeFalse("it would take 24 seconds");
        clock.Take(6);
        time.SufficesFor(2, 4, 0).ShouldBeTrue("it would take 24 seconds, and is half done");
        clock.Take(17);
        time.Token.IsCancellationRequested.ShouldBeFalse();
        clock.Take(1);
        time.Token.IsCancellationRequested.ShouldBeTrue();
    }
}
