using Shouldly;
using Strata.Platform.Accounts;
using Xunit;

namespace Strata.Platform.Tests.Accounts;

public sealed class LogInTests : IAsyncLifetime
{
    private readonly AccountFolder folder = new();
    private User ann = null!;

    private LogIns LogIns => folder.Platform.LogIns;

    public async ValueTask InitializeAsync()
    {
        await folder.Administrator();
        ann = await folder.Person("ann");
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Fact]
    public async Task After_five_failures_even_the_right_password_waits_five_minutes()
    {
        await Fail(5);
        (await Should.ThrowAsync<TooManyLogInsException>(Right)).Wait.ShouldBe(TimeSpan.FromMinutes(5));
        folder.Clock.Move(TimeSpan.FromMinutes(5.1));
        (await Right()).Id.ShouldBe(ann.Id);
    }

    [Fact]
    public async Task Each_lock_is_twice_as_long_as_the_last_up_to_an_hour()
    {
        var waits = new List<double>();
        for (int i = 0; i < 6; i++)
        {
            await Fail(5);
            TimeSpan wait = (await Should.ThrowAsync<TooManyLogInsException>(Right)).Wait;
            waits.Add(wait.TotalMinutes);
            folder.Clock.Move(wait + TimeSpan.FromSeconds(1));
        }

        waits.ShouldBe([5, 10, 20, 40, 60, 60]);
    }

    [Fact]
    public async Task Failures_are_not_forgotten_by_a_restart()
    {
        await Fail(4);
        await folder.Restart();
        await Fail(1);
        await Should.ThrowAsync<TooManyLogInsException>(Right);
    }

    [Fact]
    public async Task Failures_are_forgotten_by_a_success_and_by_time()
    {
        await Fail(4);
        await Right();
        await Fail(4);
        folder.Clock.Move(TimeSpan.FromMinutes(6));
        await Fail(4);
        await Right();
    }

    [Fact]
    public async Task One_address_may_not_try_many_names()
    {
        for (int i = 0; i < LogInFailures.MostOfAddress; i++)
        {
            await Should.ThrowAsync<LogInException>(() => LogIns.CheckAsync($"name{i}", "wrong", "10.0.0.1"));
        }

        await Should.ThrowAsync<TooManyLogInsException>(() => LogIns.CheckAsync("ann", AccountFolder.Password, "10.0.0.1"));
        (await LogIns.CheckAsync("ann", AccountFolder.Password, "10.0.0.2")).Id.ShouldBe(ann.Id);
    }

    [Fact]
    public async Task Many_tries_at_the_same_moment_are_counted_too()
    {
        Task[] tries = [.. Enumerable.Range(0, 40).Select(_ => LogIns.CheckAsync("ann", "wrong", null))];
        await Should.ThrowAsync<Exception>(() => Task.WhenAll(tries));
        tries.Count(one => one.Exception!.InnerException is LogInException).ShouldBe(LogInFailures.MostOfName);
    }

    [Fact]
    public async Task What_is_told_does_not_say_whether_the_name_exists()
    {
        string wrongName = (await Should.ThrowAsync<LogInException>(() => LogIns.CheckAsync("nobody", "wrong", null))).Message;
        (await Should.ThrowAsync<LogInException>(() => LogIns.CheckAsync("ann", "wrong", null))).Message.ShouldBe(wrongName);
        await folder.Platform.Users.SetDisabledAsync(Actor.LocalOwner, ann.Id, true);
        (await Should.ThrowAsync<LogInException>(Right)).Message.ShouldBe(wrongName);
    }

    [Fact]
    public async Task A_service_account_cannot_log_in_by_a_password()
    {
        await folder.Platform.Users.CreateServiceAccountAsync(Actor.LocalOwner, "robot");
        await Should.ThrowAsync<LogInException>(() => LogIns.CheckAsync("robot", string.Empty, null));
    }

    [Fact]
    public async Task A_session_ends_after_half_an_hour_of_rest()
    {
        (Session session, string secret) = await LogIns.OpenAsync(ann, null);
        folder.Clock.Move(TimeSpan.FromMinutes(29));
        Identity identity = LogIns.OfCookie(secret).ShouldNotBeNull();
        await LogIns.TouchAsync(identity.Session!);
        folder.Clock.Move(TimeSpan.FromMinutes(29));
        LogIns.OfCookie(secret).ShouldNotBeNull().Session!.Id.ShouldBe(session.Id);
        folder.Clock.Move(TimeSpan.FromMinutes(1.1));
        LogIns.OfCookie(secret).ShouldBeNull();
    }

    [Fact]
    public async Task A_session_ends_after_a_day_however_busy()
    {
        (_, string secret) = await LogIns.OpenAsync(ann, null);
        for (int i = 0; i < 24 * 3 - 1; i++)
        {
            folder.Clock.Move(TimeSpan.FromMinutes(20));
            await LogIns.TouchAsync(LogIns.OfCookie(secret).ShouldNotBeNull().Session!);
        }

        folder.Clock.Move(TimeSpan.FromMinutes(20));
        LogIns.OfCookie(secret).ShouldBeNull();
    }

