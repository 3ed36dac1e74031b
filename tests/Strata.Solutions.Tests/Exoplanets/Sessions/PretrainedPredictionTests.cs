using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Sessions;
using Xunit;

namespace Strata.Solutions.Tests.Exoplanets.Sessions;

public sealed class PretrainedPredictionTests : SessionTests
{
    [Theory]
    [InlineData("kepler")]
    [InlineData("tess")]
    [InlineData("k2")]
    public async Task One_model_predicts_on_every_missions_table(string mission)
    {
        Frame rows = Rows(Mission.Parse(mission), 400).Drop([Mission.Parse(mission).Preset.Target!]);
        var order = new SessionOrder { DataSource = SessionDataSource.User, Mission = Mission.Parse(mission), ModelType = "universal", TestingFile = FileOf(rows) };
        SessionOutcome outcome = await PretrainedPrediction.RunAsync(order, Context());
        outcome.ValidationMetrics.ShouldBeNull();
        outcome.ModelInformation["fine_tuned"]!.GetValue<bool>().ShouldBeFalse();
        outcome.TestPredictions.ShouldAllBe(prediction => prediction.Prediction == "PLANET" || prediction.Prediction == "FALSE POSITIVE");
        outcome.TestPredictions.DistinctBy(prediction => prediction.Prediction).Count().ShouldBe(2);
        outcome.TestPredictions[0].FeatureImportance.Keys.ShouldBe(TransitFeatures.Columns.Select(column => column.Name), ignoreOrder: true);
    }

