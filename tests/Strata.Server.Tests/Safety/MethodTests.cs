using System.Net;
using System.Text;
using Shouldly;
using Xunit;

namespace Strata.Server.Tests.Safety;

/// <summary>Requests that say one thing in two ways, or in a way that nobody needs.</summary>
public sealed class MethodTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TRACE")]
    [InlineData("DEBUG")]
    public async Task A_method_that_no_route_takes_is_refused_and_nothing_of_the_request_comes_back(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/datasets") { Headers = { { "X-Secret", "told-back" } } };
        using HttpResponseMessage answer = await shared.Running.Http.SendAsync(request, Cancellation);
        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldNotContain("told-back");
    }

    [Fact]
    public async Task A_parameter_that_comes_twice_is_refused() =>
        (await shared.Running.Http.GetAsync("/api/datasets?count=1&count=2", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_length_beside_chunks_does_not_smuggle_a_second_request()
    {
        using var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync(shared.Running.Address.Host, shared.Running.Address.Port, Cancellation);
        string hidden = $"GET /api/health HTTP/1.1\r\nHost: {shared.Running.Address.Authority}\r\n\r\n";
        string request = $"POST /api/runs HTTP/1.1\r\nHost: {shared.Running.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {5 + hidden.Length}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n{hidden}";
        System.Net.Sockets.NetworkStream stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        using var answers = new StreamReader(stream);
        string text = await answers.ReadToEndAsync(Cancellation);
        text.Split("HTTP/1.1 ").Length.ShouldBe(2, text);
        text.ShouldNotContain("\"status\":\"ok\"");
    }
}
