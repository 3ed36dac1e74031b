using System.Net;
using Shouldly;
using Strata.Platform;
using Xunit;

namespace Strata.Server.Tests.Safety;

public sealed class HostTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.168.1.10")]
    [InlineData("10.0.0.1:5080")]
    public async Task A_request_for_another_host_is_refused(string host)
    {
        (await Get(shared.Running, host)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1234")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2:80")]
    [InlineData("[::1]:5080")]
    public async Task The_names_of_the_loopback_are_accepted(string host)
    {
        (await Get(shared.Running, host)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_configured_host_is_accepted()
    {
        await using RunningServer server = await RunningServer.Start(configure: options => options with { AllowedHosts = ["strata.example"] });
        (await Get(server, "strata.example:443")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_refusal_is_a_problem()
    {
        (await (await Get(shared.Running, "evil.example")).Problem(400)).Title.ShouldBe("Unknown host");
    }

    [Fact]
    public void Listening_beyond_the_loopback_is_refused_with_the_reason_while_nobody_administers()
    {
        var options = new ServerOptions { Address = IPAddress.Any };
        string message = Should.Throw<ConflictException>(() => StrataServer.CheckAddress(options, shared.Running.Platform)).Message;
        message.ShouldContain("0.0.0.0");
        message.ShouldContain("loopback");
        message.ShouldContain("strata admin create");
    }

    private static Task<HttpResponseMessage> Get(RunningServer server, string host)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/health");
        request.Headers.Host = host;
        return server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
