using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Strata.Server.Tests.Mlflow;

public abstract class TrackingContract(SharedServer server)
{
    private readonly HttpClient http = server.Running.Http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_experiment_is_told_in_exactly_MLflows_words()
    {
        string id = (await http.Ask("experiments/create", """{"name":"words","tags":[{"key":"team","value":"red"}],"unknown":[1]}"""))["experiment_id"]!.GetValue<string>();
        JsonObject experiment = (await http.Look($"experiments/get?experiment_id={id}"))["experiment"]!.AsObject();
        long made = experiment["creation_time"]!.GetValue<long>();
        experiment.ToJsonString().ShouldBe(
            $$"""{"experiment_id":"{{id}}","name":"words","artifact_location":"mlflow-artifacts:/{{id}}","lifecycle_stage":"active","last_update_time":{{made}},"creation_time":{{made}},"tags":[{"key":"team","value":"red"}]}""");
        (await http.Look("experiments/get-by-name?experiment_name=words")).ToJsonString().ShouldBe(new JsonObject { ["experiment"] = experiment.DeepClone() }.ToJsonString());
        (await http.Ask("experiments/set-experiment-tag", $$"""{"experiment_id":"{{id}}","key":"k","value":"v"}""")).ToJsonString().ShouldBe("{}");
    }

    [Fact]
    public async Task A_run_is_told_in_exactly_MLflows_words()
    {
        string id = await http.NewRun(more: ""","user_id":"ann","run_name":"first","tags":[{"key":"a","value":"b"}]""");
        await http.Ask("runs/log-metric", $$"""{"run_uuid":"{{id}}","key":"loss","value":"0.5","timestamp":"2000","step":"3"}""");
        await http.Ask("runs/log-parameter", $$"""{"run_id":"{{id}}","key":"depth","value":"4"}""");
        await http.Ask("runs/log-inputs", $$$"""{"run_id":"{{{id}}}","datasets":[{"tags":[{"key":"mlflow.data.context","value":"training"}],"dataset":{"name":"d","digest":"x1","source_type":"local","source":"{}"}}]}""");
        JsonObject ended = await http.Ask("runs/update", $$"""{"run_id":"{{id}}","status":"FINISHED","end_time":5000}""");
        string info = $$"""{"run_uuid":"{{id}}","experiment_id":"0","run_name":"first","user_id":"ann","status":"FINISHED","start_time":1000,"end_time":5000,"artifact_uri":"mlflow-artifacts:/0/{{id}}/artifacts","lifecycle_stage":"active","run_id":"{{id}}"}""";
        ended.ToJsonString().ShouldBe($$"""{"run_info":{{info}}}""");
        (await http.Look($"runs/get?run_id={id}")).ToJsonString().ShouldBe(
            $$$$"""{"run":{"info":{{{{info}}}},"data":{"metrics":[{"key":"loss","value":0.5,"timestamp":2000,"step":3}],"params":[{"key":"depth","value":"4"}],"tags":[{"key":"a","value":"b"},{"key":"mlflow.runName","value":"first"}]},"inputs":{"dataset_inputs":[{"tags":[{"key":"mlflow.data.context","value":"training"}],"dataset":{"name":"d","digest":"x1","source_type":"local","source":"{}"}}]}}}""");
    }

