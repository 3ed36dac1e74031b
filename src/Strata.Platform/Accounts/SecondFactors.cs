using System.Data;
using System.Security.Cryptography;
using Strata.Platform.Storage;

namespace Strata.Platform.Accounts;

/// <summary>Second factors: what a log-in asks for beside the password, from an app that shares a key with the server.</summary>
public sealed class SecondFactors
{
    private const int RecoveryCodes = 10;
    private const int RecoveryLetters = 24;
    private const int LettersPerGroup = 6;

    private readonly DataStore store;
    private readonly AuditLog audit;
    private readonly TimeProvider clock;

    internal SecondFactors(DataStore store, AuditLog audit, TimeProvider clock) => (this.store, this.audit, this.clock) = (store, audit, clock);

    public bool IsOn(string userId) => store.Database.Read(connection => SecondFactorTable.IsOn(connection, userId));

    /// <summary>How many recovery codes have not been used.</summary>
    public int RecoveryCodesLeft(string userId) => store.Database.Read(connection => SecondFactorTable.RecoveryCodesLeft(connection, userId));

    /// <summary>A new key for a user's app. It counts when a code of it has been shown.</summary>
    /// <exception cref="ConflictException">The user has a second factor, or is a program.</exception>
    public async Task<SecondFactorKey> BeginAsync(string userId)
    {
        byte[] key = RandomNumberGenerator.GetBytes(OneTimeCode.KeyBytes);
        User user = await store.Database.WriteAsync(connection =>
        {
            User found = UserDirectory.Get(connection, userId);
            if (found.IsServiceAccount)
            {
                throw new ConflictException("A service account is let in by tokens only, which need no second factor.");
            }

            if (SecondFactorTable.IsOn(connection, userId))
            {
                throw new ConflictException("There is a second factor already. Take it off first.");
            }

            SecondFactorTable.Begin(connection, userId, key);
            return found;
        }).ConfigureAwait(false);
        string secret = OneTimeCode.Base32(key);
        return new SecondFactorKey(secret, $"otpauth://totp/Strata:{Uri.EscapeDataString(user.Name)}?secret={secret}&issuer=Strata");
    }

    /// <summary>Asks for a code at each log-in from now on. All other sessions of the user end.</summary>
    /// <returns>Codes that stand in for the app, each once; they cannot be asked for again.</returns>
    /// <exception cref="LogInException">The code is none of the key.</exception>
    /// <exception cref="ConflictException">No key waits for its first code.</exception>
    public async Task<IReadOnlyList<string>> TurnOnAsync(Actor actor, string userId, string code, string? keptSession)
    {
        ArgumentNullException.ThrowIfNull(code);
        string[] recovery = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => Secrets.Next(RecoveryLetters))];
        await store.Database.WriteAsync(connection =>
        {
            if (SecondFactorTable.Find(connection, userId) is not { IsOn: false } waiting)
            {
                throw new ConflictException("No key waits for its first code. Ask for a key first.");
            }

            long step = OneTimeCode.StepOf(code, waiting.Key, clock.GetUtcNow(), 0) ?? throw LogInException.WrongCode;
            SecondFactorTable.Use(connection, userId, step);
            SecondFactorTable.AddRecoveryCodes(connection, userId, recovery.Select(Secrets.Hash));
            SessionTable.DeleteOf(connection, userId, keptSession);
            audit.Add(connection, actor, "turn_on_second_factor", $"user/{userId}");
        }).ConfigureAwait(false);
        return [.. recovery.Select(letters => string.Join('-', letters.Chunk(LettersPerGroup).Select(group => new string(group))))];
    }

    /// <summary>Asks for no code any more, and forgets the key and the recovery codes. All other sessions of the user end.</summary>
    public Task TurnOffAsync(Actor actor, string userId, string? keptSession = null) => store.Database.WriteAsync(connection =>
    {
        User user = UserDirectory.Get(connection, userId);
        SecondFactorTable.Delete(connection, userId);
        SessionTable.DeleteOf(connection, userId, keptSession);
        audit.Add(connection, actor, "turn_off_second_factor", $"user/{userId}", user.Name);
    });

    /// <summary>Takes a code of the app or a recovery code; each is good once.</summary>
    internal bool Take(IDbConnection connection, string userId, string code)
    {
        if (SecondFactorTable.Find(connection, userId) is not { IsOn: true } factor)
        {
            return false;
        }

        if (OneTimeCode.StepOf(code, factor.Key, clock.GetUtcNow(), factor.LastStep) is long step)
        {
            SecondFactorTable.Use(connection, userId, step);
            return true;
        }

        string letters = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return letters.Length == RecoveryLetters && SecondFactorTable.UseRecoveryCode(connection, userId, Secrets.Hash(letters));
    }
}

/// <summary>What an authenticator app takes.</summary>
/// <param name="Secret">The key as people type it.</param>
/// <param name="Address">The same as a link, which apps read from a picture.</param>
public sealed record SecondFactorKey(string Secret, string Address);
