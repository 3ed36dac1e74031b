using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;

namespace Strata.Server.Tests.Mlflow;

/// <summary>MLflow's requests as its documentation words them, and answers as plain JSON.</summary>
internal static class MlflowCalls
{
    public const string Api = "/api/2.0/mlflow";

    public static Task<JsonObject> Ask(this HttpClient http, string path, string json, string method = "POST") => http.Answer(path, json, method, HttpStatusCode.OK);

    public static async Task<JsonObject> Look(this HttpClient http, string path)
    {
        using HttpResponseMessage answer = await http.GetAsync(new Uri($"{Api}/{path}", UriKind.Relative));
        return await Read(answer, HttpStatusCode.OK);
    }

    /// <summary>The error code of a refusal.</summary>
    public static async Task<string> Refusal(this HttpClient http, string path, string json, string method = "POST", HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        JsonObject error = await http.Answer(path, json, method, status);
        error["message"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        Answers.Leaks(error.ToJsonString()).ShouldBeNull();
        return error["error_code"]!.GetValue<string>();
    }

    public static async Task<string> NewExperiment(this HttpClient http, string name) => (await http.Ask("experiments/create", $$"""{"name":"{{name}}"}"""))["experiment_id"]!.GetValue<string>();

    public static async Task<string> NewRun(this HttpClient http, string experiment = "0", string more = "") =>
        (await http.Ask("runs/create", $$"""{"experiment_id":"{{experiment}}","start_time":1000{{more}}}"""))["run"]!["info"]!["run_id"]!.GetValue<string>();

    public static async Task<JsonObject> Read(this HttpResponseMessage answer, HttpStatusCode status)
    {
        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return JsonNode.Parse(text)!.AsObject();
    }

    private static async Task<JsonObject> Answer(this HttpClient http, string path, string json, string method, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.StartsWith('/') ? path : $"{Api}/{path}") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        using HttpResponseMessage answer = await http.SendAsync(request);
        return await answer.Read(status);
    }
}
