using System.Net;
using System.Net.Http.Json;
using System.Text;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Platform.Accounts;
using Xunit;
using MemberKind = Strata.Platform.Accounts.MemberKind;

namespace Strata.Server.Tests.Accounts;

public abstract class SessionOverHttpContract(ServerWithAccounts accounts)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Logging_in_sets_a_cookie_that_scripts_and_other_sites_do_not_get()
    {
        HttpResponseMessage answer = await LogIn(accounts.Running.NewClient(), "viewer");
        string cookie = answer.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith($"strata_session_{accounts.Running.Address.Port}=");
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
        cookie.ShouldContain("path=/", Case.Insensitive);
        LogInView view = await answer.Read<LogInView>();
        (view.IsLoggedIn, view.User!.Name, view.IsAdmin, view.IsConfirmed, view.Tokens).ShouldBe((true, "viewer", false, true, null));
        view.Projects.Select(project => (project.Name, project.Role)).ShouldBe([("ours", ProjectRole.Viewer)]);
    }

    [Fact]
    public async Task Under_any_other_name_than_the_loopbacks_the_cookie_travels_over_tls_only()
    {
        await using RunningServer server = await RunningServer.Start(
            options => options with { Accounts = new AccountSettings { PasswordRounds = 1000 } }, options => options with { AllowedHosts = ["strata.example"] });
        await server.Platform.Users.CreateFirstAsync(Actor.LocalOwner, "root", ServerWithAccounts.Password);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/session") { Content = JsonContent.Create(new LogInRequest("root", ServerWithAccounts.Password), options: WireJson.Options) };
        request.Headers.Host = "strata.example";
        string cookie = (await server.Http.SendAsync(request, Cancellation)).Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("__Host-strata_session=");
        cookie.ShouldContain("; secure", Case.Insensitive);
    }

    [Fact]
    public async Task Each_log_in_has_a_session_of_its_own_and_ends_the_one_before()
    {
        using HttpClient browser = await accounts.Browser("viewer");
        HttpResponseMessage again = await LogIn(browser, "viewer");
        (await browser.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        browser.DefaultRequestHeaders.Remove("Cookie");
        browser.DefaultRequestHeaders.Add("Cookie", again.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        (await browser.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task After_logging_out_the_cookie_is_worth_nothing()
    {
        using HttpClient browser = await accounts.Browser("viewer");
        (await browser.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        HttpResponseMessage answer = await browser.DeleteAsync("/api/session", Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Set-Cookie").Single().ShouldContain("expires=Thu, 01 Jan 1970");
        await (await browser.GetAsync("/api/datasets", Cancellation)).Problem(401);
        LogInView view = await (await browser.GetAsync("/api/session", Cancellation)).Read<LogInView>();
        (view.HasAccounts, view.IsLoggedIn, view.User, view.Projects.Count).ShouldBe((true, false, null, 0));
    }

    [Fact]
    public async Task A_new_role_counts_at_the_next_request()
    {
        User user = await accounts.Member("climber", accounts.Ours, Role.Viewer);
        using HttpClient browser = await accounts.Browser("climber");
        (await browser.PostAsync("/api/sources/kepler_simulated", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await accounts.Platform.Projects.SetMemberAsync(Actor.LocalOwner, accounts.Ours.Id, MemberKind.User, user.Id, Role.Trainer);
        (await browser.PostAsJsonAsync("/api/sources/kepler_simulated", new SourceRequest(20, 1), WireJson.Options, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await accounts.Platform.Projects.RemoveMemberAsync(Actor.LocalOwner, accounts.Ours.Id, MemberKind.User, user.Id);
        (await browser.PostAsync("/api/sources/kepler_simulated", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await accounts.Platform.Users.SetDisabledAsync(Actor.LocalOwner, user.Id, true);
        (await browser.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Changing_ones_password_ends_the_other_sessions_and_keeps_this_one()
    {
        await accounts.Member("careful", accounts.Ours, Role.Viewer);
        using HttpClient here = await accounts.Browser("careful"), there = await accounts.Browser("careful");
        await (await here.PostAsJsonAsync("/api/session/password", new PasswordRequest("wrong", "five more words for this"), WireJson.Options, Cancellation)).Problem(401);
        await (await here.PostAsJsonAsync("/api/session/password", new PasswordRequest(ServerWithAccounts.Password, "password1"), WireJson.Options, Cancellation)).Problem(422);
        (await here.PostAsJsonAsync("/api/session/password", new PasswordRequest(ServerWithAccounts.Password, "five more words for this"), WireJson.Options, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await here.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await there.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Everybody_sees_and_ends_their_own_sessions_and_nobody_elses()
    {
        User person = await accounts.Member("sees-sessions", accounts.Ours, Role.Viewer);
        using HttpClient here = await accounts.Browser(person.Name), elsewhere = await accounts.Browser(person.Name), stranger = await accounts.Browser("other");
        Page<OwnSessionView> sessions = await (await here.GetAsync("/api/session/all", Cancellation)).Read<Page<OwnSessionView>>();
        sessions.Items.Count.ShouldBe(2);
        string other = sessions.Items.Single(session => !session.IsThis).Id;
        await (await stranger.DeleteAsync($"/api/session/all/{other}", Cancellation)).Problem(404);
        (await here.DeleteAsync($"/api/session/all/{other}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await elsewhere.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await here.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_somebody_is_refused_is_in_the_audit_log_once_a_minute()
    {
        User person = await accounts.Member("refused", accounts.Ours, Role.Viewer);
        using HttpClient viewer = accounts.With((await accounts.TokenOf(person.Name)).Secret);
        for (int i = 0; i < 3; i++)
        {
            (await viewer.PostAsJsonAsync("/api/sources/tess_simulated", new SourceRequest(20, 1), WireJson.Options, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        AuditEntry entry = accounts.Platform.Audit.List(actor: person.Name, action: "refuse").Items.ShouldHaveSingleItem();
        (entry.Detail, entry.Subject).ShouldBe(("fetch_source", "api/sources/tess_simulated"));
    }

    [Fact]
    public async Task A_backup_and_an_export_are_in_the_audit_log()
    {
        using HttpClient root = accounts.With((await accounts.TokenOf("root")).Secret);
        (await root.GetAsync("/api/backup", Cancellation)).EnsureSuccessStatusCode();
        (await root.GetAsync("/api/audit/export", Cancellation)).EnsureSuccessStatusCode();
        accounts.Platform.Audit.List(actor: "root", action: "get_backup").Total.ShouldBe(1);
        accounts.Platform.Audit.List(actor: "root", action: "export_audit_entries").Total.ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task Dangerous_acts_need_the_password_again_after_ten_minutes()
    {
        User victim = await accounts.Member("victim", accounts.Ours, Role.Viewer);
        using HttpClient browser = await accounts.Browser("root");
        Session session = accounts.Platform.Users.SessionsOf(accounts.Platform.Users.FindNamed("root")!.Id)[0];
        await accounts.Platform.Storage.Database.WriteAsync(connection => SessionTable.Confirm(connection, session.Id, DateTimeOffset.UnixEpoch.AddYears(55)));
        await accounts.Platform.LogIns.TouchAsync(session with { SeenAt = DateTimeOffset.UnixEpoch });
        (await (await browser.DeleteAsync($"/api/users/{victim.Id}", Cancellation)).Problem(403)).Title.ShouldBe("Confirmation needed");
        (await browser.GetAsync("/api/users", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await (await browser.PostAsJsonAsync("/api/session/confirm", new ConfirmationRequest("wrong"), WireJson.Options, Cancellation)).Problem(401);
        (await browser.PostAsJsonAsync("/api/session/confirm", new ConfirmationRequest(ServerWithAccounts.Password), WireJson.Options, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.DeleteAsync($"/api/users/{victim.Id}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_program_logs_in_for_tokens_and_refreshes_them_once_each()
    {
        using HttpClient http = accounts.Running.NewClient();
        var client = new StrataClient(http);
        LogInView view = await client.LogInAsync("trainer", ServerWithAccounts.Password, Cancellation);
        view.Tokens!.ExpiresIn.ShouldBe(900);
        (await client.SessionAsync(Cancellation)).User!.Name.ShouldBe("trainer");
        TokenPair next = await client.RefreshAsync(view.Tokens.RefreshToken, Cancellation);
        (await client.DatasetsAsync(cancellation: Cancellation)).ShouldNotBeNull();
        (await Should.ThrowAsync<RefusedException>(() => client.RefreshAsync(view.Tokens.RefreshToken, Cancellation))).Problem.Status.ShouldBe(401);
        (await accounts.With(next.AccessToken).GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_is_taken_as_bearer_and_as_the_password_of_programs_that_know_no_other_way()
    {
        (_, string secret) = await accounts.TokenOf("viewer", Role.Viewer);
        (await accounts.With(secret).GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using HttpClient basic = accounts.Running.NewClient();
        basic.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anything:{secret}")));
        (await basic.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer strata_12345678_1234567890123456789012345678901234567890")]
    [InlineData("Bearer ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Digest username=root")]
    [InlineData("Negotiate abc")]
    public async Task Anything_else_lets_nobody_in(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/datasets");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        HttpResponseMessage answer = await accounts.Running.Http.SendAsync(request, Cancellation);
        await answer.Problem(401);
        answer.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Bearer");
    }

    [Fact]
    public async Task Too_many_wrong_passwords_answer_429_and_when_to_try_again()
    {
        await accounts.Member("locked", accounts.Ours, Role.Viewer);
        using HttpClient client = accounts.Running.NewClient();
        for (int i = 0; i < 5; i++)
        {
            (await (await client.PostAsJsonAsync("/api/session", new LogInRequest("locked", "wrong"), WireJson.Options, Cancellation)).Problem(401)).Detail.ShouldBe("The name or the password is wrong.");
        }

        HttpResponseMessage answer = await client.PostAsJsonAsync("/api/session", new LogInRequest("locked", ServerWithAccounts.Password), WireJson.Options, Cancellation);
        await answer.Problem(429);
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 300);
    }

    [Fact]
    public async Task Another_sites_page_can_do_nothing_with_the_cookie()
    {
        using HttpClient browser = await accounts.Browser("admin");
        foreach ((HttpMethod method, string path) in new[] { (HttpMethod.Post, "/api/sources/kepler_simulated"), (HttpMethod.Delete, "/api/session"), (HttpMethod.Put, $"/api/projects/{accounts.Ours.Id}/members") })
        {
            using var request = new HttpRequestMessage(method, path) { Content = new StringContent("{}", Encoding.UTF8, "text/plain") };
            request.Headers.Add("Origin", "https://evil.example");
            (await (await browser.SendAsync(request, Cancellation)).Problem(403)).Title.ShouldBe("Cross-site request");
        }
    }

    [Fact]
    public async Task Secrets_are_shown_once_and_never_written_into_the_audit_log()
    {
        using HttpClient browser = await accounts.Browser("root");
        ApiTokenView made = await (await browser.PostAsJsonAsync("/api/tokens", new NewTokenRequest("once", Days: 1), WireJson.Options, Cancellation)).Read<ApiTokenView>();
        made.Secret.ShouldNotBeNull().ShouldStartWith(made.Prefix);
        (await browser.GetStringAsync("/api/tokens", Cancellation)).ShouldNotContain(made.Secret);
        string log = await browser.GetStringAsync("/api/audit/export", Cancellation);
        log.ShouldContain(made.Prefix);
        log.ShouldNotContain(made.Secret);
        log.ShouldNotContain(ServerWithAccounts.Password);
        foreach (string line in log.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            System.Text.Json.Nodes.JsonNode.Parse(line)!["action"].ShouldNotBeNull();
        }

        (await (await browser.GetAsync("/api/audit/check", Cancellation)).Read<AuditCheckView>()).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_log_with_who_what_and_where_from()
    {
        using HttpClient trainer = accounts.With((await accounts.TokenOf("trainer")).Secret);
        JobView job = await (await trainer.PostAsJsonAsync("/api/sources/tess_simulated", new SourceRequest(20, 1), WireJson.Options, Cancellation)).Read<JobView>();
        AuditEntry entry = accounts.Platform.Audit.List(action: "fetch_source", subject: $"jobs/{job.Id}").Items.Single();
        (entry.Actor, entry.Address).ShouldBe(("trainer", "127.0.0.1"));
        int before = accounts.Platform.Audit.List().Total;
        await trainer.GetAsync("/api/datasets", Cancellation);
        await trainer.DeleteAsync("/api/datasets/none", Cancellation);
        accounts.Platform.Audit.List(actor: "trainer", action: "delete_dataset").Total.ShouldBe(0);
        accounts.Platform.Audit.List().Total.ShouldBeGreaterThanOrEqualTo(before);
    }

    [Fact]
    public async Task People_make_their_own_tokens_and_administrators_those_of_programs()
    {
        using HttpClient root = accounts.As("root"), viewer = accounts.As("viewer");
        User robot = await accounts.Platform.Users.CreateServiceAccountAsync(Actor.LocalOwner, "robot");
        ApiTokenView token = await (await root.PostAsJsonAsync("/api/tokens", new NewTokenRequest("deploys", User: "robot"), WireJson.Options, Cancellation)).Read<ApiTokenView>();
        (await accounts.With(token.Secret!).GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await root.PostAsJsonAsync("/api/tokens", new NewTokenRequest("sly", User: "viewer"), WireJson.Options, Cancellation)).Problem(403);
        await (await viewer.PostAsJsonAsync("/api/tokens", new NewTokenRequest("sly", User: "robot"), WireJson.Options, Cancellation)).Problem(403);
        await (await viewer.DeleteAsync($"/api/tokens/{token.Id}", Cancellation)).Problem(404);
        (await root.DeleteAsync($"/api/tokens/{token.Id}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await accounts.With(token.Secret!).GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        robot.IsServiceAccount.ShouldBeTrue();
    }

    private static Task<HttpResponseMessage> LogIn(HttpClient client, string name) =>
        client.PostAsJsonAsync("/api/session", new LogInRequest(name, ServerWithAccounts.Password), WireJson.Options, Cancellation);
}

public sealed class SessionOverHttpTests(ServerWithAccounts accounts) : SessionOverHttpContract(accounts), IClassFixture<ServerWithAccounts>;

public sealed class SessionOverHttpOnPostgresTests(PostgresServerWithAccounts accounts) : SessionOverHttpContract(accounts), IClassFixture<PostgresServerWithAccounts>;
