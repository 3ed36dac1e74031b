using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Server.Safety;
using MemberKind = Strata.Platform.Accounts.MemberKind;

namespace Strata.Server.Accounts;

internal static class ProjectsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.Unaudited();
        routes.MapGet("/", List).WithName("list_projects").ForUsers();
        routes.MapPost("/", Create).WithName("create_project").ForAdmins();
        routes.MapGet("/{id}", Get).WithName("get_project").Needs(Role.Viewer, Thing.Project);
        routes.MapDelete("/{id}", Delete).WithName("delete_project").ForAdmins().Confirmed();
        routes.MapGet("/{id}/members", ListMembers).WithName("list_project_members").Needs(Role.Viewer, Thing.Project);
        routes.MapPut("/{id}/members", SetMember).WithName("set_project_member").Needs(Role.Admin, Thing.Project).Confirmed();
        routes.MapDelete("/{id}/members/users/{user}", RemoveUser).WithName("remove_project_user").Needs(Role.Admin, Thing.Project).Confirmed();
        routes.MapDelete("/{id}/members/teams/{team}", RemoveTeam).WithName("remove_project_team").Needs(Role.Admin, Thing.Project).Confirmed();
    }

    /// <summary>The projects that the caller sees, by name.</summary>
    internal static Ok<Client.Contracts.Page<ProjectView>> List(int? offset, int? count, Caller caller, StrataPlatform platform) =>
        TypedResults.Ok(AccountsViews.Visible(caller, platform).View(Paging.Of(offset, count), project => project.View(caller)));

    /// <summary>Makes a project.</summary>
    internal static async Task<Created<ProjectView>> Create(NewProjectRequest request, Caller caller, StrataPlatform platform)
    {
        Project project = await platform.Projects.CreateAsync(caller.Actor, request.Name, request.Description).ConfigureAwait(false);
        return TypedResults.Created($"/api/projects/{project.Id}", project.View(caller));
    }

    /// <summary>One project.</summary>
    internal static Ok<ProjectView> Get(string id, Caller caller, StrataPlatform platform) => TypedResults.Ok(platform.Projects.Get(id).View(caller));

    /// <summary>Removes an empty project.</summary>
    internal static async Task<NoContent> Delete(string id, Caller caller, StrataPlatform platform)
    {
        await platform.Projects.DeleteAsync(caller.Actor, id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>Who may do what in a project.</summary>
    internal static Ok<Client.Contracts.Page<MemberView>> ListMembers(string id, int? offset, int? count, StrataPlatform platform) =>
        TypedResults.Ok(platform.Projects.Members(id).View(Paging.Of(offset, count), AccountsViews.View));

    /// <summary>Gives a user or a team a role, in place of the one that they have. It counts from the next request on.</summary>
    internal static async Task<NoContent> SetMember(string id, MemberRequest request, Caller caller, StrataPlatform platform)
    {
        MemberKind kind = request.Kind.To<MemberKind>();
        string member = kind == MemberKind.User
            ? platform.Users.FindNamed(request.Name)?.Id ?? throw NotFoundException.Of("user", request.Name)
            : platform.Users.FindTeamNamed(request.Name)?.Id ?? throw NotFoundException.Of("team", request.Name);
        await platform.Projects.SetMemberAsync(caller.Actor, id, kind, member, request.Role.To<Role>()).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>Takes a user's role away.</summary>
    internal static Task<NoContent> RemoveUser(string id, string user, Caller caller, StrataPlatform platform) => Remove(id, MemberKind.User, user, caller, platform);

    /// <summary>Takes a team's role away.</summary>
    internal static Task<NoContent> RemoveTeam(string id, string team, Caller caller, StrataPlatform platform) => Remove(id, MemberKind.Team, team, caller, platform);

    private static async Task<NoContent> Remove(string id, MemberKind kind, string member, Caller caller, StrataPlatform platform)
    {
        await platform.Projects.RemoveMemberAsync(caller.Actor, id, kind, member).ConfigureAwait(false);
        return TypedResults.NoContent();
    }
}
