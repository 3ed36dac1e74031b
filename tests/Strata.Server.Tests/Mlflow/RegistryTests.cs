using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Strata.Server.Tests.Mlflow;

public abstract class RegistryContract(SharedServer server)
{
    private readonly HttpClient http = server.Running.Http;

    [Fact]
    public async Task A_version_is_told_in_exactly_MLflows_words()
    {
        string run = await http.NewRun();
        await http.Ask("registered-models/create", """{"name":"words","description":"about","tags":[{"key":"a","value":"b"}]}""");
        JsonObject version = (await http.Ask("model-versions/create", $$"""{"name":"words","source":"runs:/{{run}}/model","run_id":"{{run}}","description":"first"}"""))["model_version"]!.AsObject();
        long made = version["creation_timestamp"]!.GetValue<long>();
        string expected = $$"""{"name":"words","version":"1","creation_timestamp":{{made}},"last_updated_timestamp":{{made}},"current_stage":"None","description":"first","source":"runs:/{{run}}/model","run_id":"{{run}}","status":"READY"}""";
        version.ToJsonString().ShouldBe(expected);
        (await http.Look("model-versions/get?name=words&version=1"))["model_version"]!.ToJsonString().ShouldBe(expected);
        (await http.Look("model-versions/get-download-uri?name=words&version=1")).ToJsonString().ShouldBe($$"""{"artifact_uri":"mlflow-artifacts:/0/{{run}}/artifacts/model"}""");
        await http.Ask("registered-models/alias", """{"name":"words","alias":"champion","version":"1"}""");
        JsonObject model = (await http.Look("registered-models/get?name=words"))["registered_model"]!.AsObject();
        model["aliases"]!.ToJsonString().ShouldBe("""[{"alias":"champion","version":"1"}]""");
        model["latest_versions"]!.AsArray().Count.ShouldBe(1);
        (await http.Look("registered-models/alias?name=words&alias=champion"))["model_version"]!["aliases"]!.ToJsonString().ShouldBe("""["champion"]""");
    }

    [Fact]
    public async Task Every_change_of_stage_and_alias_stays_in_the_history()
    {
        string run = await http.NewRun();
        await http.Ask("registered-models/create", """{"name":"history"}""");
        await Version("history", run);
        await Version("history", run);
        await http.Ask("model-versions/transition-stage", """{"name":"history","version":"1","stage":"PRODUCTION"}""");
        JsonObject moved = await http.Ask("model-versions/transition-stage", """{"name":"history","version":"2","stage":"production","archive_existing_versions":true}""");
        moved["model_version"]!["current_stage"]!.GetValue<string>().ShouldBe("Production");
        await http.Ask("registered-models/alias", """{"name":"history","alias":"a","version":"1"}""");
        await http.Ask("registered-models/alias", """{"name":"history","alias":"a","version":"2"}""");
        await http.Ask("model-versions/delete", """{"name":"history","version":"2"}""", "DELETE");
        await http.Ask("registered-models/rename", """{"name":"history","new_name":"history told"}""");
        server.Running.Platform.Registry.Changes("history told").Select(change => $"{change.Version} {change.What} {change.Before} -> {change.After}").Skip(3).ShouldBe(
            ["1 status training -> production", "1 status production -> archived", "2 status training -> production", "1 alias  -> a: 1", "2 alias a: 1 -> a: 2", "2 deleted production -> ", " renamed history -> history told"]);
        (await Version("history told", run)).ShouldBe("3", "numbers are not given twice");
        (await http.Ask("registered-models/get-latest-versions", """{"name":"history told","stages":["archived"]}"""))["model_versions"]![0]!["version"]!.GetValue<string>().ShouldBe("1");
        (await http.Refusal("registered-models/alias?name=history%20told&alias=a", string.Empty, "GET", HttpStatusCode.NotFound)).ShouldBe("RESOURCE_DOES_NOT_EXIST");
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://example.org/model")]
    [InlineData("strata:/etc/passwd")]
    [InlineData("strata:/models/x@host")]
    [InlineData("s3://bucket/model")]
    [InlineData("mlflow-artifacts:/../x")]
    [InlineData("mlflow-artifacts://host/x")]
    [InlineData("mlflow-artifacts:/a/%2e%2e/%2e%2e/x")]
    [InlineData("runs:/RUN/../../x")]
    [InlineData("runs:/RUN/%252e%252e/x")]
    [InlineData("runs:/user@RUN/x")]
    [InlineData("runs:/RUN/x#y")]
    [InlineData("models:/sources/x")]
    public async Task Sources_outside_the_server_are_refused(string source)
    {
        string run = await http.NewRun();
        if (server.Running.Platform.Registry.Search(new() { Filter = "name = 'sources'" }).Items.Count == 0)
        {
            await http.Ask("registered-models/create", """{"name":"sources"}""");
        }

        (await http.Refusal("model-versions/create", new JsonObject { ["name"] = "sources", ["source"] = source.Replace("RUN", run, StringComparison.Ordinal) }.ToJsonString())).ShouldBe("INVALID_PARAMETER_VALUE");
    }

    [Fact]
    public async Task Searches_of_newer_clients_find_models_that_do_not_say_whether_they_are_prompts()
    {
        await http.Ask("registered-models/create", """{"name":"no prompt"}""");
        await http.Ask("registered-models/create", """{"name":"a prompt","tags":[{"key":"mlflow.prompt.is_prompt","value":"true"}]}""");
        JsonObject found = await http.Look($"registered-models/search?filter={Uri.EscapeDataString("name LIKE '%prompt' AND tag.`mlflow.prompt.is_prompt` != 'true'")}");
        found["registered_models"]!.AsArray().Select(model => model!["name"]!.GetValue<string>()).ShouldBe(["no prompt"]);
    }

    [Fact]
    public async Task Versions_are_found_by_run_and_number_and_refused_as_unknown()
    {
        string run = await http.NewRun();
        await http.Ask("registered-models/create", """{"name":"found"}""");
        await Version("found", run);
        await Version("found", run);
        JsonObject found = await http.Look($"model-versions/search?filter={Uri.EscapeDataString($"run_id = '{run}' AND version_number > 1")}&order_by=version_number%20DESC");
        found["model_versions"]!.AsArray().Select(version => version!["version"]!.GetValue<string>()).ShouldBe(["2"]);
        (await http.Refusal("model-versions/get?name=found&version=9", string.Empty, "GET", HttpStatusCode.NotFound)).ShouldBe("RESOURCE_DOES_NOT_EXIST");
        (await http.Refusal("model-versions/get?name=found&version=x", string.Empty, "GET")).ShouldBe("INVALID_PARAMETER_VALUE");
        (await http.Refusal("registered-models/create", """{"name":"found"}""")).ShouldBe("RESOURCE_ALREADY_EXISTS");
        (await http.Refusal("registered-models/alias", """{"name":"found","alias":"v1","version":"1"}""")).ShouldBe("INVALID_PARAMETER_VALUE");
        (await http.Refusal("model-versions/transition-stage", """{"name":"found","version":"1","stage":"None","archive_existing_versions":true}""")).ShouldBe("INVALID_PARAMETER_VALUE");
    }

    private async Task<string> Version(string name, string run) =>
        (await http.Ask("model-versions/create", $$"""{"name":"{{name}}","source":"runs:/{{run}}/m"}"""))["model_version"]!["version"]!.GetValue<string>();
}

public sealed class RegistryTests(SharedServer server) : RegistryContract(server), IClassFixture<SharedServer>;

public sealed class RegistryOnPostgresTests(SharedPostgresServer server) : RegistryContract(server), IClassFixture<SharedPostgresServer>;
