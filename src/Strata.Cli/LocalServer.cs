using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Strata.Learning.Catalog;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Jobs;
using Strata.Server;

namespace Strata.Cli;

/// <summary>A server in this process over a data folder: the platform, its workers' program, and the web server in front.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    /// <summary>Where a connection string with its password is given, out of sight of other users.</summary>
    private const string DatabaseVariable = "STRATA_DATABASE";

    private readonly StrataPlatform platform;
    private readonly WebApplication web;

    private LocalServer(StrataPlatform platform, WebApplication web) => (this.platform, this.web) = (platform, web);

    public Uri Address => new(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public bool HasAccounts => platform.Users.HasUsers();

    public static string DefaultDataFolder => Environment.GetEnvironmentVariable("STRATA_DATA") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "strata");

    public static string? DefaultDatabase => Environment.GetEnvironmentVariable(DatabaseVariable) is { Length: > 0 } database ? database : null;

    public static async Task<LocalServer> StartAsync(string dataFolder, string? database, ServerOptions options, long? maxUploadBytes, CancellationToken cancellation, bool runsJobs = true, AccountSettings? accounts = null, Func<PlatformOptions, PlatformOptions>? limits = null)
    {
        var settings = new PlatformOptions { DataFolder = Path.GetFullPath(dataFolder), Database = database, WorkerProgram = ThisProgram(), Accounts = accounts ?? new AccountSettings() };
        settings = limits?.Invoke(settings) ?? settings;
        StrataPlatform platform = StrataPlatform.Open(maxUploadBytes is long most ? settings with { MaxUploadBytes = most } : settings, stream => ModelFile.Load(stream).Model, TimeProvider.System);
        try
        {
            WebApplication web = StrataServer.Build(options, platform);
            if (runsJobs)
            {
                await platform.StartAsync(cancellation);
            }

            await web.StartAsync(cancellation);
            var server = new LocalServer(platform, web);
            if (runsJobs && !settings.IsReplica)
            {
                FolderAddress.Write(settings.DataFolder, server.Address);
            }

            return server;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets the server run until somebody interrupts.</summary>
    public static async Task RunUntilAsync(CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = cancellation.Register(ended.SetResult);
        await ended.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        await platform.DisposeAsync();
    }

    /// <summary>How this very program is started again as a worker, also where it runs as <c>dotnet strata.dll</c>.</summary>
    private static WorkerProgram ThisProgram()
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("This system does not say which program is running.");
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new WorkerProgram(program, [Path.Combine(AppContext.BaseDirectory, "strata.dll"), "work"]) { Withheld = [DatabaseVariable] }
            : new WorkerProgram(program, ["work"]) { Withheld = [DatabaseVariable] };
    }
}
