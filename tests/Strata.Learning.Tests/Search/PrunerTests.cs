using Shouldly;
using Strata.Learning.Search;
using Strata.Learning.Search.Pruners;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Search;

public class PrunerTests
{
    [Fact]
    public void The_median_of_completed_trials_at_the_same_step_decides()
    {
        Trial[] others = [.. new[] { 1.0, 2, 3, 4, 5 }.Select((value, i) => Reported(i, value, value) with { Status = TrialStatus.Completed })];
        var pruner = new MedianPruner();
        pruner.ShouldPrune(Reported(9, 2.9), others, Direction.Minimize).ShouldBeFalse();
        pruner.ShouldPrune(Reported(9, 3.1), others, Direction.Minimize).ShouldBeTrue();
        pruner.ShouldPrune(Reported(9, 3.1), others, Direction.Maximize).ShouldBeFalse();
        pruner.ShouldPrune(Reported(9, 2.0, 9), others, Direction.Minimize).ShouldBeFalse("its best value so far counts");
        pruner.ShouldPrune(Reported(9, 9), others[..4], Direction.Minimize).ShouldBeFalse("too few have been completed");
        new MedianPruner { WarmupSteps = 1 }.ShouldPrune(Reported(9, 9), others, Direction.Minimize).ShouldBeFalse();
    }

    [Fact]
    public void Successive_halving_lets_a_third_pass_each_rung()
    {
        var pruner = new SuccessiveHalvingPruner();
        var random = new RandomSource(1);
        var trials = new List<Trial>();
        int[] came = new int[4];
        for (int number = 0; number < 300; number++)
        {
            double quality = random.NextDouble();
            Trial trial = Reported(number);
            for (int step = 0; step < 27; step++)
            {
                trial = trial with { Reports = [.. trial.Reports, new TrialReport(step, quality)] };
                if (pruner.ShouldPrune(trial, trials, Direction.Minimize))
                {
                    break;
                }
            }

            came[0] += trial.Reports.Count > 1 ? 1 : 0;
            came[1] += trial.Reports.Count > 3 ? 1 : 0;
            came[2] += trial.Reports.Count > 9 ? 1 : 0;
            trials.Add(trial);
        }

        came[0].ShouldBeInRange(80, 125);
        came[1].ShouldBeInRange(20, 60);
        came[2].ShouldBeInRange(5, 35);
    }

    [Fact]
    public void Hyperband_deals_trials_to_brackets_that_judge_later_and_later()
    {
        var pruner = new HyperbandPruner(mostSteps: 27);
        pruner.BracketCount.ShouldBe(4);
        int[] counts = [.. Enumerable.Range(0, 4).Select(bracket => Enumerable.Range(0, 49).Count(trial => pruner.BracketOf(trial) == bracket))];
        counts.ShouldBe([27, 12, 6, 4]);
        int late = Enumerable.Range(0, 49).First(trial => pruner.BracketOf(trial) == 3);
        Trial[] better = [.. Enumerable.Range(50, 400).Select(i => Reported(i, [.. Enumerable.Repeat(0.0, 27)]))];
        pruner.ShouldPrune(Reported(late, [.. Enumerable.Repeat(1.0, 26)]), better, Direction.Minimize).ShouldBeFalse();
        int early = Enumerable.Range(0, 49).First(trial => pruner.BracketOf(trial) == 0);
        pruner.ShouldPrune(Reported(early, 1.0), better, Direction.Minimize).ShouldBeTrue();
    }

    private static Trial Reported(int number, params double[] values) => new() { Number = number, Point = [0], Reports = [.. values.Select((value, step) => new TrialReport(step, value))] };
}
