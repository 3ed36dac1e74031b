using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Sessions;
using Strata.Solutions.Exoplanets.Survey;
using Xunit;

namespace Strata.Solutions.Tests.Exoplanets.Sessions;

public sealed class CustomTrainingTests : SessionTests
{
    [Theory]
    [InlineData("kepler")]
    [InlineData("tess")]
    [InlineData("k2")]
    public async Task A_simulated_survey_can_be_learned_from_plausibly_but_not_perfectly(string mission)
    {
        SessionOutcome outcome = await CustomTraining.RunAsync(new SessionOrder { Mission = Mission.Parse(mission), RowCount = 3000, Hyperparameters = Few }, Context());
        outcome.ValidationMetrics!.Accuracy!.Value.ShouldBeInRange(0.72, 0.96);
        outcome.ValidationMetrics.ConfusionMatrix.Sum(row => row.Sum()).ShouldBe(outcome.TestPredictions.Count);
        outcome.ModelInformation["simulated"]!.GetValue<bool>().ShouldBeTrue();
        outcome.ModelInformation["split"]!.GetValue<string>().ShouldContain("group");
    }

    [Fact]
    public async Task Each_prediction_tells_its_confidence_and_what_moved_it()
    {
        SessionOutcome outcome = await CustomTraining.RunAsync(new SessionOrder { RowCount = 1200, Hyperparameters = Few }, Context());
        string[] features = outcome.ModelInformation["features"]!.AsArray().Select(name => name!.GetValue<string>()).ToArray();
        foreach (SessionPrediction prediction in outcome.TestPredictions)
        {
            prediction.Confidence.ShouldBe(prediction.Probabilities.Values.Max());
            prediction.Probabilities[prediction.Prediction].ShouldBe(prediction.Confidence);
            prediction.Probabilities.Values.Sum().ShouldBe(1, 1e-5);
            prediction.FeatureImportance.Keys.ShouldBe(features, ignoreOrder: true);
            double[] sizes = [.. prediction.FeatureImportance.Values.Select(Math.Abs)];
            sizes.ShouldBe(sizes.OrderDescending());
        }

        outcome.TestPredictions.Select(prediction => prediction.Row).ShouldBeUnique();
        string[] leaks = ["koi_score", "koi_pdisposition", "koi_fpflag_nt", "kepler_name", "kepid"];
        features.Intersect(leaks).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_result_on_the_wire_has_the_promised_names()
    {
        SessionOutcome outcome = await CustomTraining.RunAsync(new SessionOrder { RowCount = 600, Hyperparameters = Few }, Context());
        JsonNode json = JsonSerializer.SerializeToNode(outcome, ModelFileJson.Options)!;
        json.AsObject().Select(pair => pair.Key).ShouldBe(["validation_metrics", "test_predictions", "model_information"]);
        json["validation_metrics"]!.AsObject().Select(pair => pair.Key).ShouldBe(["accuracy", "f1", "precision", "recall", "log_loss", "roc_auc", "confusion_matrix", "classes"]);
        json["test_predictions"]![0]!.AsObject().Select(pair => pair.Key).ShouldBe(["row", "prediction", "confidence", "probabilities", "feature_importance"]);
    }

    [Fact]
    public async Task The_same_order_gives_the_same_outcome()
    {
        var order = new SessionOrder { RowCount = 600, Hyperparameters = Few, Seed = 5 };
        string first = Json(await CustomTraining.RunAsync(order, Context())), second = Json(await CustomTraining.RunAsync(order, Context()));
        second.ShouldBe(first);

        static string Json(SessionOutcome outcome)
        {
            outcome.ModelInformation.Remove("fit_seconds");
            return JsonSerializer.Serialize(outcome, ModelFileJson.Options);
        }
    }

    [Fact]
    public async Task Progress_never_falls_and_names_its_steps()
    {
        await CustomTraining.RunAsync(new SessionOrder { RowCount = 600, Hyperparameters = Few }, Context());
        Steps.Select(step => step.Percent).ShouldBe(Steps.Select(step => step.Percent).Order());
        Steps[^1].Percent.ShouldBe(100);
        Steps.ShouldContain(step => step.CurrentStep == "Training, step 30 of 30");
    }

    [Fact]
    public async Task A_users_files_are_trained_on_and_tested_with_row_numbers_of_the_testing_file()
    {
        Frame test = Rows(Mission.Kepler, 200, seed: 9);
        var order = new SessionOrder { DataSource = SessionDataSource.User, TrainingFile = FileOf(Rows(Mission.Kepler, 800)), TestingFile = FileOf(test), Hyperparameters = Few };
        SessionOutcome outcome = await CustomTraining.RunAsync(order, Context());
        outcome.TestPredictions.Select(prediction => prediction.Row).ShouldBe(Enumerable.Range(0, test.RowCount));
        outcome.ModelInformation["test_rows"]!.GetValue<int>().ShouldBe(test.RowCount);
    }

    [Fact]
    public async Task A_testing_file_without_labels_is_predicted_and_rows_are_held_back_to_judge_by()
    {
        Frame test = Rows(Mission.Kepler, 150, seed: 9);
        var order = new SessionOrder
        {
            DataSource = SessionDataSource.User,
            TrainingFile = FileOf(Rows(Mission.Kepler, 800)),
            TestingFile = FileOf(test.Drop(["koi_disposition", "koi_pdisposition", "kepler_name"])),
            Hyperparameters = Few,
        };
        SessionOutcome outcome = await CustomTraining.RunAsync(order, Context());
        outcome.TestPredictions.Count.ShouldBe(test.RowCount);
        outcome.ValidationMetrics.ShouldNotBeNull();
        outcome.ModelInformation["test_rows"]!.GetValue<int>().ShouldBeInRange(100, 250);
    }

    [Fact]
    public async Task Labels_in_other_words_are_understood()
    {
        Frame table = Rows(Mission.Kepler, 800);
        string?[] words = [.. Enumerable.Range(0, table.RowCount).Select(row => table["koi_disposition"].TextAt(row) switch { "CONFIRMED" => "planet", "CANDIDATE" => "pc", _ => "fp" })];
        Frame renamed = table.Drop(["koi_disposition"]).With(CategoryColumn.Of("label", words));
        SessionOutcome outcome = await CustomTraining.RunAsync(new SessionOrder { DataSource = SessionDataSource.User, TrainingFile = FileOf(renamed), Hyperparameters = Few }, Context());
        outcome.ValidationMetrics!.Classes.ShouldBe(["CANDIDATE", "CONFIRMED", "FALSE POSITIVE"]);
    }

    [Fact]
    public async Task A_file_of_another_mission_than_named_is_read_as_what_it_is()
    {
        var order = new SessionOrder { DataSource = SessionDataSource.User, Mission = Mission.Kepler, TrainingFile = FileOf(Rows(Mission.Tess, 1500)), Hyperparameters = Few };
        SessionOutcome outcome = await CustomTraining.RunAsync(order, Context());
        outcome.ModelInformation["dataset_name"]!.GetValue<string>().ShouldBe("tess");
        outcome.ModelInformation["notes"]!.ToJsonString().ShouldContain("has the columns of TESS objects of interest");
    }

    [Fact]
    public async Task A_linear_model_trains_too_and_any_algorithm_takes_its_own_hyperparameters()
    {
        var order = new SessionOrder { RowCount = 600, ModelType = "logistic_regression" };
        SessionOutcome outcome = await CustomTraining.RunAsync(order, Context());
        outcome.ValidationMetrics!.Accuracy!.Value.ShouldBeGreaterThan(0.55);
    }

    [Fact]
    public async Task The_archives_table_is_trained_on_when_asked_for()
    {
        string csv = new SimulatedSurvey(Mission.K2).Text(Rows(Mission.K2, 900), 0);
        await using var archive = new LoopbackArchive(Answer.Of(csv));
        var order = new SessionOrder { DataSource = SessionDataSource.Nasa, Mission = Mission.K2, Hyperparameters = Few };
        SessionOutcome outcome = await Task.Run(() => CustomTraining.RunAsync(order, Context(archive.Address)), TestContext.Current.CancellationToken);
        archive.Requests.Single().ShouldContain("k2pandc");
        outcome.ModelInformation["notes"]!.ToJsonString().ShouldContain("Downloaded from the NASA Exoplanet Archive");
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "lacks 'kepid' (star), 'koi_period' (period)")]
    [InlineData("koi_period,koi_depth,koi_prad,koi_srad\n1,2,3,4\n", "carry no labels: expected a column 'koi_disposition'")]
    [InlineData("koi_period,koi_depth,koi_prad,koi_srad,koi_disposition\n1,2,3,4,MAYBE\n", "'MAYBE' in row 1; expected a verdict")]
    [InlineData("koi_period,koi_depth,koi_prad,koi_srad,koi_disposition\n1,deep,3,4,CONFIRMED\n2,shallow,3,4,CANDIDATE\n", "'koi_depth' is 'deep' in row 1; it takes numbers")]
    public async Task A_file_that_cannot_be_learned_from_is_refused_with_the_reason(string text, string reason)
    {
        var order = new SessionOrder { DataSource = SessionDataSource.User, TrainingFile = FileOf(text) };
        DataException error = await Should.ThrowAsync<DataException>(() => CustomTraining.RunAsync(order, Context()));
        error.Message.ShouldContain(reason);
    }

    [Fact]
    public async Task User_data_without_a_file_and_unknown_hyperparameters_are_refused()
    {
        (await Should.ThrowAsync<DataException>(() => CustomTraining.RunAsync(new SessionOrder { DataSource = SessionDataSource.User }, Context()))).Message.ShouldContain("no training_file");
        var order = new SessionOrder { RowCount = 300, Hyperparameters = new Dictionary<string, JsonNode?> { ["treees"] = 3 } };
        (await Should.ThrowAsync<DataException>(() => CustomTraining.RunAsync(order, Context()))).Message.ShouldContain("Did you mean 'trees'?");
    }

    [Fact]
    public async Task Cancelling_ends_a_session()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var order = new SessionOrder { RowCount = 20_000, Hyperparameters = new Dictionary<string, JsonNode?> { ["trees"] = 50_000 } };
        await Should.ThrowAsync<OperationCanceledException>(() => CustomTraining.RunAsync(order, Context(cancellation: cancel.Token)));
    }
}
