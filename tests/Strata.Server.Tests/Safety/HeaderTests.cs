using Shouldly;
using Xunit;

namespace Strata.Server.Tests.Safety;

public sealed class HeaderTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/index.html")]
    public async Task Every_page_runs_only_scripts_of_this_server_and_tells_other_sites_nothing(string path)
    {
        HttpResponseMessage answer = await Asked(path);
        Rule(answer, "script-src").ShouldBe("script-src 'self'");
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
    }

    [Theory]
    [InlineData("/api/health")]
    [InlineData("/api/datasets/none")]
    [InlineData("/api/nowhere")]
    [InlineData("/api/2.0/mlflow/nowhere")]
    [InlineData("/ajax-api/2.0/mlflow/nowhere")]
    public async Task An_answer_of_the_api_runs_nothing_and_is_kept_by_nobody(string path)
    {
        HttpResponseMessage answer = await Asked(path);
        Rule(answer, "default-src").ShouldBe("default-src 'none'");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    private async Task<HttpResponseMessage> Asked(string path)
    {
        HttpResponseMessage answer = await shared.Running.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Rule(answer, "frame-ancestors").ShouldBe("frame-ancestors 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
        return answer;
    }

    private static string Rule(HttpResponseMessage answer, string name) =>
        answer.Headers.GetValues("Content-Security-Policy").Single().Split(';', StringSplitOptions.TrimEntries).Single(rule => rule.StartsWith(name, StringComparison.Ordinal));
}