    [Fact]
    public async Task Sessions_and_tokens_outlive_a_restart_and_their_secrets_are_not_in_the_database()
    {
        (_, string secret) = await LogIns.OpenAsync(ann, null);
        SessionTokens tokens = await LogIns.OpenTokensAsync(ann, null);
        (_, string token) = await folder.Platform.Tokens.CreateAsync(Actor.LocalOwner, ann.Id, "t", Role.Viewer, null, TimeSpan.FromDays(1));
        await folder.Restart();
        LogIns.OfCookie(secret).ShouldNotBeNull();
        LogIns.OfAccessToken(tokens.Access).ShouldNotBeNull();
        folder.Platform.Tokens.IdentityOf(token).ShouldNotBeNull();

        byte[] stored = [.. Directory.GetFiles(Path.GetDirectoryName(folder.DatabasePath)!, "strata.db*").SelectMany(ReadShared)];
        foreach (string shown in new[] { secret, tokens.Refresh, token, AccountFolder.Password })
        {
            stored.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(shown)).ShouldBe(-1);
        }
    }

    [Fact]
    public async Task An_access_token_is_good_for_a_quarter_of_an_hour_and_cannot_be_changed()
    {
        SessionTokens tokens = await LogIns.OpenTokensAsync(ann, null);
        LogIns.OfAccessToken(tokens.Access).ShouldNotBeNull().User.Id.ShouldBe(ann.Id);
        string[] parts = tokens.Access.Split('.');
        string none = Convert.ToBase64String("""{"alg":"none","typ":"JWT"}"""u8).TrimEnd('=');
        foreach (string changed in new[] { tokens.Access + "x", tokens.Access[..^3], $"{none}.{parts[1]}.", $"{parts[0]}.{parts[1][..^2]}AA.{parts[2]}", "..", "a.b.c", string.Empty })
        {
            LogIns.OfAccessToken(changed).ShouldBeNull(changed);
        }

        folder.Clock.Move(TimeSpan.FromMinutes(15.1));
        LogIns.OfAccessToken(tokens.Access).ShouldBeNull();
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_a_second_use_ends_the_session()
    {
        SessionTokens first = await LogIns.OpenTokensAsync(ann, null);
        SessionTokens second = await LogIns.RefreshAsync(first.Refresh, null);
        LogIns.OfAccessToken(second.Access).ShouldNotBeNull();
        await Should.ThrowAsync<LogInException>(() => LogIns.RefreshAsync(first.Refresh, "10.0.0.9"));
        LogIns.OfAccessToken(second.Access).ShouldBeNull();
        await Should.ThrowAsync<LogInException>(() => LogIns.RefreshAsync(second.Refresh, null));
        folder.Platform.Audit.List().Items.ShouldContain(entry => entry.Action == "end_stolen_session" && entry.Address == "10.0.0.9");
    }

    [Fact]
    public async Task Everything_that_a_user_holds_ends_with_log_out_a_new_password_another_role_and_being_kept_out()
    {
        (Session closed, string closedSecret) = await LogIns.OpenAsync(ann, null);
        await LogIns.CloseAsync(Actor.LocalOwner, closed);
        LogIns.OfCookie(closedSecret).ShouldBeNull();

        foreach (Func<Task> act in new Func<Task>[]
        {
            () => folder.Platform.Users.SetPasswordAsync(Actor.LocalOwner, ann.Id, "another one for ann"),
            () => folder.Platform.Users.SetAdminAsync(Actor.LocalOwner, ann.Id, true),
            () => folder.Platform.Users.EndSessionsAsync(Actor.LocalOwner, ann.Id),
            () => folder.Platform.Users.SetDisabledAsync(Actor.LocalOwner, ann.Id, true),
        })
        {
            (_, string secret) = await LogIns.OpenAsync(ann, null);
            SessionTokens tokens = await LogIns.OpenTokensAsync(ann, null);
            LogIns.OfCookie(secret).ShouldNotBeNull();
            await act();
            LogIns.OfCookie(secret).ShouldBeNull();
            LogIns.OfAccessToken(tokens.Access).ShouldBeNull();
            await Should.ThrowAsync<LogInException>(() => LogIns.RefreshAsync(tokens.Refresh, null));
        }
    }

    [Fact]
    public async Task A_password_in_the_request_is_known_for_a_while_but_not_after_it_has_changed()
    {
        (await LogIns.OfPasswordAsync("ann", AccountFolder.Password, null)).User.Id.ShouldBe(ann.Id);
        (await LogIns.OfPasswordAsync("ann", AccountFolder.Password, null)).User.Id.ShouldBe(ann.Id);
        await folder.Platform.Users.SetPasswordAsync(Actor.LocalOwner, ann.Id, "another one for ann");
        await Should.ThrowAsync<LogInException>(() => LogIns.OfPasswordAsync("ann", AccountFolder.Password, null));
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private async Task Fail(int times)
    {
        for (int i = 0; i < times; i++)
        {
            await Should.ThrowAsync<LogInException>(() => LogIns.CheckAsync("ann", "wrong", null));
        }
    }

    private Task<User> Right() => LogIns.CheckAsync("ann", AccountFolder.Password, null);
}
