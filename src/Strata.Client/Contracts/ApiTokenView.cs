namespace Strata.Client.Contracts;

/// <summary>A secret that a program shows in place of a password.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Prefix">The first letters of the secret.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scope">The most that it may do in any project.</param>
/// <param name="Project">The id of the only project that it is good for; null for all of its user's.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="LastUsedAt">When it was last shown, to the minute; null for never.</param>
/// <param name="RevokedAt">When it was made worthless, or null.</param>
/// <param name="Secret">The secret itself, in the answer that makes it and never again.</param>
public sealed record ApiTokenView(
    string Id,
    string Prefix,
    string Name,
    ProjectRole Scope,
    string? Project,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt,
    string? Secret = null);

/// <summary>A new token.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scope">The most that it may do in any project; <c>admin</c> for all that its user may.</param>
/// <param name="Project">The id or name of the only project that it is good for; null for all.</param>
/// <param name="Days">For how many days it is good, up to 366.</param>
/// <param name="User">The name of the service account that it is for; null for oneself.</param>
public sealed record NewTokenRequest(string Name, ProjectRole Scope = ProjectRole.Trainer, string? Project = null, double Days = 90, string? User = null);
