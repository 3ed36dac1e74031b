using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Survey;
using Xunit;

namespace Strata.Server.Tests.Sources;

public sealed class SourceTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Each_survey_has_an_archive_and_a_simulator()
    {
        Page<SourceView> sources = await shared.Running.Client.SourcesAsync(Cancellation);
        foreach (string survey in new[] { "kepler", "tess", "k2" })
        {
            sources.Items.Where(source => source.DatasetName == survey).Select(source => source.Kind).ShouldBe([SourceKind.Nasa, SourceKind.Simulated], ignoreOrder: true);
        }
    }

    [Theory]
    [InlineData("kepler_simulated", "exoplanets.kepler")]
    [InlineData("tess_simulated", "exoplanets.tess")]
    public async Task A_simulated_survey_becomes_a_dataset_that_its_preset_recognises(string source, string preset)
    {
        DatasetView dataset = await Fetch(shared.Running, source, new SourceRequest(120, 5));
        dataset.Origin.ShouldBe(DatasetOrigin.Simulated);
        dataset.Preset.ShouldBe(preset);
        dataset.RowCount.ShouldBeInRange(60, 240);
    }

    [Fact]
    public async Task An_archive_table_is_downloaded_once_and_kept_for_offline_use()
    {
        int asked = 0;
        using var table = new MemoryStream();
        FrameCsv.Write(table, TransitSurvey.OfRows(Mission.Kepler, 80, 1).Observe(Cancellation));
        WebApplication archive = WebApplication.CreateSlimBuilder().Build();
        archive.Urls.Add("http://127.0.0.1:0");
        archive.MapGet("/TAP/sync", () =>
        {
            Interlocked.Increment(ref asked);
            return Results.Bytes(table.ToArray(), "text/csv");
        });
        await archive.StartAsync(Cancellation);
        await using RunningServer server = await RunningServer.Start(configure: options => options with { ArchiveAddress = new Uri($"{archive.Urls.Single()}/TAP/sync") });
        DatasetView dataset = await Fetch(server, "kepler_nasa", new SourceRequest());
        dataset.Origin.ShouldBe(DatasetOrigin.Nasa);
        dataset.Preset.ShouldBe("exoplanets.kepler");
        await archive.DisposeAsync();
        (await Fetch(server, "kepler_nasa", new SourceRequest())).Id.ShouldBe(dataset.Id);
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task An_unknown_source_is_not_found() => await (await Post("/api/sources/nowhere", "{}")).Problem(404);

    [Fact]
    public async Task An_absurd_number_of_rows_is_refused() => (await (await Post("/api/sources/kepler_simulated", """{"row_count":0}""")).Problem(422)).Detail.ShouldContain("row_count");

    [Fact]
    public async Task Nothing_needs_to_be_said_to_a_source() =>
        (await shared.Running.Http.PostAsync("/api/sources/k2_simulated", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

    [Fact]
    public async Task Presets_say_what_leaks_and_what_columns_mean()
    {
        PresetView kepler = (await shared.Running.Client.PresetsAsync(Cancellation)).Items.Single(preset => preset.Name == "exoplanets.kepler");
        kepler.Target.ShouldBe("koi_disposition");
        kepler.Group.ShouldBe("kepid");
        kepler.Drop.ShouldContain(drop => drop.Column == "koi_score" && drop.Reason.Length > 0);
        kepler.Columns.ShouldContain(column => column.Name == "koi_period" && column.Unit != null);
        kepler.Classes.ShouldContain(label => label.Label == "CONFIRMED" && label.Class != null);
    }

    [Fact]
    public async Task A_preset_trains_without_the_leaking_columns()
    {
        DatasetView dataset = await Fetch(shared.Running, "kepler_simulated", new SourceRequest(500, 9));
        RunView started = await shared.Running.Client.StartRunAsync(
            new RunRequest(dataset.Id, new PlanRequest(Hyperparameters: TrainedRun.Values("""{"trees":10}""")), Preset: "exoplanets.kepler"), Cancellation);
        started.Plan!.Target.ShouldBe("koi_disposition");
        JobView job = await shared.Running.Client.WaitAsync(started.Job!.Id, cancellation: Cancellation);
        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        RunView run = await shared.Running.Client.RunAsync(started.Id, Cancellation);
        ModelView model = await shared.Running.Client.ModelAsync(run.ModelId!, Cancellation);
        model.Preset.ShouldBe("exoplanets.kepler");
        model.Features.ShouldNotContain(feature => feature.Name == "koi_score" || feature.Name == "kepid" || feature.Name.StartsWith("koi_fpflag", StringComparison.Ordinal));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The dataset, when both the source's job and the reading are done.</summary>
    private static async Task<DatasetView> Fetch(RunningServer server, string source, SourceRequest request)
    {
        JobView job = await server.Client.FetchAsync(source, request, Cancellation);
        job = await server.Client.WaitAsync(job.Id, cancellation: Cancellation);
        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        DatasetView dataset = await server.Client.DatasetAsync(job.Result!.Value.GetProperty("dataset_id").GetString()!, Cancellation);
        await server.Client.WaitAsync(dataset.JobId!, cancellation: Cancellation);
        dataset = await server.Client.DatasetAsync(dataset.Id, Cancellation);
        dataset.Status.ShouldBe(DatasetStatus.Ready, dataset.Error);
        return dataset;
    }

    private Task<HttpResponseMessage> Post(string path, string body) =>
        shared.Running.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
}
