using Shouldly;
using Strata.Learning.Data;
using Strata.Platform.Monitoring.Alerts;
using Xunit;

namespace Strata.Platform.Tests.Monitoring;

public sealed class AlertStatusTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_a_hold_it_fires_at_once_resolves_and_fires_again() =>
        Walk(hold: 0, coolDown: 0, "0+ 1+ 2- 3- 4+ 5-").ShouldBe(["Firing", "Firing", "Resolved", "Resolved", "Firing", "Resolved"]);

    [Fact]
    public void It_fires_only_when_it_has_held_without_a_break() =>
        Walk(hold: 3, coolDown: 0, "0+ 2+ 3- 4+ 6+ 7+ 8+ 9-").ShouldBe(["Pending", "Pending", "Ok", "Pending", "Pending", "Firing", "Firing", "Resolved"]);

    [Fact]
    public void Within_the_cool_down_it_waits_and_fires_when_it_is_over() =>
        Walk(hold: 0, coolDown: 10, "0+ 1- 2+ 3- 4+ 9+ 10+ 11-").ShouldBe(["Firing", "Resolved", "Pending", "Ok", "Pending", "Pending", "Firing", "Resolved"]);

    [Fact]
    public void Where_nothing_can_be_told_nothing_changes() =>
        Walk(hold: 2, coolDown: 0, "0? 1+ 2? 3+ 4? 9? 10-").ShouldBe(["Ok", "Pending", "Pending", "Firing", "Firing", "Firing", "Resolved"]);

    [Fact]
    public void A_change_keeps_what_was_read_and_counts()
    {
        AlertRule rule = Rule(new AlertTerms { Name = "slow", Condition = AlertCondition.LatencyAbove, Deployment = "d", Threshold = 5 });
        AlertStatus fired = rule.Status.After(new AlertReading(true, 7, "7 ms"), rule, Start.AddMinutes(1));
        fired.ShouldBe(new AlertStatus(AlertState.Firing, Start.AddMinutes(1), 7, "7 ms", Start.AddMinutes(1), 1));
        fired.After(new AlertReading(true, 9, "9 ms"), rule, Start.AddMinutes(2)).ShouldBeSameAs(fired);
        fired.After(new AlertReading(false, 3, "3 ms"), rule, Start.AddMinutes(3)).ShouldBe(new AlertStatus(AlertState.Resolved, Start.AddMinutes(3), 3, "3 ms", Start.AddMinutes(1), 2));
    }

    [Fact]
    public void Terms_that_make_no_sense_are_refused_all_at_once()
    {
        var good = new AlertTerms { Name = "slow", Condition = AlertCondition.LatencyAbove, Deployment = "d", Threshold = 5 };
        good.Check();
        foreach ((AlertTerms bad, int problems) in new[]
        {
            (good with { Deployment = null, Threshold = null, Metric = "mae" }, 3),
            (good with { Threshold = double.NaN, Window = TimeSpan.Zero, Hold = TimeSpan.FromSeconds(-1), LeastRequests = 0 }, 4),
            (good with { Condition = AlertCondition.JobFailed }, 2),
            (good with { Condition = AlertCondition.CanaryRolledBack }, 1),
            (good with { Condition = AlertCondition.PerformanceWorse }, 1),
            (good with { Condition = AlertCondition.PerformanceWorse, Metric = "charm" }, 1),
        })
        {
            Should.Throw<DataException>(bad.Check).Problems.Count.ShouldBe(problems);
        }
    }

    private static AlertRule Rule(AlertTerms terms) => new("r", terms, Start, new AlertStatus(AlertState.Ok, Start));

    /// <summary>The states at seconds at which the condition holds (+), does not (-) or cannot be told (?).</summary>
    private static List<string> Walk(int hold, int coolDown, string looks)
    {
        AlertRule rule = Rule(new AlertTerms { Name = "r", Condition = AlertCondition.JobFailed, Hold = TimeSpan.FromSeconds(hold), CoolDown = TimeSpan.FromSeconds(coolDown) });
        var states = new List<string>();
        foreach (string look in looks.Split(' '))
        {
            bool? holds = look[^1] switch { '+' => true, '-' => false, _ => null };
            rule = rule with { Status = rule.Status.After(new AlertReading(holds, 0, string.Empty), rule, Start.AddSeconds(int.Parse(look[..^1], System.Globalization.CultureInfo.InvariantCulture))) };
            states.Add(rule.Status.State.ToString());
        }

        return states;
    }
}
