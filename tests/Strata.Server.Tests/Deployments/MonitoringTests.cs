using System.Globalization;
using System.Net;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Tensors;
using Xunit;

namespace Strata.Server.Tests.Deployments;

public abstract class MonitoringContract(TwoModels trained)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StrataClient Client => trained.Running.Client;

    [Fact]
    public async Task Rows_as_in_training_have_not_drifted_and_shifted_ones_have()
    {
        await Ask("calm", 0, 300);
        DriftView calm = await Client.DriftAsync("calm", cancellation: Cancellation);
        calm.Columns.Select(column => column.Column).ShouldBe(["depth", "period", "star", "prediction", "confidence"]);
        calm.Columns.ShouldAllBe(column => !column.HasDrifted);
        (calm.Rows, calm.ReferenceRows).ShouldBe((300, 80));
        calm.Verdict.ShouldContain("Nothing has drifted");

        await Ask("moved", 3, 300);
        DriftView moved = await Client.DriftAsync("moved", cancellation: Cancellation);
        moved.Columns.Where(column => column.HasDrifted).Select(column => column.Column).ShouldContain("depth");
        moved.Columns.Single(column => column.Column == "star").HasDrifted.ShouldBeFalse();
        moved.Columns.Single(column => column.Column == "prediction").HasDrifted.ShouldBeTrue();
    }

    [Fact]
    public async Task Performance_is_told_where_outcomes_are_known_and_estimated_where_they_are_not()
    {
        DeploymentPredictions answer = await Ask("judged", 0, 300);
        var outcomes = answer.PredictionIds.Zip(answer.Items).Take(100).Select((pair, i) => (pair.First, Told: i % 4 == 0 ? "other" : pair.Second.Value.Class!)).ToDictionary(pair => pair.First, pair => pair.Told);
        await Client.RecordOutcomesAsync("judged", outcomes, Cancellation);
        PerformanceView performance = await Client.PerformanceAsync("judged", cancellation: Cancellation);
        (performance.Known, performance.Metrics["accuracy"]).ShouldBe((100, 0.75));
        performance.Reference["accuracy"].ShouldBeGreaterThan(0.8);
        performance.EstimatedAccuracy!.Value.ShouldBe(performance.Reference["accuracy"], 0.1);
    }

    [Fact]
    public async Task Collectors_and_load_balancers_find_what_they_ask_for()
    {
        await Ask("counted", 0, 7);
        string text = await trained.Running.Http.GetStringAsync("/metrics", Cancellation);
        text.ShouldContain($"strata_predictions_rows_total{{deployment=\"counted\",model=\"{trained.First}\"}} 7");
        text.ShouldContain($"strata_prediction_seconds_bucket{{deployment=\"counted\",model=\"{trained.First}\",le=\"+Inf\"}} 1");
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'))
        {
            double.TryParse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture, out _).ShouldBeTrue(line);
        }

        (await trained.Running.Http.GetAsync("/health", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await trained.Running.Http.GetAsync("/ready", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<DeploymentPredictions> Ask(string name, double shift, int count)
    {
        await Client.CreateDeploymentAsync(new DeploymentRequest(name, [new DeployedModelRequest(trained.First)]), Cancellation);
        var random = new RandomSource(11);
        IReadOnlyDictionary<string, System.Text.Json.JsonElement>[] rows =
        [
            .. Enumerable.Range(0, count).Select(_ => TrainedRun.Values(string.Create(
                CultureInfo.InvariantCulture, $"{{\"depth\":{random.NextGaussian() + shift:R},\"period\":{random.NextDouble() * 10:R},\"star\":\"{(random.NextInt(2) == 0 ? "dwarf" : "giant")}\"}}"))),
        ];
        return await Client.PredictByDeploymentAsync(name, new DeploymentPredictionRequest(rows), Cancellation);
    }
}

public sealed class MonitoringTests(TwoModels trained) : MonitoringContract(trained), IClassFixture<TwoModels>;

public sealed class MonitoringOnPostgresTests(TwoPostgresModels trained) : MonitoringContract(trained), IClassFixture<TwoPostgresModels>;
