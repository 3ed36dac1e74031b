using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Strata.Server.Tests.Deployments;

/// <summary>What a collector gets by OTLP over HTTP, and what <c>/metrics</c> says of jobs.</summary>
public sealed class TelemetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collector_gets_metrics_and_traces_by_their_names()
    {
        var got = new ConcurrentQueue<(string Path, string ContentType, byte[] Body)>();
        await using WebApplication collector = await Collector(got);
        await using (RunningServer server = await RunningServer.Start(configure: options => options with { Collector = new Uri(collector.Urls.Single()), CollectorEvery = TimeSpan.FromMilliseconds(200) }))
        {
            await TrainedRun.Upload(server.Client, "a,b\n1,2\n", "traced.csv");
            await Until(() => Has("/v1/metrics", "strata.jobs") && Has("/v1/metrics", "completed") && Has("/v1/traces", "job read_dataset"));
        }

        got.ShouldAllBe(one => one.ContentType == "application/x-protobuf");
        foreach (string name in new[] { "strata.alerts.firing", "process.memory.usage", "http.server.request.duration", "dotnet.gc.collections", "service.name" })
        {
            Has("/v1/metrics", name).ShouldBeTrue(name);
        }

        Has("/v1/traces", "strata.job.kind").ShouldBeTrue();
        Has("/v1/traces", "POST").ShouldBeTrue();

        bool Has(string path, string text) => got.Any(one => one.Path == path && one.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
    }

    [Fact]
    public async Task Prometheus_is_told_of_jobs_by_status()
    {
        await using RunningServer server = await RunningServer.Start();
        await TrainedRun.Upload(server.Client, "a,b\n1,2\n", "counted.csv");
        string text = await server.Http.GetStringAsync("/metrics", Cancellation);
        text.ShouldContain("strata_jobs{status=\"completed\"} ");
        text.ShouldContain("strata_jobs{status=\"failed\"} 0\n");
        text.ShouldContain("strata_job_queue_length 0\n");
    }

    private static async Task<WebApplication> Collector(ConcurrentQueue<(string, string, byte[])> got)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            got.Enqueue((context.Request.Path.Value!, context.Request.ContentType!, body.ToArray()));
            context.Response.StatusCode = StatusCodes.Status200OK;
        });
        await app.StartAsync(Cancellation);
        return app;
    }

    private static async Task Until(Func<bool> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!holds())
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), "nothing came");
            await Task.Delay(50, Cancellation);
        }
    }
}
