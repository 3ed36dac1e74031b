using System.Net.Http.Headers;
using System.Text;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Server.Models;
using Xunit;

namespace Strata.Server.Tests.Models;

public abstract class PredictionContract(TrainedRun trained)
{
    private string ModelId => trained.Run.ModelId!;

    [Fact]
    public async Task A_model_says_what_it_wants()
    {
        ModelView model = await trained.Running.Client.ModelAsync(ModelId, Cancellation);
        model.Name.ShouldBe("first");
        model.Origin.ShouldBe(ModelOrigin.Trained);
        model.RunId.ShouldBe(trained.Run.Id);
        model.Classes.ShouldBe(["=false", "planet"]);
        model.Features.Select(feature => feature.Name).ShouldBe(["depth", "period", "star"]);
        model.Features[2].Levels.ShouldBe(["dwarf", "giant"]);
        (await trained.Running.Client.ModelsAsync(cancellation: Cancellation)).Items.ShouldContain(item => item.Id == ModelId);
    }

    [Fact]
    public async Task Reasons_and_bias_sum_to_the_raw_score()
    {
        PredictionList list = await Predict("""{"rows":[{"depth":1.2,"period":3,"star":"dwarf"},{"depth":-2,"period":null,"star":"giant"}],"explain":true}""");
        list.Items.Count.ShouldBe(2);
        list.Items[0].Value.Class.ShouldBe("planet");
        list.Items[1].Value.Class.ShouldBe("=false");
        foreach (Prediction item in list.Items)
        {
            item.ReasonsFor.ShouldBe("planet");
            (item.Bias!.Value + item.Reasons!.Sum(reason => reason.Contribution)).ShouldBe(item.RawScores.Single(), 1e-4);
            item.Probabilities.Values.Sum().ShouldBe(1, 1e-9);
            item.Probabilities["planet"].ShouldBe(1 / (1 + Math.Exp(-item.RawScores[0])), 1e-9);
        }

        list.Items[0].Reasons!.Single(reason => reason.Column == "depth").Value.ShouldBe("1.2");
        list.Items[1].Reasons!.Single(reason => reason.Column == "period").Value.ShouldBeNull();
    }

    [Fact]
    public void A_prediction_carries_how_unsure_it_is_where_the_model_knows()
    {
        Predictions plain = Predictions.OfNumbers([2, 5]), unsure = plain.With(PredictedUncertainty.OfNumbers([[1, 5], [3, 5]], [[0.5, 2], [1.5, 4]]));
        var rows = new Frame(new Float64Column("x", [0, 0]));

        plain.View(rows, null, []).Items[0].Uncertainty.ShouldBeNull();
        unsure.View(rows, null, []).Items[0].Uncertainty.ShouldBe(new UncertaintyView(1, 1));
        unsure.View(rows, null, []).Items[1].StandardDeviation.ShouldBe(Math.Sqrt(3));
    }

    [Theory]
    [InlineData("""{"depth":1.2,"period":3,"star":"dwarf"}""")]
    [InlineData("""{"depth":-0.3,"period":null,"star":"never seen"}""")]
    public async Task A_row_alone_gets_the_same_bits_as_among_others(string row)
    {
        Prediction alone = (await Predict($$"""{"rows":[{{row}}]}""")).Items.Single();
        Prediction among = (await Predict($$"""{"rows":[{{row}},{"depth":0.1,"period":1,"star":"giant"}]}""")).Items[0];

        alone.RawScores.ShouldBe(among.RawScores);
        alone.Probabilities.ShouldBe(among.Probabilities);
        alone.Value.ShouldBe(among.Value);
    }

    [Fact]
    public async Task Pairs_and_bias_sum_to_the_raw_score_too()
    {
        Prediction item = (await Predict("""{"rows":[{"depth":1.2,"period":3,"star":"dwarf"}],"reasons":{"interactions":true}}""")).Items.Single();

        (item.Bias!.Value + item.Pairs!.Sum(pair => pair.Contribution)).ShouldBe(item.RawScores.Single(), 1e-9);
        item.Pairs!.Single(pair => pair is { Column: "depth", With: null }).Contribution.ShouldNotBe(0);
        double depth = item.Pairs!.Where(pair => pair.Column == "depth" || pair.With == "depth").Sum(pair => pair.With is null ? pair.Contribution : pair.Contribution / 2);
        depth.ShouldBe(item.Reasons!.Single(reason => reason.Column == "depth").Contribution, 1e-9);
    }

