using System.Text;
using Shouldly;
using Strata.Platform.Accounts;
using Xunit;

namespace Strata.Platform.Tests.Accounts;

public sealed class SecondFactorTests : IAsyncLifetime
{
    private readonly AccountFolder folder = new();
    private User ann = null!;

    private SecondFactors Factors => folder.Platform.SecondFactors;

    public async ValueTask InitializeAsync()
    {
        await folder.Administrator();
        ann = await folder.Person("ann");
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    /// <summary>The examples of RFC 6238, appendix B, to their last six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        OneTimeCode.Of("12345678901234567890"u8.ToArray(), OneTimeCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    /// <summary>The examples of RFC 4648, without their padding.</summary>
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Keys_are_spelled_as_apps_take_them(string key, string text) => OneTimeCode.Base32(Encoding.ASCII.GetBytes(key)).ShouldBe(text);

    [Fact]
    public async Task With_a_second_factor_the_password_alone_lets_nobody_in()
    {
        byte[] key = await TurnOn();
        await Should.ThrowAsync<CodeNeededException>(() => LogIn(null));
        await Should.ThrowAsync<LogInException>(() => LogIn("000000"));
        (await LogIn(Code(key))).Id.ShouldBe(ann.Id);
        await Should.ThrowAsync<LogInException>(() => folder.Platform.LogIns.CheckAsync("ann", "wrong", null, Code(key)));
    }

    [Fact]
    public async Task A_code_is_good_once_and_for_a_minute_and_a_half()
    {
        byte[] key = await TurnOn();
        string code = Code(key);
        await LogIn(code);
        await Should.ThrowAsync<LogInException>(() => LogIn(code));
        folder.Clock.Move(TimeSpan.FromSeconds(60));
        string early = Code(key);
        folder.Clock.Move(TimeSpan.FromSeconds(30));
        await LogIn(early);
        string late = Code(key);
        folder.Clock.Move(TimeSpan.FromSeconds(61));
        await Should.ThrowAsync<LogInException>(() => LogIn(late));
    }

    [Fact]
    public async Task Codes_cannot_be_tried_without_end()
    {
        byte[] key = await TurnOn();
        for (int i = 0; i < 5; i++)
        {
            await Should.ThrowAsync<LogInException>(() => LogIn("123456"));
        }

        await Should.ThrowAsync<TooManyLogInsException>(() => LogIn(Code(key)));
    }

    /// <summary>Who knows the password could else guess at codes for ever, giving the password in a request between.</summary>
    [Fact]
    public async Task The_right_password_in_a_request_forgives_no_guessed_codes()
    {
        byte[] key = await TurnOn();
        for (int i = 0; i < 2; i++)
        {
            await Should.ThrowAsync<LogInException>(() => LogIn("123456"));
            await Should.ThrowAsync<LogInException>(() => folder.Platform.LogIns.OfPasswordAsync("ann", AccountFolder.Password, null));
        }

        await Should.ThrowAsync<LogInException>(() => LogIn("123456"));
        await Should.ThrowAsync<TooManyLogInsException>(() => LogIn(Code(key)));
        folder.Platform.Audit.List(action: "log_in", actor: "ann").Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_recovery_code_stands_in_once_and_is_not_in_the_database()
    {
        IReadOnlyList<string> codes = [];
        await TurnOn(found => codes = found);
        codes.Count.ShouldBe(10);
        codes.ShouldAllBe(code => code.Length == 27);
        await LogIn(codes[3].ToUpperInvariant());
        await Should.ThrowAsync<LogInException>(() => LogIn(codes[3]));
        await LogIn(codes[4].Replace("-", string.Empty, StringComparison.Ordinal));
        Factors.RecoveryCodesLeft(ann.Id).ShouldBe(8);
        await folder.Restart(meanwhile: () =>
        {
            string everything = string.Concat(Directory.GetFiles(Path.GetDirectoryName(folder.DatabasePath)!, "strata.db*").Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
            codes.ShouldAllBe(code => !everything.Contains(code.Replace("-", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal));
        });
        await LogIn(codes[5]);
    }

    [Fact]
    public async Task A_key_counts_when_its_first_code_was_shown_and_another_takes_its_place_until_then()
    {
        SecondFactorKey lost = await Factors.BeginAsync(ann.Id);
        (await LogIn(null)).Id.ShouldBe(ann.Id);
        SecondFactorKey key = await Factors.BeginAsync(ann.Id);
        key.Secret.ShouldNotBe(lost.Secret);
        key.Address.ShouldBe($"otpauth://totp/Strata:ann?secret={key.Secret}&issuer=Strata");
        await Should.ThrowAsync<LogInException>(() => Factors.TurnOnAsync(Actor.LocalOwner, ann.Id, "000000", null));
        await TurnOn();
        await Should.ThrowAsync<ConflictException>(() => Factors.BeginAsync(ann.Id));
        await Should.ThrowAsync<ConflictException>(() => Factors.TurnOnAsync(Actor.LocalOwner, ann.Id, "000000", null));
        User robot = await folder.Platform.Users.CreateServiceAccountAsync(Actor.LocalOwner, "robot");
        await Should.ThrowAsync<ConflictException>(() => Factors.BeginAsync(robot.Id));
    }

    [Fact]
    public async Task Sessions_end_when_a_second_factor_comes_or_goes_and_both_are_in_the_audit_log()
    {
        (Session old, _) = await folder.Platform.LogIns.OpenAsync(ann, null);
        (Session kept, _) = await folder.Platform.LogIns.OpenAsync(ann, null);
        await TurnOn(kept: kept.Id);
        folder.Platform.Users.SessionsOf(ann.Id).Select(session => session.Id).ShouldBe([kept.Id]);
        folder.Platform.Users.Get(ann.Id).HasSecondFactor.ShouldBeTrue();
        await Factors.TurnOffAsync(Actor.LocalOwner, ann.Id);
        folder.Platform.Users.SessionsOf(ann.Id).ShouldBeEmpty();
        folder.Platform.Users.Get(ann.Id).HasSecondFactor.ShouldBeFalse();
        (await LogIn(null)).Id.ShouldBe(ann.Id);
        folder.Platform.Audit.List().Items.Select(entry => entry.Action).ShouldContain("turn_on_second_factor");
        folder.Platform.Audit.List().Items.Select(entry => entry.Action).ShouldContain("turn_off_second_factor");
        old.Id.ShouldNotBe(kept.Id);
    }

    [Fact]
    public async Task A_request_with_name_and_password_has_no_place_for_a_code_and_is_refused()
    {
        await folder.Platform.LogIns.OfPasswordAsync("ann", AccountFolder.Password, null);
        await TurnOn();
        (await Should.ThrowAsync<LogInException>(() => folder.Platform.LogIns.OfPasswordAsync("ann", AccountFolder.Password, null))).Message.ShouldContain("token");
    }

    private async Task<byte[]> TurnOn(Action<IReadOnlyList<string>>? codes = null, string? kept = null)
    {
        await Factors.BeginAsync(ann.Id);
        byte[] key = folder.Platform.Storage.Database.Read(connection => SecondFactorTable.Find(connection, ann.Id))!.Value.Key;
        IReadOnlyList<string> found = await Factors.TurnOnAsync(Actor.LocalOwner, ann.Id, Code(key), kept);
        codes?.Invoke(found);
        folder.Clock.Move(TimeSpan.FromSeconds(60));
        return key;
    }

    private string Code(byte[] key) => OneTimeCode.Of(key, OneTimeCode.StepAt(folder.Clock.GetUtcNow()));

    private Task<User> LogIn(string? code) => folder.Platform.LogIns.CheckAsync("ann", AccountFolder.Password, null, code);
}
