using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Strata.Server.Tests.Accounts;
using Xunit;

namespace Strata.Server.Tests.Safety;

public sealed class LogTests(ServerWithAccounts accounts) : IClassFixture<ServerWithAccounts>
{
    [Theory]
    [InlineData("token strata_abcdefgh_0123456789abcdefghijklmnopqrstuvwxyz0123 was shown")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.x")]
    [InlineData("Cookie: strata_session_5080=abc")]
    [InlineData("Authorization: Basic eDp5")]
    [InlineData("the password is " + ServerWithAccounts.Password)]
    public void What_is_a_secret_is_known_as_one(string line) => LogGuard.Secret(line).ShouldNotBeNull();

    /// <summary>What fails unexpectedly is logged with its request: never with what the request showed.</summary>
    [Fact]
    public async Task An_unexpected_failure_is_logged_without_the_secrets_of_its_request()
    {
        (_, string secret) = await accounts.TokenOf("trainer");
        using var console = new StringWriter();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(new WriterLog(console));
        var context = new DefaultHttpContext { RequestServices = builder.Services.BuildServiceProvider(), Response = { Body = new MemoryStream() } };
        context.Request.Method = "POST";
        context.Request.Path = "/api/x";
        context.Request.QueryString = new QueryString($"?password={ServerWithAccounts.Password}");
        context.Request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret).ToString();
        await Errors.Answer(context, _ => throw new InvalidOperationException("an impossible thing"));
        context.Response.StatusCode.ShouldBe(500);
        string logged = console.ToString();
        logged.ShouldContain("/api/x");
        logged.ShouldContain("an impossible thing");
        LogGuard.Secret(logged).ShouldBeNull();
    }

    private sealed class WriterLog(TextWriter writer) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => writer.WriteLine($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
