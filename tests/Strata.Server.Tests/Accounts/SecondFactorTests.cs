using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Platform.Accounts;
using Xunit;

namespace Strata.Server.Tests.Accounts;

public abstract class SecondFactorContract(ServerWithAccounts accounts)
{
    private static int people;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_factor_is_set_up_asked_for_and_reset()
    {
        User person = await accounts.Member($"person{Interlocked.Increment(ref people)}", accounts.Ours, Role.Viewer);
        using HttpClient browser = await accounts.Browser(person.Name);
        SecondFactorView key = await (await browser.PostAsync("/api/session/second-factor", null, Cancellation)).Read<SecondFactorView>();
        await (await browser.PostAsJsonAsync("/api/session/second-factor/on", new SecondFactorRequest("000000"), WireJson.Options, Cancellation)).Problem(401);
        RecoveryCodesView recovery = await (await browser.PostAsJsonAsync("/api/session/second-factor/on", new SecondFactorRequest(CodeOf(person)), WireJson.Options, Cancellation)).Read<RecoveryCodesView>();
        recovery.Codes.Count.ShouldBe(10);
        key.Address.ShouldContain(key.Secret);

        (await (await LogIn(person.Name, null)).Problem(401)).Title.ShouldBe("Code needed");
        (await (await LogIn(person.Name, "000000")).Problem(401)).Title.ShouldBe("Log in needed");
        LogInView view = await (await LogIn(person.Name, recovery.Codes[0])).Read<LogInView>();
        view.User!.HasSecondFactor.ShouldBeTrue();
        await (await LogIn(person.Name, recovery.Codes[0])).Problem(401);
        await (await accounts.As(person.Name).GetAsync("/api/datasets", Cancellation)).Problem(401);

        using HttpClient root = accounts.As("root");
        (await root.DeleteAsync($"/api/users/{person.Id}/second-factor", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await (await LogIn(person.Name, null)).Read<LogInView>()).User!.HasSecondFactor.ShouldBeFalse();
    }

    private string CodeOf(User person) =>
        OneTimeCode.Of(accounts.Platform.Storage.Database.Read(connection => SecondFactorTable.Find(connection, person.Id))!.Value.Key, OneTimeCode.StepAt(DateTimeOffset.UtcNow));

    private async Task<HttpResponseMessage> LogIn(string name, string? code)
    {
        using HttpClient client = accounts.Running.NewClient();
        return await client.PostAsJsonAsync("/api/session", new LogInRequest(name, ServerWithAccounts.Password, Code: code), WireJson.Options, Cancellation);
    }
}

public sealed class SecondFactorTests(ServerWithAccounts accounts) : SecondFactorContract(accounts), IClassFixture<ServerWithAccounts>;

public sealed class SecondFactorOnPostgresTests(PostgresServerWithAccounts accounts) : SecondFactorContract(accounts), IClassFixture<PostgresServerWithAccounts>;

/// <summary>A server whose people must have a second factor.</summary>
public sealed class RequiredSecondFactorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_none_may_do_nothing_but_set_one_up_and_programs_go_on_by_their_tokens()
    {
        await using RunningServer server = await RunningServer.Start(options => options with { WorkerProgram = null, Accounts = new AccountSettings { PasswordRounds = 1000, RequiresSecondFactor = true } });
        User root = await server.Platform.Users.CreateFirstAsync(Actor.LocalOwner, "root", ServerWithAccounts.Password);
        using HttpClient browser = server.NewClient();
        HttpResponseMessage entered = await browser.PostAsJsonAsync("/api/session", new LogInRequest("root", ServerWithAccounts.Password), WireJson.Options, Cancellation);
        (await entered.Read<LogInView>()).NeedsSecondFactor.ShouldBeTrue();
        browser.DefaultRequestHeaders.Add("Cookie", entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        (await (await browser.GetAsync("/api/datasets", Cancellation)).Problem(403)).Title.ShouldBe("Second factor needed");
        (await browser.PostAsync("/api/session/second-factor", null, Cancellation)).EnsureSuccessStatusCode();
        byte[] key = server.Platform.Storage.Database.Read(connection => SecondFactorTable.Find(connection, root.Id))!.Value.Key;
        (await browser.PostAsJsonAsync("/api/session/second-factor/on", new SecondFactorRequest(OneTimeCode.Of(key, OneTimeCode.StepAt(DateTimeOffset.UtcNow))), WireJson.Options, Cancellation)).EnsureSuccessStatusCode();
        (await browser.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await browser.DeleteAsync("/api/session/second-factor", Cancellation)).Problem(409);

        User robot = await server.Platform.Users.CreateServiceAccountAsync(Actor.LocalOwner, "robot");
        (_, string secret) = await server.Platform.Tokens.CreateAsync(Actor.LocalOwner, robot.Id, "t", Role.Viewer, null, TimeSpan.FromDays(1));
        using HttpClient program = server.NewClient();
        program.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        (await program.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
