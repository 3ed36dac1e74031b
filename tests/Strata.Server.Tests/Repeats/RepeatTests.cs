using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Shouldly;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Repeats;

/// <summary>Requests that are sent again with the same key.</summary>
public sealed class RepeatTests(TrainedRun trained) : IClassFixture<TrainedRun>
{
    private const string Tree = """{"algorithm":"decision_tree","target":"verdict"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningServer Server => trained.Running;

    [Fact]
    public async Task A_hundred_equal_requests_at_once_make_one_run_and_get_one_answer()
    {
        int before = Server.Platform.Runs.List().Total;
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => StartRun("hundred", Tree)));
        string[] texts = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync(Cancellation)));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Accepted);
        texts.Distinct().Count().ShouldBe(1);
        answers.Select(answer => answer.Headers.Location).Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
        Server.Platform.Runs.List().Total.ShouldBe(before + 1);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused_and_another_key_makes_another_run()
    {
        RunView first = await (await StartRun("one", Tree)).Read<RunView>();
        (await (await StartRun("one", """{"algorithm":"random_forest","target":"verdict"}""")).Problem(409)).Detail.ShouldContain("another request");
        (await (await StartRun("one", Tree)).Read<RunView>()).Id.ShouldBe(first.Id);
        (await (await StartRun("two", Tree)).Read<RunView>()).Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task A_request_that_was_refused_leaves_its_key_free()
    {
        await (await StartRun("mended", """{"algorithm":"no_such","target":"verdict"}""")).Problem(422);
        (await StartRun("mended", Tree)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_form_that_is_put_together_anew_is_the_same_request()
    {
        DatasetView[] answers = [await Upload("a,b\n1,2\n3,4\n"), await Upload("a,b\n1,2\n3,4\n")];
        answers[1].ShouldBeEquivalentTo(answers[0]);
        using HttpResponseMessage other = await Send(Form("a,b\n1,2\n3,5\n"), "/api/datasets", "form");
        await other.Problem(409);
    }

    [Fact]
    public async Task A_request_whose_server_ended_before_it_answered_says_so()
    {
        await Server.Platform.RequestKeys.TakeAsync("local", "torn", "");
        (await (await StartRun("torn", Tree)).Problem(409)).Detail.ShouldContain("another request");
        string body = $$"""{"dataset_id":"{{trained.Dataset.Id}}","plan":{{Tree}}}""";
        byte[] address = Encoding.UTF8.GetBytes($"POST /api/runs\n{body}");
        string fingerprint = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(address));
        await Server.Platform.RequestKeys.TakeAsync("local", "torn again", fingerprint);
        (await (await StartRun("torn again", Tree)).Problem(409)).Detail.ShouldContain("The server ended");
    }

    [Theory]
    [InlineData("")]
    [InlineData("tab\tbed")]
    [InlineData("long")]
    public async Task A_key_that_is_none_is_refused(string key) => await (await StartRun(key == "long" ? new string('k', 201) : key, Tree)).Problem(400);

    private async Task<DatasetView> Upload(string table)
    {
        using HttpResponseMessage answer = await Send(Form(table), "/api/datasets", "form");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return await answer.Read<DatasetView>();
    }

    private static MultipartFormDataContent Form(string table) =>
        new() { { new ByteArrayContent(Encoding.UTF8.GetBytes(table)) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } }, "file", "repeated.csv" } };

    private Task<HttpResponseMessage> StartRun(string key, string plan) =>
        Send(new StringContent($$"""{"dataset_id":"{{trained.Dataset.Id}}","plan":{{plan}}}""", Encoding.UTF8, "application/json"), "/api/runs", key);

    private async Task<HttpResponseMessage> Send(HttpContent content, string address, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await Server.Http.SendAsync(request, Cancellation);
    }
}
