using System.Diagnostics;
using Shouldly;
using Strata.Learning.Data;
using Strata.Platform.Accounts;
using Xunit;

namespace Strata.Platform.Tests.Accounts;

public sealed class PasswordTests : IAsyncLifetime
{
    private readonly AccountFolder folder = new();

    public async ValueTask InitializeAsync() => await folder.Administrator();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("seven77")]
    [InlineData("password")]
    [InlineData("Password1!")]
    [InlineData("p@ssw0rd123")]
    [InlineData("12345678")]
    [InlineData("20041987")]
    [InlineData("11111111")]
    [InlineData("abcabcabc")]
    [InlineData("qwertyuiop")]
    [InlineData("1q2w3e4r5t")]
    [InlineData("zaq12wsx")]
    [InlineData("iloveyou2")]
    [InlineData("Sunshine99")]
    [InlineData("welcome2026!")]
    [InlineData("letmein1")]
    [InlineData("trustno1")]
    [InlineData("Football2024")]
    [InlineData("superman1")]
    [InlineData("Summer2025!")]
    [InlineData("adminadmin")]
    [InlineData("ann.lovelace1")]
    public async Task A_password_that_is_short_or_tried_first_is_refused(string password) =>
        await Should.ThrowAsync<DataException>(() => folder.Platform.Users.CreateAsync(Actor.LocalOwner, "ann.lovelace", password, isAdmin: false));

    [Theory]
    [InlineData("tr0ubled elk")]
    [InlineData("  blanks around and within  ")]
    [InlineData("пароль из четырёх слов")]
    [InlineData("🦊🦉🦔🐝🦋🐌🦀🐙")]
    [InlineData("k7#Vq2!mX9pL")]
    [InlineData("a sentence of more than sixty-four letters, as people who like long ones do take, unabridged to its end")]
    public async Task Any_other_is_taken_as_it_is(string password)
    {
        User user = await folder.Platform.Users.CreateAsync(Actor.LocalOwner, "ann", password, isAdmin: false);
        (await folder.Platform.LogIns.CheckAsync("ann", password, null)).Id.ShouldBe(user.Id);
        await Should.ThrowAsync<LogInException>(() => folder.Platform.LogIns.CheckAsync("ann", password.Trim() + "x", null));
    }

    [Fact]
    public void The_usual_number_of_rounds_is_what_OWASP_asks_for() => new AccountSettings().PasswordRounds.ShouldBeGreaterThanOrEqualTo(210_000);

    [Fact]
    public async Task A_hash_with_fewer_rounds_is_renewed_at_the_next_log_in()
    {
        User user = await folder.Person("ann");
        Stored(user).ShouldStartWith("pbkdf2-sha512$1000$");
        await folder.Restart(folder.Settings with { PasswordRounds = 2000 });
        await folder.Platform.LogIns.CheckAsync("ann", AccountFolder.Password, null);
        Stored(user).ShouldStartWith("pbkdf2-sha512$2000$");
        (await folder.Platform.LogIns.CheckAsync("ann", AccountFolder.Password, null)).Id.ShouldBe(user.Id);
    }

    [Fact]
    public async Task The_same_password_is_stored_differently_for_each_user()
    {
        string one = Stored(await folder.Person("ann")), other = Stored(await folder.Person("bob"));
        one.ShouldNotBe(other);
        one.ShouldNotContain(AccountFolder.Password);
    }

    [Fact]
    public async Task A_name_is_the_same_whatever_its_case_and_taken_once()
    {
        User user = await folder.Person("Ann");
        (await folder.Platform.LogIns.CheckAsync("aNN", AccountFolder.Password, null)).Id.ShouldBe(user.Id);
        await Should.ThrowAsync<ConflictException>(() => folder.Person("ANN"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("zero\u200bwidth")]
    [InlineData("a/b")]
    public async Task A_name_that_cannot_be_typed_is_refused(string name) => await Should.ThrowAsync<DataException>(() => folder.Person(name));

    /// <summary>20 tries of each, or as many as the environment asks for. Of each the quick ones count, which nothing else has held up; a busy machine gets six chances.</summary>
    [Fact]
    public async Task An_unknown_name_takes_as_long_as_a_wrong_password()
    {
        int tries = int.Parse(Environment.GetEnvironmentVariable("STRATA_TIMING_TRIES") ?? "20", System.Globalization.CultureInfo.InvariantCulture);
        await folder.Restart(folder.Settings with { PasswordRounds = 40_000 });
        await folder.Platform.Users.CreateAsync(Actor.LocalOwner, "ann", AccountFolder.Password, isAdmin: false);
        var ratios = new List<double>();
        while (ratios.Count < 6 && (ratios.Count == 0 || Math.Abs(ratios[^1] - 1) > 0.1))
        {
            var known = new List<double>();
            var unknown = new List<double>();
            for (int i = 0; i < tries; i++)
            {
                known.Add(await MillisecondsOf("ann"));
                unknown.Add(await MillisecondsOf("nobody"));
            }

            ratios.Add(Quick(unknown) / Quick(known));
        }

        TestContext.Current.SendDiagnosticMessage($"Unknown name to wrong password, ratio of the quick ones of {tries}: {string.Join(", ", ratios.Select(ratio => $"{ratio:0.000}"))}");
        ratios[^1].ShouldBe(1, 0.1, "they differ by less than a tenth");
    }

    /// <summary>The lower decile.</summary>
    private static double Quick(List<double> times) => times.Order().ElementAt(times.Count / 10);

    private async Task<double> MillisecondsOf(string name)
    {
        folder.Clock.Move(TimeSpan.FromMinutes(6));
        long start = Stopwatch.GetTimestamp();
        await Should.ThrowAsync<LogInException>(() => folder.Platform.LogIns.CheckAsync(name, "wrong", null));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private string Stored(User user) => folder.Platform.Storage.Database.Read(connection => UserTable.PasswordHash(connection, user.Id))!;
}
