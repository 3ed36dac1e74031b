using System.Text;
using Shouldly;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Models;

public sealed class ExplanationTests(TrainedRun trained) : IClassFixture<TrainedRun>
{
    private const string Row = """{"depth":1.2,"period":3,"star":"dwarf"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Contributions_are_those_of_the_predictions_reasons_and_sum_to_the_raw_score()
    {
        ExplanationView explained = await Explain($$"""{"rows":[{{Row}}],"interactions":true}""");
        Prediction predicted = (await (await Post("predictions", $$"""{"rows":[{{Row}}],"explain":true}""")).Read<PredictionList>()).Items.Single();

        explained.Columns.ShouldBe(["depth", "period", "star"]);
        explained.Outputs.ShouldBe(["planet"]);
        ScoreExplanation score = explained.Items.Single().Scores.Single();
        (score.Bias + score.Contributions.Sum()).ShouldBe(predicted.RawScores.Single(), 1e-9);
        score.Contributions[0].ShouldBe(predicted.Reasons!.Single(reason => reason.Column == "depth").Contribution, 1e-12);
        score.Interactions!.Select(line => line.Sum()).ShouldBe(score.Contributions, 1e-9);
    }

    [Fact]
    public async Task Rows_of_a_dataset_are_explained_by_number()
    {
        ExplanationView explained = await Explain($$"""{"dataset_id":"{{trained.Dataset.Id}}","offset":398,"count":10,"method":"interventional","background_rows":20}""");

        explained.Items.Select(item => item.Row).ShouldBe([398, 399]);
    }

    [Theory]
    [InlineData("kernel")]
    [InlineData("permutation")]
    public async Task Reasons_by_sampling_tell_what_they_explain_and_how_sure_they_are(string method)
    {
        PredictionList predicted = await (await Post("predictions", $$$"""{"rows":[{{{Row}}}],"reasons":{"method":"{{{method}}}","evaluations":100}}""")).Read<PredictionList>();
        ExplanationView explained = await Explain($$"""{"rows":[{{Row}}],"method":"{{method}}","evaluations":100,"plots":true}""");

        predicted.ReasonsBasis!.Explained.ShouldBe(ExplainedOutput.Prediction);
        Prediction row = predicted.Items.Single();
        (row.Bias!.Value + row.Reasons!.Sum(reason => reason.Contribution)).ShouldBe(row.Probabilities["planet"], 1e-9);
        row.Reasons!.ShouldAllBe(reason => reason.StandardError >= 0);
        explained.Basis!.AdditivityError!.Value.ShouldBeLessThan(1e-9);
        explained.Items.Single().Scores.Single().StandardErrors!.Count.ShouldBe(3);
        explained.Plots!.Keys.ShouldBe(["waterfall", "force"]);
        explained.Plots["force"].ShouldContain("prediction");
    }

    [Theory]
    [InlineData("permutation")]
    [InlineData("gain")]
    [InlineData("splits")]
    public async Task Importance_says_what_matters_on_the_whole(string kind)
    {
        string dataset = kind == "permutation" ? $$""" "dataset_id":"{{trained.Dataset.Id}}", """ : string.Empty;

        ExplanationView explained = await Explain($$"""{ {{dataset}} "importance":"{{kind}}"}""");

        explained.Items.ShouldBeEmpty();
        explained.Importance!.Count.ShouldBe(3);
        explained.Importance[0].Column.ShouldBe("depth");
        explained.Importance.Select(column => column.Mean).ShouldBe(explained.Importance.Select(column => column.Mean).OrderDescending());
    }

    [Theory]
    [InlineData("""{}""", 422, "'rows' and 'dataset_id' are missing")]
    [InlineData("""{"rows":[{"depth":1}],"dataset_id":"x"}""", 422, "expected one of them")]
    [InlineData("""{"rows":[{"depth":1}],"count":3}""", 422, "go with 'dataset_id'")]
    [InlineData("""{"rows":[{"depth":1}]}""", 422, "period")]
    [InlineData("""{"rows":[{"depth":[1]}]}""", 422, "Column 'depth' holds series; expected single values")]
    [InlineData("""{"rows":[{"depth":1,"period":1,"star":"dwarf"}],"importance":"permutation"}""", 422, "verdict")]
    [InlineData("""{"importance":"gian"}""", 400, "permutation, gain, cover, splits")]
    [InlineData("""{"importance":"gain","interactions":true}""", 422, "'interactions' are told row by row")]
    [InlineData("""{"dataset_id":"none"}""", 404, "none")]
    public async Task What_cannot_be_explained_is_refused(string body, int status, string named)
    {
        Problem problem = await (await Post("explanations", body)).Problem(status);

        problem.Detail!.ShouldContain(named);
    }

    private async Task<ExplanationView> Explain(string body) => await (await Post("explanations", body)).Read<ExplanationView>();

    private Task<HttpResponseMessage> Post(string what, string body) =>
        trained.Running.Http.PostAsync($"/api/models/{trained.Run.ModelId}/{what}", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
}
