using System.Diagnostics;
using System.Text;
using Shouldly;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests;

public sealed class JsonTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly RunningServer server = shared.Running;

    [Theory]
    [InlineData("""{}""", "dataset_id")]
    [InlineData("""{"dataset_id":"x"}""", "plan")]
    [InlineData("""{"dataset_id":null,"plan":{}}""", "dataset_id")]
    [InlineData("""{"dataset_id":1,"plan":{}}""", "dataset_id")]
    [InlineData("""{"dataset_id":"x","plan":[]}""", "plan")]
    [InlineData("""{"dataset_id":"x","plan":{"test_size":"much"}}""", "plan.test_size")]
    [InlineData("""{"dataset_id":"x","plan":{"test_size":1e999}}""", "plan.test_size")]
    [InlineData("""{"dataset_id":"x","plan":{"seed":-1}}""", "plan.seed")]
    [InlineData("""{"dataset_id":"x","plan":{"drop":"a"}}""", "plan.drop")]
    [InlineData("""{"dataset_id":"x","plan":{"drop":[1]}}""", "plan.drop[0]")]
    [InlineData("""{"dataset_id":"x","plan":{"drop":["a",null]}}""", "drop")]
    [InlineData("""{"dataset_id":"x","plan":{"task":"clustering"}}""", "classification")]
    [InlineData("""{"dataset_id":"x","plan":{"task":1}}""", "plan.task")]
    [InlineData("""{"dataset_id":"x","dataset_id":"y","plan":{}}""", "dataset_id")]
    [InlineData("""{"dataset_id":"x","plan":{"hyperparameters":{"trees":1,"trees":2}}}""", "trees")]
    [InlineData("""{"dataset_id":"x","plan":{"target":"y","calibrate":"isotonic"}}""", "no field 'calibrate' here. Did you mean 'calibration'?")]
    [InlineData("""{"dataset_id":"x","plan":{},"colour":1}""", "no field 'colour' here. Known are dataset_id")]
    public async Task A_wrong_field_is_named(string body, string named) =>
        (await (await Post("/api/runs", body)).Problem(400)).Detail.ShouldContain(named);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("{")]
    [InlineData("{\"dataset_id\":\"x\",}")]
    [InlineData("NaN")]
    [InlineData("\0\0\0")]
    public async Task A_body_that_is_no_such_object_is_refused(string body) => await (await Post("/api/runs", body)).Problem(400);

    [Theory]
    [InlineData(65)]
    [InlineData(10_000)]
    [InlineData(1_000_000)]
    public async Task Deep_nesting_is_refused_at_once(int depth)
    {
        string body = """{"dataset_id":"x","plan":{"hyperparameters":{"a":""" + new string('[', depth) + new string(']', depth) + "}}}";
        await Post("/api/runs", "{}");
        long started = Stopwatch.GetTimestamp();
        (await (await Post("/api/runs", body)).Problem(400)).Detail.ShouldContain("64");
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(10)); // Milliseconds on an idle machine; reading all of it again at each level would take minutes.
    }

    [Fact]
    public async Task A_body_over_the_limit_is_too_large()
    {
        string body = """{"plan":{},"dataset_id":" """ + new string('x', 33 << 20) + "\"}";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/runs") { Content = new StringContent(body, Encoding.UTF8, "application/json"), Headers = { ExpectContinue = true } };
        await (await server.Http.SendAsync(request, TestContext.Current.CancellationToken)).Problem(413);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Another_media_type_is_refused(string type) => await (await Post("/api/runs", "{}", type)).Problem(415);

    [Theory]
    [InlineData("/api/datasets?offset=-1", 422)]
    [InlineData("/api/datasets?count=1001", 422)]
    [InlineData("/api/datasets?count=many", 400)]
    [InlineData("/api/datasets?offset=99999999999999", 400)]
    [InlineData("/api/jobs?count=-5", 422)]
    public async Task A_window_out_of_range_is_refused(string path, int status) =>
        (await (await server.Http.GetAsync(path, TestContext.Current.CancellationToken)).Problem(status)).Detail.ShouldMatch("offset|count");

    [Theory]
    [InlineData("GET", "/api/nowhere")]
    [InlineData("POST", "/api/nowhere")]
    [InlineData("GET", "/api/")]
    public async Task An_unknown_route_is_not_found(string method, string path) =>
        await (await server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), TestContext.Current.CancellationToken)).Problem(404);

    [Fact]
    public async Task A_method_that_a_route_does_not_take_is_refused()
    {
        Problem problem = await (await server.Http.DeleteAsync("/api/health", TestContext.Current.CancellationToken)).Problem(405);
        problem.Title.ShouldBe("Method not allowed");
    }

    private Task<HttpResponseMessage> Post(string path, string body, string type = "application/json") =>
        server.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, type), TestContext.Current.CancellationToken);
}
