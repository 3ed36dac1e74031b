using System.Net;
using Shouldly;
using Xunit;

namespace Strata.Server.Tests.WebPages;

public sealed class WebPageTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("strata-page-").FullName;
    private RunningServer server = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Join(folder, "assets"));
        await File.WriteAllTextAsync(Path.Join(folder, "index.html"), "<!doctype html><title>page</title>");
        await File.WriteAllTextAsync(Path.Join(folder, "assets", "app-1a2b3c.js"), "export {}");
        await File.WriteAllTextAsync(Path.Join(Path.GetDirectoryName(folder)!, "outside.txt"), "secret");
        server = await RunningServer.Start(configure: options => options with { WebFolder = folder });
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    [InlineData("/runs/abc")]
    [InlineData("/datasets")]
    [InlineData("/deployments/churn.v2")]
    public async Task Addresses_of_the_page_answer_the_page_fresh(string path)
    {
        HttpResponseMessage answer = await Get(path);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("<title>page</title>");
        answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
    }

    [Fact]
    public async Task Assets_with_a_hash_in_their_name_are_kept_for_ever()
    {
        HttpResponseMessage answer = await Get("/assets/app-1a2b3c.js");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
    }

    [Theory]
    [InlineData("/assets/gone-0.js")]
    [InlineData("/favicon.ico")]
    [InlineData("/api/nowhere")]
    [InlineData("/docs/nowhere.js")]
    [InlineData("/%2e%2e/outside.txt")]
    [InlineData("/..%2foutside.txt")]
    public async Task What_is_not_there_is_not_found(string path) => (await Get(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Without_a_built_page_there_is_a_word_on_how_to_build_it()
    {
        await using RunningServer bare = await RunningServer.Start();
        string text = await bare.Http.GetStringAsync("/", TestContext.Current.CancellationToken);
        text.ShouldContain("npm run build");
        text.ShouldContain("href=\"/docs/\"");
        (await bare.Http.GetAsync("/docs/", TestContext.Current.CancellationToken)).StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.MovedPermanently, HttpStatusCode.Redirect);
    }

    private Task<HttpResponseMessage> Get(string path) => server.Http.GetAsync(path, TestContext.Current.CancellationToken);
}
