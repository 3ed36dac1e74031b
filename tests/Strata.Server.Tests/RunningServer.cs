using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Learning.Catalog;
using Strata.Platform;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Strata.Server.Tests.Safety;
using Strata.Testing;
using Xunit;

namespace Strata.Server.Tests;

/// <summary>A whole server with a data folder of its own, on a free port of the loopback.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication app;
    private readonly string folder;

    private RunningServer(WebApplication app, StrataPlatform platform, string folder)
    {
        (this.app, Platform, this.folder) = (app, platform, folder);
        Address = new Uri(app.Urls.Single());
        Http = NewClient();
        Client = new StrataClient(Http);
    }

    public StrataPlatform Platform { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public StrataClient Client { get; }

    /// <summary>Every route of the server.</summary>
    public IReadOnlyList<Microsoft.AspNetCore.Http.Endpoint> Endpoints => [.. ((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)];

    public string DataFolder => Path.Join(folder, "data");

    public static async Task<RunningServer> Start(Func<PlatformOptions, PlatformOptions>? configurePlatform = null, Func<ServerOptions, ServerOptions>? configure = null)
    {
        string folder = Directory.CreateTempSubdirectory("strata-server-").FullName;
        var options = new PlatformOptions { DataFolder = Path.Join(folder, "data"), WorkerProgram = new WorkerProgram(Environment.ProcessPath!, ["work"]) };
        StrataPlatform platform = StrataPlatform.Open(configurePlatform?.Invoke(options) ?? options, stream => ModelFile.Load(stream).Model, TimeProvider.System);
        var serverOptions = new ServerOptions { Port = 0, WebFolder = Path.Join(folder, "wwwroot") };
        WebApplication app = StrataServer.Build(configure?.Invoke(serverOptions) ?? serverOptions, platform);
        await platform.StartAsync();
        await app.StartAsync();
        return new RunningServer(app, platform, folder);
    }

    /// <summary>A client without cookies and redirects, as a script would use. A body that waits to be asked for waits as long as any answer, however busy the machine.</summary>
    public HttpClient NewClient() => new(new AnswerGuard(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, Expect100ContinueTimeout = Patience })) { BaseAddress = Address, Timeout = Patience };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(2)).Token);
        await app.DisposeAsync();
        await Platform.DisposeAsync();
        await DeleteFolder();
    }

    /// <summary>A worker outlives its server by design and may still write while the folder goes; what it writes is deleted too.</summary>
    private async Task DeleteFolder()
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (tries < 100)
            {
                await Task.Delay(100);
            }
        }
    }
}

/// <summary>One server for all tests of a class that do not mind each other's things.</summary>
public class SharedServer : IAsyncLifetime
{
    public RunningServer Running { get; private set; } = null!;

    /// <summary>Null is SQLite.</summary>
    protected virtual string? Database => null;

    public async ValueTask InitializeAsync() => Running = await RunningServer.Start(options => options with { Database = Database });

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

public sealed class SharedPostgresServer(PostgresCluster cluster) : SharedServer
{
    protected override string? Database { get; } = cluster.EmptyDatabase($"{nameof(SharedPostgresServer)}{NewId.Next()}");
}

internal static class Answers
{
    public static async Task<T> Read<T>(this HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{(int)answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<T>(text, WireJson.Options)!;
    }

    /// <summary>The problem that a refusal carries, its shape checked.</summary>
    public static async Task<Problem> Problem(this HttpResponseMessage answer, int status)
    {
        string text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", text);
        Problem problem = JsonSerializer.Deserialize<Problem>(text, WireJson.Options)!;
        problem.Status.ShouldBe(status);
        problem.Title.ShouldNotBeNullOrWhiteSpace();
        problem.Detail.ShouldNotBeNullOrWhiteSpace();
        Leaks(text).ShouldBeNull();
        return problem;
    }

    /// <summary>A sign that an answer says more of the inside than it should, or null.</summary>
    public static string? Leaks(string text) => new[] { "   at ", ".cs:line", "System.", "Microsoft.", "Strata.Server", "Strata.Platform", "select ", "insert ", "/tmp/", "SQLite" }
        .FirstOrDefault(sign => text.Contains(sign, StringComparison.Ordinal));
}
