using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Server.Safety;

namespace Strata.Server.Accounts;

internal static class TokensEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.ForUsers().Unaudited();
        routes.MapGet("/", List).WithName("list_tokens");
        routes.MapPost("/", Create).WithName("create_token").Confirmed();
        routes.MapDelete("/{id}", Revoke).WithName("revoke_token");
    }

    /// <summary>The caller's tokens, newest first, without their secrets; an administrator may ask for another user's by name.</summary>
    internal static Ok<Client.Contracts.Page<ApiTokenView>> List(string? user, int? offset, int? count, Caller caller, StrataPlatform platform) =>
        TypedResults.Ok(platform.Tokens.Of(Holder(user, caller, platform).Id).View(Paging.Of(offset, count), token => token.View()));

    /// <summary>Makes a token for the caller, or, by an administrator, for a service account. Its secret is in this answer and never shown again.</summary>
    internal static async Task<Created<ApiTokenView>> Create(NewTokenRequest request, Caller caller, StrataPlatform platform)
    {
        User holder = Holder(request.User, caller, platform);
        if (request.User is not null && !holder.IsServiceAccount && holder.Id != caller.Identity?.User.Id)
        {
            throw new ForbiddenException("People make their tokens themselves: one that somebody else has made could act in their name.");
        }

        // A project that the holder cannot see would make a token that is good for nothing, and tell that the project exists.
        string? project = request.Project is null ? null : caller.Require(Role.Viewer, Thing.Project, platform.Projects.FindNamed(request.Project)?.Id ?? request.Project, platform);
        TimeSpan life = request.Days is > 0 and <= 10_000 ? TimeSpan.FromDays(request.Days) : TimeSpan.Zero;
        (ApiToken token, string secret) = await platform.Tokens.CreateAsync(caller.Actor, holder.Id, request.Name, request.Scope.To<Role>(), project, life).ConfigureAwait(false);
        return TypedResults.Created($"/api/tokens/{token.Id}", token.View(secret));
    }

    /// <summary>Makes a token worthless at once: one's own, or, by an administrator, anybody's.</summary>
    internal static async Task<NoContent> Revoke(string id, Caller caller, StrataPlatform platform)
    {
        ApiToken token = platform.Tokens.Get(id);
        if (token.UserId != caller.Identity?.User.Id && !caller.IsAdmin)
        {
            throw NotFoundException.Of("token", id);
        }

        await platform.Tokens.RevokeAsync(caller.Actor, id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static User Holder(string? name, Caller caller, StrataPlatform platform)
    {
        if (name is null)
        {
            return caller.Identity?.User ?? throw new ConflictException("There are no accounts, so nobody needs a token. Name the user that it shall be for.");
        }

        return caller.IsAdmin || string.Equals(name, caller.Identity?.User.Name, StringComparison.OrdinalIgnoreCase)
            ? platform.Users.FindNamed(name) ?? throw NotFoundException.Of("user", name)
            : throw new ForbiddenException("Only administrators see other users' tokens.");
    }
}