    [Fact]
    public async Task Models_of_real_surveys_find_their_way_in_a_simulated_one()
    {
        SessionOutcome outcome = await PretrainedPrediction.RunAsync(new SessionOrder { Mission = Mission.Kepler, ModelType = "universal", RowCount = 2000 }, Context());
        outcome.ValidationMetrics!.Accuracy!.Value.ShouldBeGreaterThan(0.8);
        outcome.ModelInformation["simulated"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Labelled_rows_of_the_user_fine_tune_the_model_and_the_gain_is_reported()
    {
        var order = new SessionOrder { DataSource = SessionDataSource.User, ModelType = "universal", TrainingFile = FileOf(Rows(Mission.Kepler, 500)) };
        SessionOutcome outcome = await PretrainedPrediction.RunAsync(order, Context());
        JsonNode tuning = outcome.ModelInformation["fine_tuning"]!;
        double tuned = tuning["fine_tuned"]!["log_loss"]!.GetValue<double>();
        tuning["gain_over_scratch"]!["log_loss"]!.GetValue<double>().ShouldBe(tuning["from_scratch"]!["log_loss"]!.GetValue<double>() - tuned, 1e-5);
        tuning["gain_over_shipped"]!["log_loss"]!.GetValue<double>().ShouldBe(tuning["as_shipped"]!["log_loss"]!.GetValue<double>() - tuned, 1e-5);
        tuning["gain_over_shipped"]!["log_loss"]!.GetValue<double>().ShouldBeGreaterThan(0, "the user's survey differs from the shipped model's, so learning from it must help");
        outcome.ValidationMetrics!.LogLoss!.Value.ShouldBe(tuned, 1e-5);
    }

    [Fact]
    public async Task Rows_that_taught_the_model_are_not_predicted()
    {
        Frame table = Rows(Mission.Kepler, 500);
        SessionOutcome outcome = await PretrainedPrediction.RunAsync(new SessionOrder { DataSource = SessionDataSource.User, ModelType = "universal", TrainingFile = FileOf(table) }, Context());
        outcome.TestPredictions.Count.ShouldBe(table.RowCount - outcome.ModelInformation["fine_tuning"]!["rows"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_labelled_testing_file_judges_and_its_rows_are_predicted()
    {
        Frame test = Rows(Mission.Kepler, 200, seed: 4);
        var order = new SessionOrder { DataSource = SessionDataSource.User, ModelType = "kepler", TrainingFile = FileOf(Rows(Mission.Kepler, 400)), TestingFile = FileOf(test) };
        SessionOutcome outcome = await PretrainedPrediction.RunAsync(order, Context());
        outcome.TestPredictions.Count.ShouldBe(test.RowCount);
        outcome.ValidationMetrics!.ConfusionMatrix.Sum(row => row.Sum()).ShouldBe(test.RowCount);
        outcome.ModelInformation["fine_tuning"]!["split"]!.GetValue<string>().ShouldBe($"Judged on the {test.RowCount} labelled rows of the testing file.");
    }

    [Fact]
    public async Task Too_few_labels_leave_the_model_as_shipped_and_the_note_says_so()
    {
        Frame few = Rows(Mission.Kepler, 100);
        var order = new SessionOrder { DataSource = SessionDataSource.User, TrainingFile = FileOf(few.Take([.. Enumerable.Range(0, 12)])) };
        SessionOutcome outcome = await PretrainedPrediction.RunAsync(order, Context());
        outcome.ModelInformation["fine_tuned"]!.GetValue<bool>().ShouldBeFalse();
        outcome.ModelInformation["notes"]!.ToJsonString().ShouldContain("Too few labelled rows");
        outcome.TestPredictions.Count.ShouldBe(12);
    }

    [Fact]
    public async Task A_mapping_says_where_quantities_stand()
    {
        Frame table = Rows(Mission.Kepler, 150).Select(["koi_period", "koi_duration", "koi_depth", "koi_prad", "koi_steff", "koi_slogg", "koi_srad"]);
        var renamed = new Frame(table.Columns.Select(column => column.Named(column.Name.Replace("koi_", "my_", StringComparison.Ordinal))));
        var mapping = new Dictionary<string, string>
        {
            ["period"] = "my_period", ["duration"] = "my_duration", ["depth"] = "my_depth", ["planet_radius"] = "my_prad", ["stellar_temperature"] = "my_steff", ["surface_gravity"] = "my_slogg", ["stellar_radius"] = "my_srad",
        };
        var order = new SessionOrder { DataSource = SessionDataSource.User, ModelType = "universal", TestingFile = FileOf(table) };
        SessionOutcome own = await PretrainedPrediction.RunAsync(order, Context());
        SessionOutcome mapped = await PretrainedPrediction.RunAsync(order with { TestingFile = FileOf(renamed), Mapping = mapping }, Context());
        mapped.ModelInformation["notes"]!.ToJsonString().ShouldContain("inputs are missing in every row");
        mapped.TestPredictions.Select(prediction => prediction.Confidence).ShouldBe(own.TestPredictions.Select(prediction => prediction.Confidence));
        (await Should.ThrowAsync<DataException>(() => PretrainedPrediction.RunAsync(order with { TestingFile = FileOf(renamed) }, Context()))).Message.ShouldContain("say by a mapping");
    }

    [Fact]
    public async Task Judged_on_stars_that_may_have_taught_it_the_model_is_said_to_be_flattered()
    {
        Frame simulated = Rows(Mission.Kepler, 150);
        Frame real = simulated.With(new Int64Column("kepid", [.. Enumerable.Range(0, simulated.RowCount).Select(row => 10_000_000L + row)]));
        (await Notes(real)).ShouldContain("flatters");
        (await Notes(simulated)).ShouldNotContain("flatters");

        async Task<string> Notes(Frame table)
        {
            var order = new SessionOrder { DataSource = SessionDataSource.User, TestingFile = FileOf(table) };
            return (await PretrainedPrediction.RunAsync(order, Context())).ModelInformation["notes"]!.ToJsonString();
        }
    }

    [Fact]
    public async Task An_unknown_model_is_named_with_the_known_ones() =>
        (await Should.ThrowAsync<DataException>(() => PretrainedPrediction.RunAsync(new SessionOrder { ModelType = "jupiter", RowCount = 50 }, Context())))
            .Message.ShouldBe("There is no pretrained model 'jupiter'; there are exoplanets_universal, exoplanets_kepler, exoplanets_tess, exoplanets_k2.");
}
