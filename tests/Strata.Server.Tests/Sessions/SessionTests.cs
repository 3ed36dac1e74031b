using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Survey;
using Xunit;

namespace Strata.Server.Tests.Sessions;

public sealed class SessionTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task A_custom_training_on_a_simulated_survey_runs_to_its_result()
    {
        string session = await Start("/api/custom/train", """{"model_type":"gradient_boosting","data_source":"simulated","dataset_name":"kepler","hyperparameters":{"trees":15},"row_count":600,"seed":4}""");
        (await Finish("custom", session)).Status.ShouldBe(SessionStatus.Completed);
        SessionResult result = await Result("custom", session);
        result.ValidationMetrics.ShouldNotBeNull().Accuracy.ShouldNotBeNull().ShouldBeGreaterThan(0.5);
        result.ValidationMetrics.ConfusionMatrix.Count.ShouldBe(result.ValidationMetrics.Classes.Count);
        result.TestPredictions.ShouldNotBeEmpty();
        SessionPrediction first = result.TestPredictions[0];
        first.Confidence.ShouldBe(first.Probabilities[first.Prediction]);
        first.Probabilities.Values.Sum().ShouldBe(1, 1e-5);
        first.FeatureImportance.ShouldNotBeEmpty();
        result.ModelInformation["model_type"].GetString().ShouldBe("gradient_boosting");
        result.ModelInformation["simulated"].GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_custom_training_takes_files_in_a_form()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("logistic_regression"), "model_type" },
            { new StringContent("user"), "data_source" },
            { new StringContent("kepler"), "dataset_name" },
            { new StringContent("""{"inverse_regularization":0.5}"""), "hyperparameters" },
            { Survey(Mission.Kepler, 500, 1), "training_file", "training.csv" },
            { Survey(Mission.Kepler, 60, 2), "testing_file", "testing.csv" },
        };
        HttpResponseMessage answer = await shared.Running.Http.PostAsync("/api/custom/train", form, Cancellation);
        string session = (await answer.Read<SessionView>()).SessionId;
        (await Finish("custom", session)).Status.ShouldBe(SessionStatus.Completed);
        SessionResult result = await Result("custom", session);
        result.TestPredictions.Count.ShouldBeGreaterThan(30);
        result.ModelInformation["hyperparameters"].GetProperty("inverse_regularization").GetDouble().ShouldBe(0.5);
        result.ModelInformation["simulated"].GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_pretrained_model_predicts_a_users_rows()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("user"), "data_source" },
            { new StringContent("tess"), "dataset_name" },
            { Survey(Mission.Tess, 80, 3), "testing_file", "mine.csv" },
        };
        string session = (await (await shared.Running.Http.PostAsync("/api/pretrained/predict", form, Cancellation)).Read<SessionView>()).SessionId;
        (await Finish("pretrained", session)).Status.ShouldBe(SessionStatus.Completed);
        SessionResult result = await Result("pretrained", session);
        result.TestPredictions.Count.ShouldBeGreaterThan(40);
        result.TestPredictions.ShouldAllBe(prediction => prediction.Confidence > 0 && prediction.Confidence <= 1);
    }

    [Fact]
    public async Task Labelled_rows_fine_tune_the_pretrained_model_and_say_what_was_gained()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("user"), "data_source" },
            { new StringContent("kepler"), "dataset_name" },
            { Survey(Mission.Kepler, 400, 5), "training_file", "labelled.csv" },
        };
        string session = (await (await shared.Running.Http.PostAsync("/api/pretrained/predict", form, Cancellation)).Read<SessionView>()).SessionId;
        SessionProgress end = await Finish("pretrained", session);
        end.Status.ShouldBe(SessionStatus.Completed, end.CurrentStep);
        SessionResult result = await Result("pretrained", session);
        result.ValidationMetrics.ShouldNotBeNull();
        result.ModelInformation["fine_tuned"].GetBoolean().ShouldBeTrue();
        result.ModelInformation["fine_tuning"].GetProperty("gain_over_scratch").GetProperty("accuracy").ValueKind.ShouldBe(JsonValueKind.Number);
    }

    [Fact]
    public async Task A_session_that_fails_says_why()
    {
        string session = await Start("/api/custom/train", """{"data_source":"user","dataset_name":"kepler"}""");
        SessionProgress end = await Finish("custom", session);
        end.Status.ShouldBe(SessionStatus.Error);
        end.CurrentStep.ShouldContain("training_file");
        (await (await shared.Running.Http.GetAsync($"/api/custom/result/{session}", Cancellation)).Problem(422)).Detail.ShouldContain("training_file");
    }

    [Fact]
    public async Task A_session_of_one_kind_is_not_found_under_the_other()
    {
        string session = await Start("/api/custom/train", """{"data_source":"user"}""");
        await (await shared.Running.Http.GetAsync($"/api/pretrained/progress/{session}", Cancellation)).Problem(404);
        await Finish("custom", session);
    }

    [Fact]
    public async Task A_result_that_is_not_there_yet_is_a_conflict()
    {
        string session = await Start("/api/custom/train", """{"data_source":"simulated","dataset_name":"k2","row_count":3000}""");
        await (await shared.Running.Http.GetAsync($"/api/custom/result/{session}", Cancellation)).Problem(409);
        (await shared.Running.Http.PostAsync($"/api/jobs/{session}/cancel", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await Finish("custom", session)).Status.ShouldBe(SessionStatus.Error);
    }

    [Theory]
    [InlineData("""{"data_source":"archive"}""", 400, "nasa, user, simulated")]
    [InlineData("""{"dataset_name":"corot"}""", 400, "kepler, tess, k2")]
    [InlineData("""{"hyperparameters":[1]}""", 400, "hyperparameters")]
    [InlineData("""{"row_count":0}""", 422, "row_count")]
    public async Task A_wrong_field_is_named(string body, int status, string named) =>
        (await (await Post("/api/custom/train", body)).Problem(status)).Detail.ShouldContain(named);

    [Theory]
    [InlineData("data_source", "archive", "nasa, user, simulated")]
    [InlineData("dataset_name", "corot", "kepler, tess, k2")]
    [InlineData("hyperparameters", "{", "hyperparameters")]
    [InlineData("seed", "-1", "seed")]
    public async Task A_wrong_field_of_a_form_is_named(string name, string value, string named)
    {
        using var form = new MultipartFormDataContent { { new StringContent(value), name } };
        HttpResponseMessage answer = await shared.Running.Http.PostAsync("/api/custom/train", form, Cancellation);
        ((int)answer.StatusCode).ShouldBeOneOf(400, 422);
        (await answer.Problem((int)answer.StatusCode)).Detail.ShouldContain(named);
    }

    [Fact]
    public async Task The_shipped_models_are_among_the_models()
    {
        Page<ModelView> models = await shared.Running.Client.ModelsAsync(cancellation: Cancellation);
        models.Items.Where(model => model.Origin == ModelOrigin.Pretrained).Select(model => model.Name).ShouldContain("exoplanets_universal");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ByteArrayContent Survey(Mission mission, int rowCount, ulong seed)
    {
        using var memory = new MemoryStream();
        FrameCsv.Write(memory, TransitSurvey.OfRows(mission, rowCount, seed).Observe(Cancellation));
        return new ByteArrayContent(memory.ToArray());
    }

    private Task<HttpResponseMessage> Post(string path, string body) =>
        shared.Running.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

    private async Task<string> Start(string path, string body) => (await (await Post(path, body)).Read<SessionView>()).SessionId;

    private async Task<SessionProgress> Finish(string kind, string session)
    {
        await shared.Running.Client.WaitAsync(session, cancellation: Cancellation);
        return await (await shared.Running.Http.GetAsync($"/api/{kind}/progress/{session}", Cancellation)).Read<SessionProgress>();
    }

    private async Task<SessionResult> Result(string kind, string session) =>
        await (await shared.Running.Http.GetAsync($"/api/{kind}/result/{session}", Cancellation)).Read<SessionResult>();
}
