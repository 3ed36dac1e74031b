using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Strata.Server.Tests.Mlflow;

public abstract class ArtifactContract(SharedServer server)
{
    private const string Proxy = "/api/2.0/mlflow-artifacts/artifacts";

    private readonly HttpClient http = server.Running.Http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_sent_listed_fetched_and_deleted()
    {
        string id = await http.NewRun();
        string root = $"0/{id}/artifacts";
        await Put($"{root}/a/b.txt", "hello");
        await Put($"{root}/c.txt", "cc");
        (await http.Look($"artifacts/list?run_id={id}")).ToJsonString().ShouldBe($$"""{"root_uri":"mlflow-artifacts:/{{root}}","files":[{"path":"a","is_dir":true},{"path":"c.txt","is_dir":false,"file_size":2}]}""");
        (await http.Look($"artifacts/list?run_id={id}&path=a"))["files"]!.ToJsonString().ShouldBe("""[{"path":"a/b.txt","is_dir":false,"file_size":5}]""");
        (await http.Ask($"{Proxy}?path={root}/a", string.Empty, "GET")).ToJsonString().ShouldBe("""{"files":[{"path":"b.txt","is_dir":false,"file_size":5}]}""");
        (await http.Ask($"{Proxy}?path={root}/none", string.Empty, "GET")).ToJsonString().ShouldBe("""{"files":[]}""");
        using HttpResponseMessage file = await http.GetAsync(new Uri($"{Proxy}/{root}/a/b.txt", UriKind.Relative), Cancellation);
        (await file.Content.ReadAsStringAsync(Cancellation)).ShouldBe("hello");
        file.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        file.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        using var part = new HttpRequestMessage(HttpMethod.Get, $"/get-artifact?run_uuid={id}&path=a/b.txt") { Headers = { { "Range", "bytes=1-2" } } };
        (await (await http.SendAsync(part, Cancellation)).Content.ReadAsStringAsync(Cancellation)).ShouldBe("el");
        (await http.Ask($"{Proxy}/{root}/a", string.Empty, "DELETE")).ToJsonString().ShouldBe("{}");
        (await http.Refusal($"{Proxy}/{root}/a/b.txt", string.Empty, "GET", HttpStatusCode.NotFound)).ShouldBe("RESOURCE_DOES_NOT_EXIST");
    }

