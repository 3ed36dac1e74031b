using System.Net.Http.Headers;
using System.Net.Http.Json;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Testing;
using Xunit;
using MemberKind = Strata.Platform.Accounts.MemberKind;

namespace Strata.Server.Tests.Accounts;

/// <summary>A server with accounts: an administrator, two projects, and a user for each role in the first one.</summary>
public class ServerWithAccounts : IAsyncLifetime
{
    public const string Password = "correct horse battery staple";

    public RunningServer Running { get; private set; } = null!;

    public StrataPlatform Platform => Running.Platform;

    /// <summary>The project that the users of each role are members of.</summary>
    public Project Ours { get; private set; } = null!;

    /// <summary>A project that only the administrator and <c>other</c> see.</summary>
    public Project Theirs { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Running = await RunningServer.Start(
            options => Configure(options) with { Accounts = new AccountSettings { PasswordRounds = 1000 } },
            options => options with { RequestsPerSecond = 100_000 });
        await Platform.Users.CreateFirstAsync(Actor.LocalOwner, "root", Password);
        Ours = await Platform.Projects.CreateAsync(Actor.LocalOwner, "ours", string.Empty);
        Theirs = await Platform.Projects.CreateAsync(Actor.LocalOwner, "theirs", string.Empty);
        foreach (Role role in Enum.GetValues<Role>())
        {
            await Member(role.ToString().ToLowerInvariant(), Ours, role);
        }

        await Member("other", Theirs, Role.Admin);
    }

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public async Task<User> Member(string name, Project project, Role role)
    {
        User user = await Platform.Users.CreateAsync(Actor.LocalOwner, name, Password, isAdmin: false);
        await Platform.Projects.SetMemberAsync(Actor.LocalOwner, project.Id, MemberKind.User, user.Id, role);
        return user;
    }

    /// <summary>A client that shows name and password with each request.</summary>
    public HttpClient As(string name)
    {
        HttpClient client = Running.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{name}:{Password}")));
        return client;
    }

    /// <summary>A client that shows a bearer secret with each request.</summary>
    public HttpClient With(string secret)
    {
        HttpClient client = Running.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    /// <summary>A token of a user.</summary>
    public async Task<(ApiToken Token, string Secret)> TokenOf(string name, Role scope = Role.Admin, string? project = null) =>
        await Platform.Tokens.CreateAsync(Actor.LocalOwner, Platform.Users.FindNamed(name)!.Id, "test", scope, project, TimeSpan.FromDays(1));

    /// <summary>Logs in as a browser does; the client carries the cookie.</summary>
    public async Task<HttpClient> Browser(string name)
    {
        HttpClient client = Running.NewClient();
        HttpResponseMessage answer = await client.PostAsJsonAsync("/api/session", new LogInRequest(name, Password), WireJson.Options);
        answer.EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Add("Cookie", answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        return client;
    }

    /// <summary>Usually SQLite, with workers.</summary>
    protected virtual PlatformOptions Configure(PlatformOptions options) => options;
}

/// <summary>The same with everything in PostgreSQL.</summary>
public sealed class PostgresServerWithAccounts(PostgresCluster cluster) : ServerWithAccounts
{
    private readonly string database = cluster.EmptyDatabase($"accounts-{Guid.NewGuid()}");

    protected override PlatformOptions Configure(PlatformOptions options) => options with { Database = database };
}

/// <summary>The same where no job ever starts.</summary>
public sealed class IdleServerWithAccounts : ServerWithAccounts
{
    protected override PlatformOptions Configure(PlatformOptions options) => options with { WorkerProgram = null };
}
