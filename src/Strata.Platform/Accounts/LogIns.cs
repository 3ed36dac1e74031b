using System.Collections.Concurrent;
using System.Data;
using System.Security.Cryptography;
using System.Text.Json;
using Strata.Platform.Storage;

namespace Strata.Platform.Accounts;

/// <summary>Lets users in by password, and keeps, renews and ends their sessions.</summary>
public sealed class LogIns : IDisposable
{
    private const string KeyName = "access_tokens";
    private const int SecretLetters = 48;
    private const string NoAddress = "local";
    private const int MostPairs = 1000;
    private static readonly TimeSpan PairLife = TimeSpan.FromMinutes(5);

    private readonly DataStore store;
    private readonly AuditLog audit;
    private readonly SecondFactors secondFactors;
    private readonly AccountSettings settings;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim hashing = new(Math.Max(1, Environment.ProcessorCount));
    private readonly string hashOfNobody;
    private readonly byte[] pairKey = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, CheckedPair> checkedPairs = new(StringComparer.Ordinal);
    private byte[]? key;

    internal LogIns(DataStore store, AuditLog audit, SecondFactors secondFactors, AccountSettings settings, TimeProvider clock)
    {
        (this.store, this.audit, this.secondFactors, this.settings, this.clock) = (store, audit, secondFactors, settings, clock);
        hashOfNobody = PasswordHash.Of(Secrets.Next(SecretLetters), settings.PasswordRounds);
    }

    /// <summary>The user with that name and password. A wrong name takes as long and is told the same as a wrong password.</summary>
    /// <exception cref="LogInException">One of them is wrong, or the user is kept out.</exception>
    /// <exception cref="CodeNeededException">Both are right, and the user has a second factor.</exception>
    /// <exception cref="TooManyLogInsException">Too many tries failed, for this name or from this address.</exception>
    public async Task<User> CheckAsync(string name, string password, string? address, string? code)
    {
        User user = await CheckAsync(name, password, address, forgets: false).ConfigureAwait(false);
        if (user.HasSecondFactor)
        {
            if (string.IsNullOrWhiteSpace(code))
            {
                // The try stays counted, so that passwords cannot be tried on without end.
                throw new CodeNeededException();
            }

            if (!await store.Database.WriteAsync(connection => secondFactors.Take(connection, user.Id, code)).ConfigureAwait(false))
            {
                await audit.AddAsync(new Actor(user.Id, user.Name, address), "refuse_log_in", $"user/{user.Id}", "second factor").ConfigureAwait(false);
                throw LogInException.WrongCode;
            }
        }

        await store.Database.WriteAsync(connection => LogInFailures.Forget(connection, name, address ?? NoAddress)).ConfigureAwait(false);
        return user;
    }

    /// <summary>The user with that name and password, whatever else a log-in would ask for: for whom is logged in already.</summary>
    /// <exception cref="LogInException">One of them is wrong, or the user is kept out.</exception>
    /// <exception cref="TooManyLogInsException">Too many tries failed.</exception>
    public Task<User> CheckAsync(string name, string password, string? address) => CheckAsync(name, password, address, forgets: true);

    private async Task<User> CheckAsync(string name, string password, string? address, bool forgets)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(password);
        string from = address ?? NoAddress;
        await BeginTryAsync(name, from).ConfigureAwait(false);
        (User? user, string? stored) = store.Database.Read(connection => UserTable.FindNamed(connection, name) is User found ? (found, UserTable.PasswordHash(connection, found.Id)) : (null, null));
        bool fits = await FitsAsync(password, stored ?? hashOfNobody).ConfigureAwait(false);
        if (user is null || stored is null || !fits || user.IsDisabled)
        {
            await audit.AddAsync(new Actor(user?.Id, user?.Name ?? "unknown", address), "refuse_log_in", user is null ? "user" : $"user/{user.Id}").ConfigureAwait(false);
            throw LogInException.Wrong;
        }