    [Fact]
    public async Task What_replaces_a_file_or_goes_with_its_run_leaves_no_blob_behind()
    {
        string experiment = await http.NewExperiment("purged");
        string id = await http.NewRun(experiment);
        int before = Blobs();
        await Put($"{experiment}/{id}/artifacts/f", "first of its kind");
        await Put($"{experiment}/{id}/artifacts/f", "second of its kind");
        Blobs().ShouldBe(before + 1);
        await http.Ask("experiments/delete", $$"""{"experiment_id":"{{experiment}}"}""");
        (await server.Running.Platform.Runs.PurgeAsync(DateTimeOffset.UtcNow.AddDays(1))).ShouldBe(1);
        Blobs().ShouldBe(before);
        (await http.Refusal($"runs/get?run_id={id}", string.Empty, "GET", HttpStatusCode.NotFound)).ShouldBe("RESOURCE_DOES_NOT_EXIST");
        await http.NewExperiment("purged");
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("..\\..\\x")]
    [InlineData("%2e%2e/%2e%2e/x")]
    [InlineData("%252e%252e%252fx")]
    [InlineData("a//b")]
    [InlineData("C:\\x")]
    [InlineData("C%3A/x")]
    [InlineData("a%00b")]
    [InlineData("a%23b")]
    [InlineData("a%0d%0aSet-Cookie:%20b=1")]
    public async Task Paths_that_climb_out_or_hide_something_are_refused(string path)
    {
        string id = await http.NewRun();
        string[] before = Directory.GetFileSystemEntries(Path.GetDirectoryName(server.Running.DataFolder)!);

        // The address is kept as it is written, not tidied up by the client.
        var address = new Uri($"{http.BaseAddress}{Proxy[1..]}/0/{id}/artifacts/{path.Replace("\\", "%5C", StringComparison.Ordinal)}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ByteArrayContent([1]) };
        using HttpResponseMessage answer = await http.SendAsync(request, Cancellation);
        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        Answers.Leaks(await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBeNull();
        (await http.Look($"artifacts/list?run_id={id}")).ContainsKey("files").ShouldBeFalse();
        Directory.GetFileSystemEntries(Path.GetDirectoryName(server.Running.DataFolder)!).ShouldBe(before);
    }

    [Fact]
    public async Task A_file_is_never_also_a_folder_and_needs_a_run()
    {
        string id = await http.NewRun();
        await Put($"0/{id}/artifacts/a", "file");
        await Put($"0/{id}/artifacts/d/e", "file");
        foreach (string path in (string[])["a/b", "d"])
        {
            (await http.Refusal($"{Proxy}/0/{id}/artifacts/{path}", "x", "PUT")).ShouldBe("INVALID_PARAMETER_VALUE");
        }

        (await http.Refusal($"{Proxy}/0/none/artifacts/a", "x", "PUT", HttpStatusCode.NotFound)).ShouldBe("RESOURCE_DOES_NOT_EXIST");
        (await http.Refusal($"{Proxy}/1/{id}/artifacts/a", "x", "PUT", HttpStatusCode.NotFound)).ShouldBe("RESOURCE_DOES_NOT_EXIST");
    }

    [Fact]
    public async Task A_large_file_streams_through()
    {
        string id = await http.NewRun();
        var bytes = new byte[60_000_000];
        bytes[59_999_999] = 7;
        using var content = new ByteArrayContent(bytes);
        using HttpResponseMessage sent = await http.PutAsync(new Uri($"{Proxy}/0/{id}/artifacts/large.bin", UriKind.Relative), content, Cancellation);
        await sent.Read(HttpStatusCode.OK);
        using Stream got = await http.GetStreamAsync(new Uri($"{Proxy}/0/{id}/artifacts/large.bin", UriKind.Relative), Cancellation);
        using var memory = new MemoryStream();
        await got.CopyToAsync(memory, Cancellation);
        memory.Length.ShouldBe(bytes.Length);
        memory.GetBuffer()[59_999_999].ShouldBe((byte)7);
    }

    [Fact]
    public async Task A_logged_model_has_files_of_its_own()
    {
        string run = await http.NewRun();
        JsonObject info = (await http.Ask("logged-models", $$"""{"experiment_id":"0","name":"net","source_run_id":"{{run}}","params":[{"key":"a","value":"1"}]}"""))["model"]!["info"]!.AsObject();
        string id = info["model_id"]!.GetValue<string>();
        info["status"]!.GetValue<string>().ShouldBe("LOGGED_MODEL_PENDING");
        await Put($"0/models/{id}/artifacts/weights", "w");
        (await http.Look($"logged-models/{id}/artifacts/directories"))["files"]!.AsArray().Count.ShouldBe(1);
        (await http.Ask($"logged-models/{id}", $$"""{"model_id":"{{id}}","status":"LOGGED_MODEL_READY"}""", "PATCH"))["model"]!["info"]!["status"]!.GetValue<string>().ShouldBe("LOGGED_MODEL_READY");
        await http.Ask($"logged-models/{id}/tags", """{"tags":[{"key":"t","value":"1"}]}""", "PATCH");
        await http.Ask($"logged-models/{id}/tags/t", string.Empty, "DELETE");
        await http.Ask("runs/outputs", $$"""{"run_id":"{{run}}","models":[{"model_id":"{{id}}","step":2}]}""");
        (await http.Look($"runs/get?run_id={run}"))["run"]!["outputs"]!.ToJsonString().ShouldBe($$"""{"model_outputs":[{"model_id":"{{id}}","step":2}]}""");
        (await http.Ask("logged-models/search", """{"experiment_ids":["0"],"filter":"name = 'net'","order_by":[{"field_name":"creation_timestamp","ascending":false}]}"""))["models"]!.AsArray().Count.ShouldBe(1);
        (await http.Ask("logged-models/search", """{"experiment_ids":["none"]}""")).ToJsonString().ShouldBe("{}");
        await http.Ask($"logged-models/{id}", string.Empty, "DELETE");
        (await http.Refusal($"logged-models/{id}", string.Empty, "GET", HttpStatusCode.NotFound)).ShouldBe("RESOURCE_DOES_NOT_EXIST");
    }

    private int Blobs() => Directory.GetFiles(Path.Join(server.Running.DataFolder, "blobs"), "*", SearchOption.AllDirectories).Length;

    private async Task Put(string path, string text)
    {
        using HttpResponseMessage answer = await http.PutAsync(new Uri($"{Proxy}/{path}", UriKind.Relative), new ByteArrayContent(Encoding.UTF8.GetBytes(text)), Cancellation);
        (await answer.Read(HttpStatusCode.OK)).ToJsonString().ShouldBe("{}");
    }
}

/// <summary>How much may be logged.</summary>
public sealed class ArtifactLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_artifact_and_a_projects_artifacts_are_no_larger_than_the_settings_say()
    {
        await using RunningServer server = await RunningServer.Start(options => options with { MaxArtifactBytes = 60, MaxArtifactBytesPerProject = 100 });
        string id = await server.Http.NewRun();
        (await Put("a", 61)).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Put("a", 60)).ShouldBe(HttpStatusCode.OK);
        (await Put("b", 41)).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Put("b", 40)).ShouldBe(HttpStatusCode.OK);
        (await Put("c", 1)).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Put("b", 10)).ShouldBe(HttpStatusCode.OK, "what is replaced does not count");
        (await Put("c", 30)).ShouldBe(HttpStatusCode.OK);
        server.Platform.Artifacts.List(id, string.Empty).Sum(entry => entry.Bytes).ShouldBe(100);

        async Task<HttpStatusCode> Put(string name, int bytes)
        {
            using var content = new ByteArrayContent(new byte[bytes]);
            using HttpResponseMessage answer = await server.Http.PutAsync(new Uri($"/api/2.0/mlflow-artifacts/artifacts/0/{id}/artifacts/{name}", UriKind.Relative), content, Cancellation);
            return answer.StatusCode;
        }
    }
}

public sealed class ArtifactTests(SharedServer server) : ArtifactContract(server), IClassFixture<SharedServer>;

public sealed class ArtifactOnPostgresTests(SharedPostgresServer server) : ArtifactContract(server), IClassFixture<SharedPostgresServer>;
