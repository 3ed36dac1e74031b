using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Datasets;

/// <summary>Series, images and points from the upload over profile and rows to a model and its predictions.</summary>
public sealed class ArrayDatasetTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly RunningServer server = shared.Running;

    [Fact]
    public async Task Algorithms_say_which_arrays_they_read()
    {
        Dictionary<string, IReadOnlyList<ColumnType>> types = (await server.Client.AlgorithmsAsync(Cancellation)).Items.ToDictionary(algorithm => algorithm.Name, algorithm => algorithm.ArrayTypes);
        types["minirocket"].ShouldBe([ColumnType.Series]);
        types["cnn2d"].ShouldBe([ColumnType.Image]);
        types["pointnet"].ShouldBe([ColumnType.Points]);
        types["fusion"].ShouldBe([ColumnType.Series, ColumnType.Image, ColumnType.Points], ignoreOrder: true);
        types["gradient_boosting"].ShouldBeEmpty();
    }

    [Fact]
    public async Task A_table_with_a_row_for_each_step_becomes_series_that_a_model_learns_and_predicts()
    {
        DatasetView dataset = await Upload(Steps(patients: 60), "beats.csv", ("series_id", "patient"), ("series_time", "t"));
        dataset.Columns.Select(column => (column.Name, column.Type)).ShouldBe([("patient", ColumnType.Int64), ("ill", ColumnType.Category), ("series", ColumnType.Series)]);

        ColumnProfileView profile = (await Profile(dataset)).Columns[2];
        (profile.Arrays!.Lengths!.Least, profile.Arrays.Lengths.Most, profile.Arrays.RowsWithGaps).ShouldBe((20, 24, 0));
        profile.Arrays.Channels.Single().Max!.Value.ShouldBeGreaterThan(1);
        profile.Arrays.Samples.Count.ShouldBe(4);

        RunView started = await server.Client.StartRunAsync(new RunRequest(dataset.Id, new PlanRequest(Target: "ill", Algorithm: "gradient_boosting", Drop: ["patient"])), Cancellation);
        await server.Client.WaitAsync(started.Job!.Id, cancellation: Cancellation);
        RunView run = await server.Client.RunAsync(started.Id, Cancellation);
        run.Job!.Status.ShouldBe(JobStatus.Completed, run.Job!.Error);
        ModelView model = await server.Client.ModelAsync(run.ModelId!, Cancellation);
        model.Features.Single().Type.ShouldBe(ColumnType.Series);

        string rising = string.Join(',', Enumerable.Range(0, 22).Select(t => (0.2 * t).ToString(CultureInfo.InvariantCulture))), flat = string.Join(',', Enumerable.Repeat("0.1", 20));
        PredictionList predicted = await Predict(run.ModelId!, $$"""{"rows":[{"series":[{{rising}}]},{"series":[{{flat}}]}]}""");
        predicted.Items.Select(item => item.Value.Class).ShouldBe(["sick", "well"]);

        using MultipartFormDataContent form = Form(Steps(patients: 6), "new.csv", ("series_id", "patient"), ("series_time", "t"));
        PredictionList ofFile = await (await server.Http.PostAsync($"/api/models/{run.ModelId}/predictions", form, Cancellation)).Read<PredictionList>();
        ofFile.Items.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Rows_hold_whole_arrays_or_thinned_ones()
    {
        string long1 = string.Join(',', Enumerable.Range(0, 500));
        DatasetView dataset = await Upload(Encoding.UTF8.GetBytes($$"""[{"s":[{{long1}}],"y":1},{"s":null,"y":2}]"""), "s.json");

        DatasetRows whole = await server.Client.DatasetRowsAsync(dataset.Id, cancellation: Cancellation);
        whole.Rows[0][0].ShouldBe($"[{long1}]");
        whole.Rows[1][0].ShouldBeNull();
        DatasetRows thinned = await (await server.Http.GetAsync($"/api/datasets/{dataset.Id}/rows?thinned=true", Cancellation)).Read<DatasetRows>();
        JsonSerializer.Deserialize<double[]>(thinned.Rows[0][0]!)!.Length.ShouldBe(96);
    }

    [Fact]
    public async Task An_archive_of_clouds_in_folders_is_a_table_and_another_type_reads_it_again()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in new[] { "1/a.xyz", "1/b.xyz", "2/c.xyz" })
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write("0 0 0\n1 2 3\n"u8);
            }
        }

        DatasetView dataset = await Upload(memory.ToArray(), "clouds.zip");

        dataset.Columns.Select(column => column.Type).ShouldBe([ColumnType.Category, ColumnType.Points]);
        dataset.SuggestedTarget.ShouldBe("label");
        (await Profile(dataset)).Columns[1].Arrays!.Channels.Select(channel => channel.Name).ShouldBe(["x", "y", "z"]);
        HttpResponseMessage again = await server.Http.PostAsync($"/api/datasets/{dataset.Id}/types", new StringContent("""{"types":{"label":"int64"}}""", Encoding.UTF8, "application/json"), Cancellation);
        (await again.Read<DatasetView>()).Columns[0].Type.ShouldBe(ColumnType.Int64);
    }

    [Fact]
    public async Task A_table_read_again_keeps_its_layout()
    {
        DatasetView dataset = await Upload(Steps(patients: 5), "beats2.csv", ("series_id", "patient"), ("series_time", "t"));

        HttpResponseMessage again = await server.Http.PostAsync($"/api/datasets/{dataset.Id}/types", new StringContent("""{"types":{"ill":"text"}}""", Encoding.UTF8, "application/json"), Cancellation);

        DatasetView second = await again.Read<DatasetView>();
        (second.Version, second.RowCount).ShouldBe((dataset.Version + 1, 5));
        second.Columns.Select(column => column.Type).ShouldBe([ColumnType.Int64, ColumnType.Text, ColumnType.Series]);
    }

    [Theory]
    [InlineData("series_time", "t", "without 'series_id'")]
    [InlineData("arrays", "video", "expected series, image or points")]
    public async Task A_layout_that_says_nothing_is_refused(string field, string value, string message)
    {
        using MultipartFormDataContent form = Form(Steps(patients: 2), "t.csv", (field, value));
        (await (await server.Http.PostAsync("/api/datasets", form, Cancellation)).Problem(422)).Detail.ShouldContain(message);
    }

    [Theory]
    [InlineData("""{"rows":[{"series":[1,[2]]}]}""", "is a list that is no array")]
    [InlineData("""{"rows":[{"series":["a"]}]}""", "is a list that is no array")]
    public async Task A_list_that_is_no_array_is_named(string body, string message)
    {
        DatasetView dataset = await Upload(Steps(patients: 40), "beats3.csv", ("series_id", "patient"), ("series_time", "t"));
        RunView started = await server.Client.StartRunAsync(new RunRequest(dataset.Id, new PlanRequest(Target: "ill", Algorithm: "decision_tree", Drop: ["patient"])), Cancellation);
        await server.Client.WaitAsync(started.Job!.Id, cancellation: Cancellation);
        string modelId = (await server.Client.RunAsync(started.Id, Cancellation)).ModelId!;

        HttpResponseMessage answer = await server.Http.PostAsync($"/api/models/{modelId}/predictions", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

        (await answer.Problem(422)).Detail.ShouldContain(message);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Patients of whom every second one's beats rise; series have 20 to 24 steps.</summary>
    private static byte[] Steps(int patients)
    {
        var text = new StringBuilder("patient,t,beat,ill\n");
        for (int patient = 0; patient < patients; patient++)
        {
            for (int t = 0; t < 20 + patient % 5; t++)
            {
                double beat = (patient % 2 == 0 ? 0.1 * t : 0) + 0.3 * Math.Sin(t * (patient + 2));
                text.Append(CultureInfo.InvariantCulture, $"{patient},{t},{beat:0.000},{(patient % 2 == 0 ? "sick" : "well")}\n");
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static MultipartFormDataContent Form(byte[] content, string fileName, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", fileName } };
        foreach ((string name, string value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    private async Task<DatasetView> Upload(byte[] content, string fileName, params (string Name, string Value)[] fields)
    {
        using MultipartFormDataContent form = Form(content, fileName, fields);
        HttpResponseMessage answer = await server.Http.PostAsync("/api/datasets", form, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancellation));
        return await answer.Read<DatasetView>();
    }

    private async Task<TableProfileView> Profile(DatasetView dataset) => await (await server.Http.GetAsync($"/api/datasets/{dataset.Id}/profile", Cancellation)).Read<TableProfileView>();

    private async Task<PredictionList> Predict(string modelId, string body) =>
        await (await server.Http.PostAsync($"/api/models/{modelId}/predictions", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation)).Read<PredictionList>();
}