        string? renewed = PasswordHash.IsOld(stored, settings.PasswordRounds) ? PasswordHash.Of(password, settings.PasswordRounds) : null;
        await store.Database.WriteAsync(connection =>
        {
            if (forgets)
            {
                LogInFailures.Forget(connection, name, from);
            }

            if (renewed is not null)
            {
                UserTable.SavePassword(connection, user.Id, renewed);
            }
        }).ConfigureAwait(false);
        return user;
    }

    /// <summary>Opens a session for a browser; the secret goes into a cookie and is never stored as it is.</summary>
    public async Task<(Session Session, string Secret)> OpenAsync(User user, string? address)
    {
        ArgumentNullException.ThrowIfNull(user);
        string secret = Secrets.Next(SecretLetters);
        Session session = await AddAsync(user, address, Secrets.Hash(secret), refreshHash: null).ConfigureAwait(false);
        return (session, secret);
    }

    /// <summary>Opens a session for a program.</summary>
    public async Task<SessionTokens> OpenTokensAsync(User user, string? address)
    {
        ArgumentNullException.ThrowIfNull(user);
        string refresh = Secrets.Next(SecretLetters);
        Session session = await AddAsync(user, address, null, Secrets.Hash(refresh)).ConfigureAwait(false);
        return await TokensAsync(session, refresh).ConfigureAwait(false);
    }

    /// <summary>New tokens for a refresh token, which is good for once. One that comes a second time was stolen by somebody, so its whole session ends.</summary>
    /// <exception cref="LogInException">The token is unknown, too old or was used before.</exception>
    public async Task<SessionTokens> RefreshAsync(string refreshToken, string? address)
    {
        ArgumentNullException.ThrowIfNull(refreshToken);
        (string hash, string next) = (Secrets.Hash(refreshToken), Secrets.Next(SecretLetters));
        Session? session = await store.Database.WriteAsync(connection => Renew(connection, hash, Secrets.Hash(next), address)).ConfigureAwait(false);
        return session is null ? throw LogInException.Ended : await TokensAsync(session, next).ConfigureAwait(false);
    }

    /// <summary>Who holds this cookie, or null.</summary>
    public Identity? OfCookie(string secret)
    {
        string hash = Secrets.Hash(secret);
        return store.Database.Read(connection => Living(connection, SessionTable.OfSecret(connection, hash), settings.IdleTime));
    }

    /// <summary>Who holds this access token, or null.</summary>
    public Identity? OfAccessToken(string token)
    {
        try
        {
            key ??= store.Database.Read(connection => Secrets.Key(connection, KeyName));
            return key is not null && AccessToken.SessionOf(key, token, clock.GetUtcNow()) is string id
                ? store.Database.Read(connection => Living(connection, SessionTable.Find(connection, id), settings.RefreshLife))
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Who a user is at this moment, or null when they are gone or kept out.</summary>
    public Identity? OfUser(string userId) => store.Database.Read(connection => IdentityOf(connection, userId));

    /// <summary>Notes that a session is in use; seldom enough to cost nothing.</summary>
    public async Task TouchAsync(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        DateTimeOffset now = clock.GetUtcNow();
        if (now - session.SeenAt > settings.IdleTime / 30)
        {
            await store.Database.WriteAsync(connection => SessionTable.Touch(connection, session.Id, now)).ConfigureAwait(false);
        }
    }

    /// <summary>Notes that the password of a session's user was given again.</summary>
    public Task ConfirmAsync(Session session) => store.Database.WriteAsync(connection => SessionTable.Confirm(connection, session.Id, clock.GetUtcNow()));

    /// <summary>Ends a session at once.</summary>
    public Task CloseAsync(Actor actor, Session session) => store.Database.WriteAsync(connection =>
    {
        SessionTable.Delete(connection, session.Id);
        audit.Add(connection, actor, "log_out", $"user/{session.UserId}");
    });

    /// <summary>Who has that name and password, shown in the request itself as programs do. A pair that was right lately is not hashed again, unless the password has changed.</summary>
    /// <exception cref="LogInException">One of them is wrong, or the user is kept out.</exception>
    /// <exception cref="TooManyLogInsException">Too many tries failed.</exception>
    public async Task<Identity> OfPasswordAsync(string name, string password, string? address)
    {
        string pair = Convert.ToHexStringLower(HMACSHA256.HashData(pairKey, JsonText.BytesOf(new[] { name, password })));
        DateTimeOffset now = clock.GetUtcNow();
        if (!checkedPairs.TryGetValue(pair, out CheckedPair? known) || known.Until <= now || PasswordOf(known.UserId) != known.Stored)
        {
            // Failures are forgotten once it is clear that the password is enough: else it would give as many guesses at a code as one likes.
            User user = await CheckAsync(name, password, address, forgets: false).ConfigureAwait(false);
            ThrowIfPasswordIsNotEnough(user);
            await store.Database.WriteAsync(connection => LogInFailures.Forget(connection, name, address ?? NoAddress)).ConfigureAwait(false);
            await audit.AddAsync(new Actor(user.Id, user.Name, address), "log_in", $"user/{user.Id}", "password in the request").ConfigureAwait(false);
            known = new CheckedPair(user.Id, PasswordOf(user.Id), now + PairLife);
            if (checkedPairs.Count >= MostPairs)
            {
                checkedPairs.Clear();
            }

            checkedPairs[pair] = known;
        }

        Identity identity = OfUser(known.UserId) ?? throw LogInException.Wrong;
        ThrowIfPasswordIsNotEnough(identity.User);
        return identity with { ConfirmedAt = now };
    }

    public void Dispose() => hashing.Dispose();

    internal static Identity? IdentityOf(IDbConnection connection, string userId) =>
        UserTable.Find(connection, userId) is { IsDisabled: false } user ? Identity.Of(user, MembershipTable.RolesOf(connection, userId)) : null;

    private static void ThrowIfPasswordIsNotEnough(User user)
    {
        if (user.HasSecondFactor)
        {
            throw new LogInException("This account has a second factor, which a request has no place for: show a token instead of the password.");
        }
    }

    private string? PasswordOf(string userId) => store.Database.Read(connection => UserTable.PasswordHash(connection, userId));

    private async Task BeginTryAsync(string name, string address)
    {
        TimeSpan? wait = await store.Database.WriteAsync(connection =>
        {
            DateTimeOffset now = clock.GetUtcNow();
            TimeSpan? ofName = LogInFailures.Begin(connection, LogInFailures.OfName(name), LogInFailures.MostOfName, now);
            return ofName ?? LogInFailures.Begin(connection, LogInFailures.OfAddress(address), LogInFailures.MostOfAddress, now);
        }).ConfigureAwait(false);
        if (wait is TimeSpan rest)
        {
            await audit.AddAsync(new Actor(null, "unknown", address), "lock_log_in", "user", $"locked for {rest.TotalSeconds:0} seconds").ConfigureAwait(false);
            throw new TooManyLogInsException(rest);
        }
    }

    /// <summary>Hashing is made to cost: so many at a time as there are processors, the others wait.</summary>
    private async Task<bool> FitsAsync(string password, string stored)
    {
        await hashing.WaitAsync().ConfigureAwait(false);
        try
        {
            return password.Length <= PasswordRules.Longest && await Task.Run(() => PasswordHash.Fits(password, stored)).ConfigureAwait(false);
        }
        finally
        {
            hashing.Release();
        }
    }

    private Task<Session> AddAsync(User user, string? address, string? secretHash, string? refreshHash)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var session = new Session(NewId.Next(), user.Id, now, now, now, now + (secretHash is null ? settings.RefreshLife : settings.SessionLife), address);
        return store.Database.WriteAsync(connection =>
        {
            SessionTable.DeleteExpired(connection, now, settings.IdleTime);
            SessionTable.Insert(connection, session, secretHash);
            if (refreshHash is not null)
            {
                SessionTable.AddRefresh(connection, session.Id, refreshHash, session.ExpiresAt);
            }

            audit.Add(connection, new Actor(user.Id, user.Name, address), "log_in", $"user/{user.Id}");
            return session;
        });
    }

    private Session? Renew(IDbConnection connection, string hash, string nextHash, string? address)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (SessionTable.UseRefresh(connection, hash, now) is not (string id, bool wasUsed) || SessionTable.Find(connection, id) is not Session session)
        {
            return null;
        }

        if (wasUsed)
        {
            SessionTable.Delete(connection, id);
            audit.Add(connection, new Actor(session.UserId, "holder of a used refresh token", address), "end_stolen_session", $"user/{session.UserId}");
            return null;
        }

        if (Living(connection, session, settings.RefreshLife) is null)
        {
            return null;
        }

        SessionTable.AddRefresh(connection, id, nextHash, session.ExpiresAt);
        SessionTable.Touch(connection, id, now);
        return session;
    }

    private async Task<SessionTokens> TokensAsync(Session session, string refresh)
    {
        key ??= await store.Database.WriteAsync(connection => Secrets.MakeKey(connection, KeyName)).ConfigureAwait(false);
        return new SessionTokens(AccessToken.Write(key, session.Id, session.UserId, clock.GetUtcNow(), settings.AccessTokenLife), settings.AccessTokenLife, refresh);
    }

    private Identity? Living(IDbConnection connection, Session? session, TimeSpan idle)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return session is not null && session.ExpiresAt > now && now - session.SeenAt < idle && IdentityOf(connection, session.UserId) is Identity identity
            ? identity with { Session = session, ConfirmedAt = session.ConfirmedAt }
            : null;
    }

    private sealed record CheckedPair(string UserId, string? Stored, DateTimeOffset Until);
}

/// <summary>What a program is given to stay logged in.</summary>
/// <param name="Access">Shown with each request.</param>
/// <param name="AccessLife">How long it is good for.</param>
/// <param name="Refresh">Good for new tokens, once.</param>
public sealed record SessionTokens(string Access, TimeSpan AccessLife, string Refresh);
