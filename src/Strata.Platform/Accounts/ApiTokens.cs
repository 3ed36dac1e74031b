using Strata.Learning.Data;
using Strata.Platform.Storage;

namespace Strata.Platform.Accounts;

/// <summary>All API tokens. A secret is shown once, when it is made; only its hash is kept.</summary>
public sealed class ApiTokens
{
    /// <summary>What every secret begins with, so that tools that look for leaked secrets can tell it.</summary>
    public const string Mark = "strata_";

    private const int PrefixLetters = 8;
    private const int SecretLetters = 40;
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);
    private static readonly TimeSpan NoteUseEvery = TimeSpan.FromMinutes(1);

    private readonly DataStore store;
    private readonly AuditLog audit;
    private readonly AccountSettings settings;
    private readonly TimeProvider clock;

    internal ApiTokens(DataStore store, AuditLog audit, AccountSettings settings, TimeProvider clock) => (this.store, this.audit, this.settings, this.clock) = (store, audit, settings, clock);

    /// <summary>Makes a token.</summary>
    /// <returns>The token, and its secret, which cannot be asked for again.</returns>
    /// <exception cref="DataException">The name or the life will not do.</exception>
    public async Task<(ApiToken Token, string Secret)> CreateAsync(Actor actor, string userId, string name, Role scope, string? project, TimeSpan life)
    {
        if (life <= TimeSpan.Zero || life > LongestLife)
        {
            throw new DataException($"A token's life is {life.TotalDays:0.###} days; it takes more than 0, up to {LongestLife.TotalDays:0}.");
        }

        string prefix = Mark + Secrets.Next(PrefixLetters);
        string secret = $"{prefix}_{Secrets.Next(SecretLetters)}";
        DateTimeOffset now = clock.GetUtcNow();
        var token = new ApiToken { Id = NewId.Next(), Prefix = prefix, UserId = userId, Name = AccountName.Checked("token", name), Scope = scope, Project = project, CreatedAt = now, ExpiresAt = now + life };
        await store.Database.WriteAsync(connection =>
        {
            User user = UserDirectory.Get(connection, userId);
            if (ApiTokenTable.CountLiving(connection, userId, now) >= settings.MostTokens)
            {
                throw new ConflictException($"'{user.Name}' has {settings.MostTokens} tokens, the most that one user may have. Revoke some first.");
            }

            ApiTokenTable.Insert(connection, token, Secrets.Hash(secret));
            audit.Add(connection, actor, "create_token", $"token/{token.Id}", $"{prefix} '{token.Name}' of {user.Name}, {JsonText.NameOf(scope)}{(project is null ? string.Empty : $" in {project}")}");
        }).ConfigureAwait(false);
        return (token, secret);
    }

    /// <exception cref="NotFoundException">There is no such token.</exception>
    public ApiToken Get(string id) => store.Database.Read(connection => ApiTokenTable.Find(connection, id)) ?? throw NotFoundException.Of("token", id);

    /// <summary>The newest first, revoked and expired ones included.</summary>
    public IReadOnlyList<ApiToken> Of(string userId) => store.Database.Read(connection => ApiTokenTable.OfUser(connection, userId));

    /// <summary>Makes a token worthless at once.</summary>
    public Task RevokeAsync(Actor actor, string id) => store.Database.WriteAsync(connection =>
    {
        ApiToken token = ApiTokenTable.Find(connection, id) ?? throw NotFoundException.Of("token", id);
        ApiTokenTable.Revoke(connection, id, clock.GetUtcNow());
        audit.Add(connection, actor, "revoke_token", $"token/{id}", $"{token.Prefix} '{token.Name}'");
    });

    /// <summary>Who holds this secret and what they may do with it, or null.</summary>
    public Identity? IdentityOf(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        int prefixLength = Mark.Length + PrefixLetters;
        if (secret.Length != prefixLength + 1 + SecretLetters || !secret.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }

        DateTimeOffset now = clock.GetUtcNow();
        return store.Database.Read(connection =>
            ApiTokenTable.OfPrefix(connection, secret[..prefixLength]) is (ApiToken token, string hash)
            && Secrets.Same(hash, Secrets.Hash(secret)) && token.RevokedAt is null && token.ExpiresAt > now
                ? LogIns.IdentityOf(connection, token.UserId)?.Within(token)
                : null);
    }

    /// <summary>Notes when a token was used, to the minute.</summary>
    public async Task NoteUseAsync(ApiToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        DateTimeOffset now = clock.GetUtcNow();
        if (token.LastUsedAt is null || now - token.LastUsedAt > NoteUseEvery)
        {
            await store.Database.WriteAsync(connection => ApiTokenTable.Used(connection, token.Id, now)).ConfigureAwait(false);
        }
    }
}
