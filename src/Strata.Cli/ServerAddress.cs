using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;

namespace Strata.Cli;

/// <summary>The running server that a command speaks to.</summary>
internal static class ServerAddress
{
    /// <summary>For the help of commands that speak to a server.</summary>
    public const string WhoYouAre = "Who you are is read from STRATA_TOKEN, or from STRATA_USER and STRATA_PASSWORD.";

    private const string Variable = "STRATA_SERVER";

    public static Option<Uri> Option() => new("--server")
    {
        Description = $"The server's address; {Variable}, or this machine's usual one, when not given. {WhoYouAre}",
        HelpName = "URL",
        DefaultValueFactory = _ => new Uri(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address ? address : "http://127.0.0.1:5080"),
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
            {
                return address;
            }

            result.AddError("--server takes an address such as http://127.0.0.1:5080.");
            return null!;
        },
    };

    /// <summary>To the server, as whoever the environment names.</summary>
    public static HttpClient Connect(Uri address) => new() { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan, DefaultRequestHeaders = { Authorization = Shown() } };

    private static AuthenticationHeaderValue? Shown()
    {
        if (Environment.GetEnvironmentVariable("STRATA_TOKEN") is { Length: > 0 } token)
        {
            return new AuthenticationHeaderValue("Bearer", token);
        }

        return Environment.GetEnvironmentVariable("STRATA_USER") is { Length: > 0 } user && Environment.GetEnvironmentVariable("STRATA_PASSWORD") is { Length: > 0 } password
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")))
            : null;
    }
}
