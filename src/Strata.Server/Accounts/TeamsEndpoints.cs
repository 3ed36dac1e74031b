using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Server.Safety;

namespace Strata.Server.Accounts;

internal static class TeamsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.ForAdmins().Unaudited();
        routes.MapGet("/", List).WithName("list_teams");
        routes.MapPost("/", Create).WithName("create_team");
        routes.MapDelete("/{id}", Delete).WithName("delete_team").Confirmed();
        routes.MapPut("/{id}/members/{user}", AddMember).WithName("add_team_member").Confirmed();
        routes.MapDelete("/{id}/members/{user}", RemoveMember).WithName("remove_team_member").Confirmed();
    }

    /// <summary>The teams with their members, by name.</summary>
    internal static Ok<Client.Contracts.Page<TeamView>> List(int? offset, int? count, StrataPlatform platform) =>
        TypedResults.Ok(platform.Users.Teams().View(Paging.Of(offset, count), team => team.View(platform)));

    /// <summary>Makes a team.</summary>
    internal static async Task<Created<TeamView>> Create(NewTeamRequest request, Caller caller, StrataPlatform platform)
    {
        Platform.Accounts.Team team = await platform.Users.CreateTeamAsync(caller.Actor, request.Name).ConfigureAwait(false);
        return TypedResults.Created($"/api/teams/{team.Id}", team.View(platform));
    }

    /// <summary>Removes a team; what its members may do through it ends at once.</summary>
    internal static async Task<NoContent> Delete(string id, Caller caller, StrataPlatform platform)
    {
        await platform.Users.DeleteTeamAsync(caller.Actor, id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>Puts a user into a team.</summary>
    internal static async Task<NoContent> AddMember(string id, string user, Caller caller, StrataPlatform platform)
    {
        await platform.Users.AddToTeamAsync(caller.Actor, id, user).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>Takes a user out of a team.</summary>
    internal static async Task<NoContent> RemoveMember(string id, string user, Caller caller, StrataPlatform platform)
    {
        await platform.Users.RemoveFromTeamAsync(caller.Actor, id, user).ConfigureAwait(false);
        return TypedResults.NoContent();
    }
}