    [Fact]
    public async Task Reasons_may_compare_with_a_dataset()
    {
        string ask = $$"""{"rows":[{"depth":1.2,"period":3,"star":"dwarf"}],"reasons":{"method":"interventional","background_rows":50,"background_dataset_id":"{{trained.Run.DatasetId}}"} }""";

        Prediction item = (await Predict(ask)).Items.Single();

        (item.Bias!.Value + item.Reasons!.Sum(reason => reason.Contribution)).ShouldBe(item.RawScores.Single(), 1e-9);
        item.Bias.Value.ShouldNotBe((await Predict("""{"rows":[{"depth":1.2,"period":3,"star":"dwarf"}],"explain":true}""")).Items.Single().Bias!.Value);
        item.Pairs.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"method":"interventional","interactions":true}""", "Interactions are told by the method path")]
    [InlineData("""{"method":"path","background_dataset_id":"x"}""", "goes with the methods interventional")]
    [InlineData("""{"method":"interventional","background_rows":0}""", "background_rows is 0")]
    public async Task Reasons_that_cannot_be_given_are_refused(string reasons, string expected)
    {
        HttpResponseMessage answer = await Post($$"""{"rows":[{"depth":1.2,"period":3,"star":"dwarf"}],"reasons":{{reasons}} }""");

        answer.IsSuccessStatusCode.ShouldBeFalse();
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain(expected);
    }

    [Fact]
    public async Task Without_asking_there_are_no_reasons()
    {
        Prediction item = (await Predict("""{"rows":[{"depth":1,"period":3,"star":"dwarf"}]}""")).Items.Single();
        item.Reasons.ShouldBeNull();
        item.ReasonsFor.ShouldBeNull();
        item.Bias.ShouldBeNull();
    }

    [Fact]
    public async Task The_served_model_file_predicts_the_same_bits_in_another_place()
    {
        using var file = new MemoryStream();
        await trained.Running.Client.DownloadModelAsync(ModelId, file, Cancellation);
        file.Position = 0;
        IModel model = ModelFile.Load(file).Model;
        using var table = new MemoryStream(Encoding.UTF8.GetBytes(TrainedRun.Table(50)));
        Predictions local = model.Predict(TableFile.Read(table, "t.csv", cancellation: Cancellation).Frame);
        table.Position = 0;
        PredictionList served = await trained.Running.Client.PredictAsync(ModelId, table, "t.csv", cancellation: Cancellation);
        served.Items.Select(item => item.RawScores[0]).ShouldBe(local.RawScores);
    }

    [Fact]
    public async Task A_file_is_predicted_as_csv_that_a_spreadsheet_does_not_run()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(TrainedRun.Table(30))), "file", "t.csv" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/models/{ModelId}/predictions") { Content = form };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        HttpResponseMessage answer = await trained.Running.Http.SendAsync(request, Cancellation);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        string[] lines = (await answer.Content.ReadAsStringAsync(Cancellation)).TrimEnd('\n').Split('\n');
        lines[0].ShouldBe("row,id,prediction,p(=false),p(planet)");
        lines.Length.ShouldBe(31);
        lines.Skip(1).Select(line => line.Split(',')[2]).Distinct().Order(StringComparer.Ordinal).ShouldBe(["'=false", "planet"]);
        lines[1].ShouldStartWith("0,0,");
    }

    [Fact]
    public async Task Answers_carry_the_identifiers_that_the_training_dropped_or_the_columns_that_are_asked_for()
    {
        const string Rows = """{"rows":[{"id":70,"depth":1.2,"period":3,"star":"dwarf","nurse":"a"},{"id":71,"depth":-2,"period":4,"star":"giant","nurse":null}]""";

        PredictionList usual = await Predict(Rows + "}"), asked = await Predict(Rows + ""","keep":["nurse","star"]}"""), none = await Predict(Rows + ""","keep":[]}""");

        usual.Kept!.Select(kept => $"{kept.Column}: {string.Join(' ', kept.Values)}").ShouldBe(["id: 70 71"]);
        asked.Kept!.Select(kept => kept.Column).ShouldBe(["nurse", "star"]);
        asked.Kept![0].Values.ShouldBe(["a", null]);
        none.Kept!.ShouldBeEmpty();
        (await (await Post(Rows + ""","keep":["nurce"]}""")).Problem(422)).Detail.ShouldContain("Did you mean 'nurse'?");
    }

    [Fact]
    public async Task A_workbook_is_predicted_like_the_same_rows_and_not_kept()
    {
        int datasets = trained.Running.Platform.Datasets.List().Total;
        using var workbook = new MemoryStream(Workbook.Of(["depth", "period", "star"], [1.2, 3.0, "dwarf"], [-2.0, 4.0, "giant"]));
        PredictionList list = await trained.Running.Client.PredictAsync(ModelId, workbook, "rows.xlsx", cancellation: Cancellation);
        PredictionList plain = await Predict("""{"rows":[{"depth":1.2,"period":3,"star":"dwarf"},{"depth":-2,"period":4,"star":"giant"}]}""");
        list.Items.Select(item => item.RawScores[0]).ShouldBe(plain.Items.Select(item => item.RawScores[0]));
        trained.Running.Platform.Datasets.List().Total.ShouldBe(datasets);
    }

    [Fact]
    public async Task A_damaged_workbook_is_refused()
    {
        using var workbook = new MemoryStream([.. "PK\u0003\u0004"u8, .. new byte[200]]);
        RefusedException refused = await Should.ThrowAsync<RefusedException>(() => trained.Running.Client.PredictAsync(ModelId, workbook, "rows.xlsx", cancellation: Cancellation));
        refused.Problem.Status.ShouldBe(422);
    }

    [Fact]
    public async Task Of_mapped_columns_nothing_is_said_but_what_is_true()
    {
        PredictionList mapped = await Predict("""{"rows":[{"d":1.2,"p":3,"star":"dwarf","other":1}],"mapping":{"depth":"d","period":"p"}}""");
        mapped.Notes.ShouldHaveSingleItem().ShouldContain("'other'");
    }

    [Fact]
    public async Task A_shipped_model_is_asked_with_a_missions_own_columns()
    {
        ModelView shipped = (await trained.Running.Client.ModelsAsync(cancellation: Cancellation)).Items.First(model => model.Name == "exoplanets_kepler");
        HttpResponseMessage answer = await trained.Running.Http.PostAsync($"/api/models/{shipped.Id}/predictions", new StringContent(
            """{"rows":[{"koi_period":9.488,"koi_duration":2.9575,"koi_depth":615.8,"koi_prad":2.26,"koi_steff":5455,"kepler_name":"Kepler-227 b"}],"explain":true}""", Encoding.UTF8, "application/json"), Cancellation);
        PredictionList list = System.Text.Json.JsonSerializer.Deserialize<PredictionList>(await answer.Content.ReadAsStringAsync(Cancellation), WireJson.Options)!;
        list.Notes.ShouldContain(note => note.Contains("Kepler"));
        list.Items.Single().Reasons!.ShouldContain(reason => reason.Column == "log_period" && reason.Value != null);
    }

    [Fact]
    public async Task A_mapping_gives_columns_the_names_that_the_model_knows()
    {
        PredictionList mapped = await Predict("""{"rows":[{"d":1.2,"p":3,"star":"dwarf"}],"mapping":{"depth":"d","period":"p"}}""");
        PredictionList plain = await Predict("""{"rows":[{"depth":1.2,"period":3,"star":"dwarf"}]}""");
        mapped.Items[0].RawScores.ShouldBe(plain.Items[0].RawScores);
    }

    [Fact]
    public async Task What_is_repaired_is_said()
    {
        PredictionList list = await Predict("""{"rows":[{"depth":"1.2","period":3,"star":"supergiant","colour":"red"}]}""");
        list.Notes.ShouldContain(note => note.Contains("supergiant", StringComparison.Ordinal));
        list.Notes.ShouldContain(note => note.Contains("colour", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"rows":[]}""", 422, "rows")]
    [InlineData("""{"rows":[{}]}""", 422, "depth")]
    [InlineData("""{"rows":[{"depth":1,"period":2}]}""", 422, "star")]
    [InlineData("""{"rows":[{"depth":"deep","period":2,"star":"dwarf"}]}""", 422, "deep")]
    [InlineData("""{"rows":[{"depth":[1],"period":2,"star":"dwarf"}]}""", 422, "Column 'depth' holds series; expected single values.")]
    [InlineData("""{"rows":[{"depth":1e999,"period":2,"star":"dwarf"}]}""", 422, "1e999")]
    [InlineData("""{"rows":[{"depth":1,"period":2,"star":"dwarf"}],"mapping":{"dept":"x"}}""", 422, "dept")]
    [InlineData("""{"rows":null}""", 400, "rows")]
    [InlineData("""{"rows":[null]}""", 400, "rows")]
    [InlineData("""{"rows":[1]}""", 400, "rows[0]")]
    [InlineData("""{"x":[1]}""", 400, "rows")]
    [InlineData("""{"rows":[{"depth":1}],"explain":"yes"}""", 400, "explain")]
    [InlineData("""{"rows":[{"depth":1}],"mapping":{"depth":null}}""", 400, "mapping")]
    public async Task Rows_that_cannot_be_predicted_are_refused_with_the_reason(string body, int status, string named) =>
        (await (await Post(body)).Problem(status)).Detail.ShouldContain(named);

    [Fact]
    public async Task An_unknown_model_is_not_found()
    {
        using var content = new StringContent("""{"rows":[{"a":1}]}""", Encoding.UTF8, "application/json");
        await (await trained.Running.Http.PostAsync("/api/models/none/predictions", content, Cancellation)).Problem(404);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<PredictionList> Predict(string body) => await (await Post(body)).Read<PredictionList>();

    private Task<HttpResponseMessage> Post(string body) =>
        trained.Running.Http.PostAsync($"/api/models/{ModelId}/predictions", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
}

public sealed class PredictionTests(TrainedRun trained) : PredictionContract(trained), IClassFixture<TrainedRun>;

public sealed class PredictionOnPostgresTests(TrainedPostgresRun trained) : PredictionContract(trained), IClassFixture<TrainedPostgresRun>;
