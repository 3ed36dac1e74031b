using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Shouldly;
using Strata.Client.Contracts;
using Strata.Server.OpenApi;
using Xunit;

namespace Strata.Server.Tests.OpenApi;

public sealed class RouteExampleTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Fact]
    public void An_example_is_of_the_types_that_its_route_takes_and_answers()
    {
        var wrong = new List<string>();
        foreach (Endpoint endpoint in server.Running.Endpoints)
        {
            if (endpoint.Metadata.GetMetadata<RouteExample>() is not { } example)
            {
                continue;
            }

            Type? taken = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
            Type?[] answered = [.. endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Where(answer => answer.StatusCode is >= 200 and < 300).Select(answer => answer.Type)];
            wrong.AddRange(example.Request is not null && taken is not null && example.Request.GetType() != taken ? [$"{endpoint.DisplayName} takes {taken.Name}"] : []);
            wrong.AddRange(example.Answer is not null && !answered.Contains(example.Answer.GetType()) ? [$"{endpoint.DisplayName} answers {string.Join(", ", answered.Select(type => type?.Name))}"] : []);
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_null_is_not_shown()
    {
        RouteExample.NodeOf(new CloneRequest(Name: "again")).ToJsonString().ShouldBe("""{"name":"again"}""");
    }
}
