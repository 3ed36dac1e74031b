using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Xunit;

namespace Strata.Server.Tests.Accounts;

public sealed class FirstRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_accounts_everything_is_the_local_owners_until_the_first_administrator_is_made()
    {
        await using RunningServer server = await Start();
        LogInView before = await server.Client.SessionAsync(Cancellation);
        (before.HasAccounts, before.NeedsSetUp, before.IsLoggedIn, before.IsAdmin, before.User).ShouldBe((false, false, true, true, null));
        (await server.Http.GetAsync("/api/users", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);

        HttpResponseMessage made = await SetUp(server, null);
        (await made.Read<LogInView>()).User!.IsAdmin.ShouldBeTrue();
        made.Headers.GetValues("Set-Cookie").ShouldNotBeEmpty();
        (await server.Http.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.Http.GetAsync("/api/health", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await SetUp(server, null)).Problem(409);
    }

    [Fact]
    public async Task With_a_set_up_token_nobody_is_let_in_before_and_the_token_works_once()
    {
        await using RunningServer server = await Start(options => options with { SetUpToken = "printed-once" });
        (await server.Client.SessionAsync(Cancellation)).ShouldSatisfyAllConditions(view => view.NeedsSetUp.ShouldBeTrue(), view => view.IsLoggedIn.ShouldBeFalse());
        (await server.Http.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await (await SetUp(server, null)).Problem(401);
        await (await SetUp(server, "guessed")).Problem(401);
        (await SetUp(server, "printed-once")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await SetUp(server, "printed-once")).Problem(409);
        server.Platform.Users.List().Items.Select(user => user.Name).ShouldBe(["first"]);
    }

    [Fact]
    public async Task There_is_no_account_that_nobody_made()
    {
        await using RunningServer server = await Start();
        server.Platform.Users.List().Total.ShouldBe(0);
        foreach (string name in new[] { "admin", "root", "administrator", "strata" })
        {
            await (await server.Http.PostAsJsonAsync("/api/session", new LogInRequest(name, name), WireJson.Options, Cancellation)).Problem(401);
        }
    }

    [Fact]
    public async Task Whoever_made_the_server_is_its_owner_by_a_key_of_that_process()
    {
        await using RunningServer server = await Start(options => options with { OwnerKey = "of-this-process" });
        await server.Platform.Users.CreateFirstAsync(Actor.LocalOwner, "root", ServerWithAccounts.Password);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/users");
        request.Headers.Authorization = new("Bearer", "of-this-process");
        (await server.Http.SendAsync(request, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        request.Dispose();
        using var wrong = new HttpRequestMessage(HttpMethod.Get, "/api/users");
        wrong.Headers.Authorization = new("Bearer", "of-another-process");
        (await server.Http.SendAsync(wrong, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Beyond_the_loopback_a_server_starts_when_somebody_administers_or_a_token_is_to_make_one()
    {
        await using RunningServer server = await Start();
        var beyond = new ServerOptions { Address = IPAddress.Any };
        Should.Throw<ConflictException>(() => StrataServer.CheckAddress(beyond, server.Platform));
        Should.NotThrow(() => StrataServer.CheckAddress(beyond with { SetUpToken = "t" }, server.Platform));
        await server.Platform.Users.CreateFirstAsync(Actor.LocalOwner, "root", ServerWithAccounts.Password);
        Should.NotThrow(() => StrataServer.CheckAddress(beyond, server.Platform));
    }

    [Fact]
    public async Task A_caller_who_asks_too_fast_waits_and_others_do_not()
    {
        await using RunningServer server = await Start(options => options with { RequestsPerSecond = 5 });
        User root = await server.Platform.Users.CreateFirstAsync(Actor.LocalOwner, "root", ServerWithAccounts.Password);
        using HttpClient one = await WithToken(server, root), other = await WithToken(server, root);
        var answers = new List<HttpResponseMessage>();
        for (int i = 0; i < 30; i++)
        {
            answers.Add(await one.GetAsync("/api/presets", Cancellation));
        }

        HttpResponseMessage refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        await refused.Problem(429);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBeGreaterThanOrEqualTo(10);
        (await other.GetAsync("/api/presets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpClient> WithToken(RunningServer server, User user)
    {
        (_, string secret) = await server.Platform.Tokens.CreateAsync(Actor.LocalOwner, user.Id, "t", Role.Admin, null, TimeSpan.FromDays(1));
        HttpClient client = server.NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        return client;
    }

    private static Task<RunningServer> Start(Func<ServerOptions, ServerOptions>? configure = null) =>
        RunningServer.Start(options => options with { Accounts = new AccountSettings { PasswordRounds = 1000 } }, configure);

    private static Task<HttpResponseMessage> SetUp(RunningServer server, string? token) =>
        server.Http.PostAsJsonAsync("/api/session/set-up", new SetUpRequest("first", ServerWithAccounts.Password, token), WireJson.Options, Cancellation);
}
