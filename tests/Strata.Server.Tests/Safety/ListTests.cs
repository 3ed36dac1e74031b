using System.Globalization;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Strata.Server.Tests.Safety;

/// <summary>Every route that answers a list by pieces, found in the document that describes them.</summary>
public sealed class ListTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_list_answers_more_than_a_thousand_at_once()
    {
        using var memory = new MemoryStream();
        await StrataServer.WriteOpenApi(memory, Cancellation);
        var tooMuch = new List<string>();
        int lists = 0;
        foreach ((string path, JsonNode? operations) in JsonNode.Parse(memory.ToArray())!["paths"]!.AsObject())
        {
            if (operations!["get"]?["parameters"]?.AsArray().Any(parameter => parameter!["name"]?.GetValue<string>() == "count") != true || path.Contains('{', StringComparison.Ordinal))
            {
                continue;
            }

            lists++;
            foreach (string count in (string[])["1001", "2147483647", "99999999999", "-1"])
            {
                using HttpResponseMessage answer = await shared.Running.Http.GetAsync(string.Create(CultureInfo.InvariantCulture, $"{path}?count={count}"), Cancellation);
                if (answer.IsSuccessStatusCode)
                {
                    tooMuch.Add($"{path}?count={count}: {(int)answer.StatusCode}");
                }
            }
        }

        tooMuch.ShouldBeEmpty();
        lists.ShouldBeGreaterThan(8);
    }
}
