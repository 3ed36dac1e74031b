using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Clients;

public sealed class StrataClientTests
{
    [Fact]
    public async Task A_broken_event_stream_is_taken_up_again_where_it_broke()
    {
        var seen = new List<string>();
        await using WebApplication server = WebApplication.CreateSlimBuilder().Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapGet("/api/jobs/j/events", async (HttpContext context) =>
        {
            seen.Add(context.Request.Headers["Last-Event-ID"].ToString());
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(seen.Count == 1
                ? "id: 7\nevent: metric\ndata: {\"name\":\"loss\",\"step\":0,\"value\":1.5}\n\nid: 8\nevent: log\ndata: {\"number\":1,\"ti"
                : $"id: 9-end\nevent: status\ndata: {Job("completed")}\n\n");
        });
        await server.StartAsync(Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(server.Urls.Single()) };
        List<JobHappening> happenings = await new StrataClient(http).EventsAsync("j", Cancellation).ToListAsync(Cancellation);
        seen.ShouldBe([string.Empty, "7"]);
        happenings.Select(happened => happened.Id).ShouldBe(["7", "9-end"]);
        happenings[0].Metric.ShouldBe(new MetricPoint("loss", 0, 1.5));
        happenings[1].Job!.Status.ShouldBe(JobStatus.Completed);
    }

    [Fact]
    public async Task A_refusal_carries_its_problem()
    {
        await using RunningServer server = await RunningServer.Start();
        RefusedException refused = await Should.ThrowAsync<RefusedException>(() => server.Client.DatasetAsync("none", Cancellation));
        refused.Problem.Status.ShouldBe(404);
        refused.Message.ShouldBe(refused.Problem.Detail);
    }

    [Fact]
    public async Task An_answer_that_is_no_problem_is_a_refusal_too()
    {
        await using WebApplication server = WebApplication.CreateSlimBuilder().Build();
        server.Urls.Add("http://127.0.0.1:0");
        await server.StartAsync(Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(server.Urls.Single()) };
        (await Should.ThrowAsync<RefusedException>(() => new StrataClient(http).HealthAsync(Cancellation))).Problem.Status.ShouldBe(404);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Job(string status) =>
        $$"""{"id":"j","kind":"train","status":"{{status}}","progress":100,"current_step":"","error":null,"created_at":"2026-01-01T00:00:00Z","started_at":null,"ended_at":null,"attempt":1,"result":null,"owner":"j","asked_by":"local","priority":"normal","queue_position":null,"after":[],"pausing":false}""";
}
