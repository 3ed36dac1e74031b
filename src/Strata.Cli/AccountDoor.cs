using System.CommandLine;
using System.Net.Http.Headers;
using Strata.Client;
using Strata.Learning.Data;
using Strata.Server;

namespace Strata.Cli;

/// <summary>How the commands about accounts reach them: a running server, or the data folder when no server has it open.</summary>
internal sealed class AccountDoor : IAsyncDisposable
{
    private readonly LocalServer? local;
    private readonly HttpClient http;

    private AccountDoor(LocalServer? local, HttpClient http)
    {
        (this.local, this.http) = (local, http);
        Client = new StrataClient(http);
    }

    public StrataClient Client { get; }

    public static Option<string?> Server() => new("--server")
    {
        Description = $"The address of a running server, such as https://strata.example. {ServerAddress.WhoYouAre} Without it the data folder is opened, which no server may have open.",
        HelpName = "URL",
    };

    /// <summary>The server at the address; without one, a private server over the data folder, whose owner this program is.</summary>
    public static async Task<AccountDoor> OpenAsync(string? server, string dataFolder, string? database, CancellationToken cancellation)
    {
        if (server is null)
        {
            string key = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
            LocalServer local = await LocalServer.StartAsync(dataFolder, database, new ServerOptions { Port = 0, OwnerKey = key }, null, cancellation, runsJobs: false);
            return new AccountDoor(local, new HttpClient { BaseAddress = local.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } });
        }

        Uri address = Uri.TryCreate(server, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" ? uri : throw new DataException($"--server is '{server}'; expected an address such as https://strata.example.");
        return new AccountDoor(null, ServerAddress.Connect(address));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (local is not null)
        {
            await local.DisposeAsync();
        }
    }
}
