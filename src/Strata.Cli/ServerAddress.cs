using System.CommandLine;

namespace Strata.Cli;

/// <summary>The running server that a command speaks to.</summary>
internal static class ServerAddress
{
    private const string Variable = "STRATA_SERVER";

    public static Option<Uri> Option() => new("--server")
    {
        Description = $"The server's address; {Variable}, or this machine's usual one, when not given.",
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

    public static HttpClient Connect(Uri address) => new() { BaseAddress = address };
}
