using System.Net;
using System.Text;
using Shouldly;
using Xunit;

namespace Strata.Server.Tests.Safety;

public sealed class OriginTests : IAsyncLifetime
{
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.Start(configure: options => options with { CorsOrigins = ["http://localhost:5173"] });

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost:1")]
    public async Task A_page_of_another_site_may_not_write(string origin)
    {
        HttpResponseMessage answer = await Send(HttpMethod.Post, "/api/sources/kepler_simulated", ("Origin", origin));
        (await answer.Problem(403)).Title.ShouldBe("Cross-site request");
    }

    [Theory]
    [InlineData("/api/health")]
    [InlineData("/api/jobs/x/events")]
    public async Task A_page_of_another_site_may_not_read_or_listen(string path) =>
        (await Send(HttpMethod.Get, path, ("Origin", "https://evil.example"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_request_that_a_browser_marks_as_foreign_is_refused(string site) =>
        (await Send(HttpMethod.Get, "/api/health", ("Sec-Fetch-Site", site))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task A_link_from_elsewhere_may_open_the_page() =>
        (await Send(HttpMethod.Get, "/", ("Sec-Fetch-Site", "cross-site"))).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task Our_own_page_may_call() =>
        (await Send(HttpMethod.Get, "/api/health", ("Origin", server.Address.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin"))).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task Our_own_page_behind_a_proxy_that_speaks_tls_may_call() =>
        (await Send(HttpMethod.Get, "/api/health", ("Origin", $"https://{server.Address.Authority}"))).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task A_configured_origin_may_call_and_is_told_so()
    {
        HttpResponseMessage answer = await Send(HttpMethod.Get, "/api/health", ("Origin", "http://localhost:5173"), ("Sec-Fetch-Site", "same-site"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["http://localhost:5173"]);
    }

    [Fact]
    public async Task A_configured_origin_may_ask_before_it_posts()
    {
        HttpResponseMessage answer = await Send(HttpMethod.Options, "/api/runs", ("Origin", "http://localhost:5173"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type"));
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Access-Control-Allow-Methods").Single().ShouldContain("POST");
    }

    [Fact]
    public async Task A_script_without_a_browser_may_call() => (await Send(HttpMethod.Get, "/api/health")).StatusCode.ShouldBe(HttpStatusCode.OK);

    private Task<HttpResponseMessage> Send(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "text/plain");
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
