using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Server.Safety;

namespace Strata.Server.Accounts;

internal static class UsersEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.ForAdmins().Unaudited();
        routes.MapGet("/", List).WithName("list_users");
        routes.MapPost("/", Create).WithName("create_user").Confirmed();
        routes.MapGet("/{id}", Get).WithName("get_user");
        routes.MapPatch("/{id}", Change).WithName("change_user").Confirmed();
        routes.MapDelete("/{id}", Delete).WithName("delete_user").Confirmed();
        routes.MapDelete("/{id}/second-factor", ResetSecondFactor).WithName("reset_user_second_factor").Confirmed();
        routes.MapDelete("/{id}/sessions", EndSessions).WithName("end_user_sessions").Confirmed();
    }

    /// <summary>The users, by name.</summary>
    internal static Ok<Client.Contracts.Page<UserView>> List(int? offset, int? count, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Users.List(paging.Offset, paging.Count).View(AccountsViews.View));
    }

    /// <summary>Makes a user, or a service account. While there are no accounts the first one administers, whatever is asked.</summary>
    internal static async Task<Created<UserView>> Create(NewUserRequest request, Caller caller, StrataPlatform platform)
    {
        if (request.IsServiceAccount == (request.Password is not null))
        {
            throw new DataException(request.IsServiceAccount ? "A service account has no password: leave it out, and make a token for it." : "'password' is missing.");
        }

        User user = request.IsServiceAccount
            ? await platform.Users.CreateServiceAccountAsync(caller.Actor, request.Name).ConfigureAwait(false)
            : await platform.Users.CreateAsync(caller.Actor, request.Name, request.Password!, request.IsAdmin || !platform.Users.HasUsers()).ConfigureAwait(false);
        return TypedResults.Created($"/api/users/{user.Id}", user.View());
    }

    /// <summary>One user.</summary>
    internal static Ok<UserView> Get(string id, StrataPlatform platform) => TypedResults.Ok(platform.Users.Get(id).View());

    /// <summary>Changes a user: another password, an administrator or not, kept out or let in. What they hold ends at once.</summary>
    internal static async Task<Ok<UserView>> Change(string id, UserChangeRequest request, Caller caller, StrataPlatform platform)
    {
        if (request.IsAdmin is bool isAdmin)
        {
            await platform.Users.SetAdminAsync(caller.Actor, id, isAdmin).ConfigureAwait(false);
        }

        if (request.IsDisabled is bool isDisabled)
        {
            await platform.Users.SetDisabledAsync(caller.Actor, id, isDisabled).ConfigureAwait(false);
        }

        if (request.Password is string password)
        {
            await platform.Users.SetPasswordAsync(caller.Actor, id, password).ConfigureAwait(false);
        }

        return Get(id, platform);
    }

    /// <summary>Removes a user with their sessions, tokens and memberships; what they made stays with its project.</summary>
    internal static async Task<NoContent> Delete(string id, Caller caller, StrataPlatform platform)
    {
        await platform.Users.DeleteAsync(caller.Actor, id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>Takes off the second factor of a user who has lost it; their sessions end.</summary>
    internal static async Task<NoContent> ResetSecondFactor(string id, Caller caller, StrataPlatform platform)
    {
        await platform.SecondFactors.TurnOffAsync(caller.Actor, id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>Ends all sessions of a user.</summary>
    internal static async Task<NoContent> EndSessions(string id, Caller caller, StrataPlatform platform)
    {
        await platform.Users.EndSessionsAsync(caller.Actor, id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }
}
