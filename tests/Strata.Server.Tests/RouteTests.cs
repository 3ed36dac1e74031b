using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Strata.Server.Tests;

public sealed class RouteTests
{
    [Fact]
    public async Task Every_route_answers_an_unknown_id_or_an_empty_body_by_a_problem_and_never_by_a_500()
    {
        await using RunningServer server = await RunningServer.Start();
        var failures = new List<string>();
        foreach ((string path, string method) in await Routes())
        {
            foreach (string id in OddIds)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), Parameters.Replace(path, Uri.EscapeDataString(id)));
                using HttpResponseMessage answer = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                if ((int)answer.StatusCode >= 500 || (!answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType != "application/problem+json") || Answers.Leaks(text) is not null)
                {
                    failures.Add($"{method} {path} with '{id}': {(int)answer.StatusCode} {text}");
                }
            }
        }

        failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_operation_has_an_id_a_summary_and_a_described_refusal()
    {
        foreach (JsonObject operation in await Operations())
        {
            operation["operationId"].ShouldNotBeNull();
            operation["summary"].ShouldNotBeNull($"{operation["operationId"]}");
            operation["responses"]!["default"]!["content"]!["application/problem+json"].ShouldNotBeNull();
        }
    }

    private static readonly System.Text.RegularExpressions.Regex Parameters = new(@"\{\w+\}", System.Text.RegularExpressions.RegexOptions.NonBacktracking);

    private static readonly string[] OddIds =
    [
        "none", "../x", "..\\x", "%2e%2e%2f", "%252e%252e%252f", "/etc/passwd", "C:\\x", "\\\\host\\x", "CON", "x.", "-x", "'; drop table jobs; --",
        "a\r\nSet-Cookie: b=1", new string('x', 2000), "\u202Etxt.exe", "__proto__", " ",
    ];

    private static async Task<IReadOnlyList<(string Path, string Method)>> Routes() =>
        [.. (await Document())["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (path.Key, operation.Key.ToUpperInvariant())))];

    private static async Task<IReadOnlyList<JsonObject>> Operations() =>
        [.. (await Document())["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => operation.Value!.AsObject()))];

    private static async Task<JsonObject> Document()
    {
        using var memory = new MemoryStream();
        await StrataServer.WriteOpenApi(memory, TestContext.Current.CancellationToken);
        return JsonNode.Parse(memory.ToArray())!.AsObject();
    }
}
