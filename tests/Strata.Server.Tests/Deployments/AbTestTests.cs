using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Deployments;

public abstract class AbTestContract(TwoModels trained)
{
    private static readonly IReadOnlyDictionary<string, System.Text.Json.JsonElement> Row = TrainedRun.Values("""{"depth":1.2,"period":3,"star":"dwarf"}""");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_test_whose_arm_b_is_right_more_often_is_decided_and_gives_b_all_traffic()
    {
        AbTestView begun = await Client.StartAbTestAsync(new AbTestRequest("better", trained.First, trained.Second, LeastPerArm: 50), Cancellation);
        (begun.Status, begun.Measure, begun.Winner).ShouldBe((AbTestStatus.Running, OutcomeMeasure.Correct, null));
        begun.Verdict.ShouldContain("Too few");
        await Tell("better", 600, (model, i) => model == trained.Second || i % 3 == 0);

        AbTestView known = await Client.AbTestAsync("better", Cancellation);
        (known.Winner, known.B.Mean).ShouldBe(("b", 1));
        known.Lower!.Value.ShouldBeGreaterThan(0);
        known.Verdict.ShouldStartWith("B is better");
        IReadOnlyList<AbTestMoment> course = await Client.AbTestCourseAsync("better", Cancellation);
        course.Count.ShouldBeInRange(100, 200);
        course.Select(moment => moment.PValue).ShouldBeInOrder(SortDirection.Descending);
        course[0].Lower.ShouldBeNull();
        (course[^1].Outcomes, course[^1].Lower, course[^1].Upper).ShouldBe((600, known.Lower, known.Upper));
        await trained.Running.Platform.AbTests.LookAsync();
        AbTestView ended = await Client.AbTestAsync("better", Cancellation);
        ended.Status.ShouldBe(AbTestStatus.Decided);
        DeploymentView deployment = await Client.DeploymentAsync("better", Cancellation);
        deployment.Current.Models.Single().ModelId.ShouldBe(trained.Second);
        deployment.Current.Change.ShouldBe(DeploymentChange.TestDecided);
        await Should.ThrowAsync<RefusedException>(() => Client.StopAbTestAsync("better", cancellation: Cancellation));
    }

    [Fact]
    public async Task A_test_without_a_difference_stays_open_until_somebody_ends_it()
    {
        await Client.StartAbTestAsync(new AbTestRequest("same", trained.First, trained.Second, Split: 0.3, LeastPerArm: 50), Cancellation);
        await Tell("same", 500, (_, i) => i % 2 == 0);
        await trained.Running.Platform.AbTests.LookAsync();
        AbTestView known = await Client.AbTestAsync("same", Cancellation);
        (known.Status, known.Winner).ShouldBe((AbTestStatus.Running, null));
        known.B.Answered.ShouldBeInRange(100, 200);
        (await Client.StopAbTestAsync("same", "a", Cancellation)).Status.ShouldBe(AbTestStatus.Stopped);
        (await Client.DeploymentAsync("same", Cancellation)).Current.Models.Single().ModelId.ShouldBe(trained.First);
        (await Client.AbTestsAsync(cancellation: Cancellation)).Items.ShouldContain(test => test.Name == "same");
    }

    [Fact]
    public async Task A_plan_that_makes_no_sense_is_refused_with_every_problem()
    {
        RefusedException refused = await Should.ThrowAsync<RefusedException>(() =>
            Client.StartAbTestAsync(new AbTestRequest("odd", trained.First, trained.First, Split: 2, Level: 0, LeastPerArm: 1), Cancellation));
        refused.Problem.Problems.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_canary_whose_outcomes_are_worse_is_taken_back_and_one_without_blame_is_promoted()
    {
        await Client.CreateDeploymentAsync(new DeploymentRequest("mine", [new DeployedModelRequest(trained.First)]), Cancellation);
        DeploymentView trial = await Client.StartCanaryAsync("mine", new CanaryRequest(trained.Second, Share: 0.4, Minutes: 60, MostSlowdown: 1000), Cancellation);
        trial.Current.Models[1].Share.ShouldBe(0.4, 1e-9);
        await Tell("mine", 600, (model, i) => model == trained.First || i % 3 == 0);
        await Until(async () => (await Client.DeploymentAsync("mine", Cancellation)).Current.Change == DeploymentChange.CanaryFailed);
        DeploymentView back = await Client.DeploymentAsync("mine", Cancellation);
        back.Current.Models.Single().ModelId.ShouldBe(trained.First);
        back.Current.Note!.ShouldContain("outcomes are worse");

        await Client.StartCanaryAsync("mine", new CanaryRequest(trained.Second, Share: 0.5, Minutes: 0.005, MostSlowdown: 1000, LeastRequests: 10), Cancellation);
        await Tell("mine", 60, (_, _) => true);
        await Until(async () => (await Client.DeploymentAsync("mine", Cancellation)).Current.Change == DeploymentChange.CanaryPassed);
        (await Client.DeploymentAsync("mine", Cancellation)).Current.Models.Single().ModelId.ShouldBe(trained.Second);
    }

    private StrataClient Client => trained.Running.Client;

    /// <summary>Asks, each time as another user, and tells whether the answer was right.</summary>
    private async Task Tell(string name, int count, Func<string, int, bool> isRight)
    {
        var outcomes = new Dictionary<string, string>();
        for (int i = 0; i < count; i++)
        {
            DeploymentPredictions answer = await Client.PredictByDeploymentAsync(name, new DeploymentPredictionRequest([Row], $"user-{i}"), Cancellation);
            outcomes[answer.PredictionIds[0]] = isRight(answer.ModelId, i) ? answer.Items[0].Value.Class! : "another";
        }

        (await Client.RecordOutcomesAsync(name, outcomes, Cancellation)).Recorded.ShouldBe(count);
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (int tries = 0; tries < 300 && !await condition(); tries++)
        {
            await Task.Delay(50, Cancellation);
        }
    }
}

public sealed class AbTestTests(TwoModels trained) : AbTestContract(trained), IClassFixture<TwoModels>;

public sealed class AbTestOnPostgresTests(TwoPostgresModels trained) : AbTestContract(trained), IClassFixture<TwoPostgresModels>;
