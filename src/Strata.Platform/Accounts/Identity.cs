namespace Strata.Platform.Accounts;

/// <summary>Who was let in with what was shown, and what they may do at this moment.</summary>
/// <param name="User">The user.</param>
/// <param name="Roles">Their role in each project that they are a member of, cut down to what a token allows.</param>
public sealed record Identity(User User, IReadOnlyDictionary<string, Role> Roles)
{
    /// <summary>Whether they administer users and projects; a token with a narrower scope does not.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>The role that an administrator has in every project; null for others.</summary>
    public Role? Everywhere { get; init; }

    /// <summary>The session that was shown; null for an API token and for a password in the request itself.</summary>
    public Session? Session { get; init; }

    /// <summary>The API token that was shown, or null.</summary>
    public ApiToken? Token { get; init; }

    /// <summary>When the password was last given; null when it never was.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    internal static Identity Of(User user, IReadOnlyDictionary<string, Role> roles) => new(user, roles) { IsAdmin = user.IsAdmin, Everywhere = user.IsAdmin ? Role.Admin : null };

    /// <summary>Cut down to a token's scope and project.</summary>
    internal Identity Within(ApiToken token)
    {
        Role? everywhere = Everywhere is null ? null : token.Scope;
        var roles = Roles.Where(role => token.Project is null || role.Key == token.Project).ToDictionary(role => role.Key, role => role.Value < token.Scope ? role.Value : token.Scope, StringComparer.Ordinal);
        if (token.Project is string only && everywhere is Role role)
        {
            (roles[only], everywhere) = (role, null);
        }

        return this with { Token = token, Roles = roles, Everywhere = everywhere, IsAdmin = IsAdmin && everywhere == Role.Admin };
    }
}
