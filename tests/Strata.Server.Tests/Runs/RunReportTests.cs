using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Runs;

public sealed class RunReportTests(TrainedRun trained) : IClassFixture<TrainedRun>
{
    private HttpClient Http => trained.Running.Http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_has_a_page_that_may_show_itself_and_nothing_else()
    {
        using HttpResponseMessage answer = await Http.GetAsync(new Uri($"/api/runs/{trained.Run.Id}/report", UriKind.Relative), Cancellation);
        string page = await answer.Content.ReadAsStringAsync(Cancellation);

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldBe("sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
        page.ShouldContain("<h1>first</h1>");
        page.ShouldContain("survey");
        page.ShouldContain("id=\"curves-0-title\"");
        page.ShouldContain("--set trees=20");
        page.ShouldNotContain("<script");
        page.ShouldNotContain(trained.Running.DataFolder);
        Encoding.UTF8.GetByteCount(page).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public async Task Its_JSON_says_the_same_and_both_are_among_its_files()
    {
        using var stream = new MemoryStream();
        await trained.Running.Client.DownloadRunReportAsync(trained.Run.Id, stream, asJson: true, Cancellation);
        JsonNode report = JsonNode.Parse(stream.ToArray())!;

        report["evaluation"]!["metrics"]!["accuracy"]!.GetValue<double>().ShouldBe(trained.Run.Metrics["accuracy"]!.Value);
        report["data"]!["row_count"]!.GetValue<int>().ShouldBe(TrainedRun.RowCount);
        report["reasons"]!["outputs"]![0]!["columns"]![0]!["column"]!.GetValue<string>().ShouldBe("depth");
        (await trained.Running.Client.RunArtifactsAsync(trained.Run.Id, Cancellation)).Items.Select(artifact => artifact.Name).ShouldContain("report.html");
        (await Http.GetStringAsync(new Uri($"/api/runs/{trained.Run.Id}/artifacts/report.json", UriKind.Relative), Cancellation)).ShouldBe(Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public async Task Another_format_is_refused() =>
        (await (await Http.GetAsync(new Uri($"/api/runs/{trained.Run.Id}/report?format=pdf", UriKind.Relative), Cancellation)).Problem(422)).Detail!.ShouldContain("html or json");

    [Fact]
    public async Task What_people_say_of_a_model_stands_in_its_card()
    {
        var plan = new PlanRequest("verdict", Algorithm: "decision_tree", Threads: 1, Statements: new ModelStatements(Owner: "Ada <ada>", IntendedUse: "To find planets."));
        RunView started = await trained.Running.Client.StartRunAsync(new RunRequest(trained.Dataset.Id, plan), Cancellation);
        await trained.Running.Client.EventsAsync(started.Job!.Id, Cancellation).ToListAsync(Cancellation);
        using var stream = new MemoryStream();
        await trained.Running.Client.DownloadRunReportAsync(started.Id, stream, cancellation: Cancellation);

        string page = Encoding.UTF8.GetString(stream.ToArray());
        page.ShouldContain("Owner: Ada &lt;ada&gt;");
        page.ShouldContain("To find planets.");
        started.Plan!.Statements!.IntendedUse.ShouldBe("To find planets.");
    }
}
