using Shouldly;
using Xunit;

namespace Strata.Server.Tests.Safety;

public sealed class HeaderTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api/health")]
    [InlineData("/api/datasets/none")]
    [InlineData("/api/nowhere")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/index.html")]
    public async Task Every_answer_forbids_framing_sniffing_and_foreign_scripts(string path)
    {
        HttpResponseMessage answer = await shared.Running.Http.GetAsync(path, TestContext.Current.CancellationToken);
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("frame-ancestors 'none'");
        ScriptRule(policy).ShouldBe("script-src 'self'");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    private static string ScriptRule(string policy) => policy.Split(';', StringSplitOptions.TrimEntries).Single(rule => rule.StartsWith("script-src", StringComparison.Ordinal));
}
