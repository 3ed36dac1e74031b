using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Strata.Server.Tests.Accounts;
using Xunit;

[assembly: AssemblyFixture(typeof(Strata.Server.Tests.Safety.LogGuard))]

namespace Strata.Server.Tests.Safety;

/// <summary>Keeps what all servers of the tests write to their console, and fails the tests at their end when a secret is in it.</summary>
public sealed partial class LogGuard : IDisposable
{
    private readonly TextWriter console = Console.Error;
    private readonly StringWriter kept = new();

    public LogGuard() => Console.SetError(new Both(console, TextWriter.Synchronized(kept)));

    public void Dispose()
    {
        Console.SetError(console);
        Secret(kept.ToString()).ShouldBeNull("a secret is in the server's log");
        kept.Dispose();
    }

    /// <summary>The first secret in a text: an API token, an access token, a session's cookie, or a password of the tests.</summary>
    internal static string? Secret(string text) =>
        Secrets().Match(text) is { Success: true } found ? found.Value : text.Contains(ServerWithAccounts.Password, StringComparison.Ordinal) ? ServerWithAccounts.Password : null;

    [GeneratedRegex(@"strata_[0-9a-z]{8}_[0-9a-z]{20}|eyJ[A-Za-z0-9_-]{20}|strata_session[0-9_]*=[0-9a-z]|[Aa]uthorization: *(Bearer|Basic)", RegexOptions.NonBacktracking)]
    private static partial Regex Secrets();

    private sealed class Both(TextWriter first, TextWriter second) : TextWriter
    {
        public override Encoding Encoding => first.Encoding;

        public override void Write(char value)
        {
            first.Write(value);
            second.Write(value);
        }

        public override void Write(string? value)
        {
            first.Write(value);
            second.Write(value);
        }

        public override void Flush() => first.Flush();
    }
}
