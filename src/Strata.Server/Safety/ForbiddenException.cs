using System.Text.Json;
using Strata.Platform.Accounts;

namespace Strata.Server.Safety;

/// <summary>The caller is known and sees the thing, but may not do this with it.</summary>
internal sealed class ForbiddenException(string message, string title = "Not allowed") : Exception(message)
{
    public string Title { get; } = title;

    public static ForbiddenException Unconfirmed => new("This needs your password once more: confirm the session with it (POST /api/session/confirm), or send name and password with the request.", "Confirmation needed");

    public static ForbiddenException WithoutSecondFactor => new("This server requires a second factor. Set one up first (POST /api/session/second-factor), or on the page under your account.", "Second factor needed");

    public static ForbiddenException Of(Role needed, Role? has) => new(has is null
        ? $"This takes the role {Name(needed)} in a project, which you have in none."
        : $"This takes the role {Name(needed)} in the project; yours, or your token's, is {Name(has.Value)}.");

    private static string Name(Role role) => JsonNamingPolicy.SnakeCaseLower.ConvertName(role.ToString());
}