    [Fact]
    public async Task NaN_and_infinities_travel_as_texts_and_stay_what_they_are()
    {
        string id = await http.NewRun();
        string[] values = ["\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "-0.1"];
        for (int step = 0; step < values.Length; step++)
        {
            await http.Ask("runs/log-metric", $$"""{"run_id":"{{id}}","key":"m","value":{{values[step]}},"timestamp":1,"step":{{step}}}""");
            await http.Ask("runs/log-metric", $$"""{"run_id":"{{id}}","key":"m","value":{{values[step]}},"timestamp":1,"step":{{step}}}""");
        }

        JsonArray points = (await http.Look($"metrics/get-history?run_id={id}&metric_key=m"))["metrics"]!.AsArray();
        points.Select(point => point!["value"]!.ToJsonString()).ShouldBe(values);
    }

    [Fact]
    public async Task A_history_is_read_page_by_page()
    {
        string id = await http.NewRun();
        string metrics = string.Join(',', Enumerable.Range(0, 25).Select(step => $$"""{"key":"m","value":{{step}},"timestamp":1,"step":{{step}}}"""));
        await http.Ask("runs/log-batch", $$"""{"run_id":"{{id}}","metrics":[{{metrics}}]}""");
        var steps = new List<long>();
        string? token = null;
        do
        {
            JsonObject page = await http.Look($"metrics/get-history?run_id={id}&metric_key=m&max_results=10{(token is null ? string.Empty : $"&page_token={token}")}");
            steps.AddRange(page["metrics"]!.AsArray().Select(point => point!["step"]!.GetValue<long>()));
            token = page["next_page_token"]?.GetValue<string>();
        }
        while (token is not null);
        steps.ShouldBe(Enumerable.Range(0, 25).Select(step => (long)step));
        JsonObject bulk = await http.Look($"metrics/get-history-bulk?run_id={id}&run_id=none&metric_key=m&max_results=3");
        bulk["metrics"]!.AsArray().Count.ShouldBe(3);
        bulk["metrics"]![0]!["run_id"]!.GetValue<string>().ShouldBe(id);
    }

    [Fact]
    public async Task A_search_asked_for_again_page_by_page_finds_each_run_once()
    {
        string experiment = await http.NewExperiment("paged");
        for (int i = 0; i < 7; i++)
        {
            string id = await http.NewRun(experiment, $$""","run_name":"r{{i}}" """);
            await http.Ask("runs/log-metric", $$"""{"run_id":"{{id}}","key":"m","value":{{(i == 3 ? "\"NaN\"" : i % 3)}},"timestamp":1}""");
        }

        await http.NewRun(experiment, ""","run_name":"r7" """);
        foreach (string order in (string[])["metrics.m ASC", "metrics.m DESC", "attributes.start_time DESC", "tags.`mlflow.runName` DESC", "end_time"])
        {
            var names = new List<string>();
            string more = string.Empty;
            while (true)
            {
                JsonObject page = await http.Ask("runs/search", $$"""{"experiment_ids":["{{experiment}}"],"max_results":3,"order_by":["{{order}}"]{{more}}}""");
                names.AddRange(page["runs"]!.AsArray().Select(run => run!["info"]!["run_name"]!.GetValue<string>()));
                if (page["next_page_token"] is not JsonNode token)
                {
                    break;
                }

                more = $$""","page_token":"{{token.GetValue<string>()}}" """;
            }

            names.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 8).Select(i => $"r{i}"), order);
            if (order.StartsWith("metrics", StringComparison.Ordinal))
            {
                names[^2..].ShouldBe(["r3", "r7"], "NaN comes before what is missing, both behind all values");
            }
        }
    }

    [Theory]
    [InlineData("metrics.m > 0 OR params.p = 'x'", 2)]
    [InlineData("(metrics.m > 0 OR params.p = 'x') AND NOT run_name = 'b'", 1)]
    [InlineData("params.p IS NULL", 1)]
    [InlineData("params.p IS NOT NULL", 2)]
    [InlineData("params.p != 'x'", 1)]
    [InlineData("params.p IN ('x', 'y')", 2)]
    [InlineData("run_name LIKE 'A%'", 0)]
    [InlineData("run_name ILIKE 'A%'", 1)]
    [InlineData("run_name LIKE '_'", 3)]
    [InlineData("tags.mlflow.runName = 'c'", 1)]
    [InlineData("tag.odd = 'it''s'", 1)]
    [InlineData("metrics.\"a b\" = 1", 1)]
    public async Task Filters_find_what_they_say(string filter, int count)
    {
        JsonObject known = await http.Ask("experiments/search", """{"filter":"name = 'filtered'"}""");
        string experiment = known["experiments"]?[0]!["experiment_id"]!.GetValue<string>() ?? await Filtered();
        JsonObject found = await http.Ask("runs/search", new JsonObject { ["experiment_ids"] = new JsonArray(experiment), ["filter"] = filter }.ToJsonString());
        (found["runs"]?.AsArray().Count ?? 0).ShouldBe(count);
    }

    [Theory]
    [InlineData("metrics.m >", "character 12")]
    [InlineData("metrics.m = 'x'", "character 13")]
    [InlineData("params.p > 'x'", "character 1")]
    [InlineData("params.p = 1", "character 12")]
    [InlineData("nothing = 1", "character 1")]
    [InlineData("metrics.m = 1 AND", "character 18")]
    [InlineData("params.p = 'x", "character 12")]
    [InlineData("params.p = 'x'; drop table runs", "character 15")]
    [InlineData("metrics.m = 1 metrics.m = 2", "character 15")]
    public async Task A_wrong_filter_is_refused_and_says_where(string filter, string place)
    {
        using HttpResponseMessage answer = await http.PostAsync(
            new Uri($"{MlflowCalls.Api}/runs/search", UriKind.Relative),
            new StringContent(new JsonObject { ["experiment_ids"] = new JsonArray("0"), ["filter"] = filter }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
            Cancellation);
        JsonObject error = await answer.Read(HttpStatusCode.BadRequest);
        error["error_code"]!.GetValue<string>().ShouldBe("INVALID_PARAMETER_VALUE");
        error["message"]!.GetValue<string>().ShouldContain(place);
    }

    [Fact]
    public async Task Nesting_lengths_and_counts_of_filters_are_limited()
    {
        foreach (string filter in (string[])[new string('(', 5000) + "metrics.m = 1", string.Join(" and ", Enumerable.Repeat("metrics.m = 1", 500)), "run_name = '" + new string('x', 300_000) + "'"])
        {
            (await http.Refusal("runs/search", new JsonObject { ["experiment_ids"] = new JsonArray("0"), ["filter"] = filter }.ToJsonString())).ShouldBe("INVALID_PARAMETER_VALUE");
        }
    }

    [Fact]
    public async Task A_batch_is_stored_whole_or_not_at_all()
    {
        string id = await http.NewRun();
        await http.Ask("runs/log-parameter", $$"""{"run_id":"{{id}}","key":"p","value":"1"}""");
        (await http.Refusal("runs/log-batch", $$"""{"run_id":"{{id}}","metrics":[{"key":"m","value":1,"timestamp":1}],"params":[{"key":"p","value":"2"}],"tags":[{"key":"t","value":"1"}]}""")).ShouldBe("INVALID_PARAMETER_VALUE");
        JsonObject data = (await http.Look($"runs/get?run_id={id}"))["run"]!["data"]!.AsObject();
        data.ContainsKey("metrics").ShouldBeFalse();
        data["tags"]!.AsArray().Count.ShouldBe(1);
        (await http.Refusal("runs/log-batch", $$"""{"run_id":"{{id}}","params":[{"key":"q","value":"1"},{"key":"q","value":"2"}]}""")).ShouldBe("INVALID_PARAMETER_VALUE");
        string many = string.Join(',', Enumerable.Range(0, 1001).Select(i => $$"""{"key":"m","value":{{i}},"timestamp":{{i}}}"""));
        (await http.Refusal("runs/log-batch", $$"""{"run_id":"{{id}}","metrics":[{{many}}]}""")).ShouldBe("INVALID_PARAMETER_VALUE");
    }

    [Fact]
    public async Task Refusals_carry_MLflows_codes_and_never_ask_the_client_to_try_again()
    {
        string id = await http.NewExperiment("refused");
        (await http.Refusal("experiments/create", """{"name":"refused"}""")).ShouldBe("RESOURCE_ALREADY_EXISTS");
        (await http.Refusal("experiments/create", "{}")).ShouldBe("INVALID_PARAMETER_VALUE");
        (await http.Refusal("experiments/create", "{")).ShouldBe("INVALID_PARAMETER_VALUE");
        (await http.Refusal("experiments/create", """{"name":{}}""")).ShouldBe("INVALID_PARAMETER_VALUE");
        (await http.Refusal("experiments/create", """{"name":"x","artifact_location":"file:///etc"}""")).ShouldBe("INVALID_PARAMETER_VALUE");
        (await http.Refusal("experiments/create", """{"name":"x","artifact_location":"mlflow-artifacts:/a/%252e%252e/b"}""")).ShouldBe("INVALID_PARAMETER_VALUE");
        (await http.Refusal("experiments/search", """{"max_results":0}""")).ShouldBe("INVALID_PARAMETER_VALUE");
        (await http.Refusal("experiments/search", """{"page_token":"nonsense"}""")).ShouldBe("INVALID_PARAMETER_VALUE");
        (await http.Refusal("runs/create", """{"experiment_id":"none"}""", status: HttpStatusCode.NotFound)).ShouldBe("RESOURCE_DOES_NOT_EXIST");
        (await http.Refusal("runs/update", """{"run_id":"none","status":"NOWHERE"}""")).ShouldBe("INVALID_PARAMETER_VALUE");
        (await http.Refusal("runs/nowhere", "{}", status: HttpStatusCode.NotFound)).ShouldBe("ENDPOINT_NOT_FOUND");
        (await http.Refusal("/api/2.0/mlflow-artifacts/mpu/create/x", "{}", status: HttpStatusCode.NotImplemented)).ShouldBe("NOT_IMPLEMENTED");
        await http.Ask("experiments/delete", $$"""{"experiment_id":"{{id}}"}""");
        (await http.Refusal("experiments/delete", $$"""{"experiment_id":"{{id}}"}""", status: HttpStatusCode.NotFound)).ShouldBe("RESOURCE_DOES_NOT_EXIST");
        (await http.Refusal("experiments/update", $$"""{"experiment_id":"{{id}}","new_name":"y"}""")).ShouldBe("INVALID_STATE");
        (await http.Refusal("runs/create", $$"""{"experiment_id":"{{id}}"}""")).ShouldBe("INVALID_PARAMETER_VALUE");
        using HttpResponseMessage plain = await http.PostAsync(new Uri($"{MlflowCalls.Api}/experiments/create", UriKind.Relative), new StringContent("""{"name":"plain"}"""), Cancellation);
        (await plain.Read(HttpStatusCode.BadRequest))["error_code"]!.GetValue<string>().ShouldBe("INVALID_PARAMETER_VALUE");
    }

    [Fact]
    public async Task Enums_may_be_numbers_lists_may_be_repeated_and_JSON_may_be_encoded_twice()
    {
        await http.NewExperiment("odd");
        (await http.Look("experiments/search?view_type=3&max_results=5&filter=name%20%3D%20'odd'&order_by=name&order_by%5B%5D=creation_time%20DESC"))["experiments"]!.AsArray().Count.ShouldBe(1);
        (await http.Ask("experiments/search", "\"{\\\"view_type\\\":\\\"ALL\\\",\\\"filter\\\":\\\"name = 'odd'\\\"}\""))["experiments"]!.AsArray().Count.ShouldBe(1);
        (await http.Ask("/ajax-api/2.0/mlflow/runs/search", """{"experiment_ids":[0],"run_view_type":1,"max_results":1}""")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Health_and_version_are_told_in_plain_text()
    {
        (await http.GetStringAsync(new Uri("/health", UriKind.Relative), Cancellation)).ShouldBe("OK");
        (await http.GetStringAsync(new Uri("/version", UriKind.Relative), Cancellation)).ShouldBe("2.9.2");
    }

    private async Task<string> Filtered()
    {
        string experiment = await http.NewExperiment("filtered");
        string a = await http.NewRun(experiment, ""","run_name":"a","tags":[{"key":"odd","value":"it's"}]""");
        string b = await http.NewRun(experiment, ""","run_name":"b" """);
        await http.NewRun(experiment, ""","run_name":"c" """);
        await http.Ask("runs/log-batch", $$"""{"run_id":"{{a}}","metrics":[{"key":"m","value":0,"timestamp":1},{"key":"a b","value":1,"timestamp":1}],"params":[{"key":"p","value":"x"}]}""");
        await http.Ask("runs/log-batch", $$"""{"run_id":"{{b}}","metrics":[{"key":"m","value":1,"timestamp":1}],"params":[{"key":"p","value":"y"}]}""");
        return experiment;
    }
}

public sealed class TrackingTests(SharedServer server) : TrackingContract(server), IClassFixture<SharedServer>;

public sealed class TrackingOnPostgresTests(SharedPostgresServer server) : TrackingContract(server), IClassFixture<SharedPostgresServer>;
