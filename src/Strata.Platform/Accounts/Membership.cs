using System.Data;
using Dapper;
using Strata.Platform.Storage;

namespace Strata.Platform.Accounts;

/// <summary>Whether a member is one user or a whole team.</summary>
public enum MemberKind
{
    User,
    Team,
}

/// <summary>A role that somebody has in a project.</summary>
/// <param name="Kind">Whether the member is a user or a team.</param>
/// <param name="MemberId">The user's or the team's id.</param>
/// <param name="MemberName">The user's or the team's name.</param>
/// <param name="Role">What they may do.</param>
public sealed record Membership(MemberKind Kind, string MemberId, string MemberName, Role Role);

/// <summary>The rows of memberships.</summary>
internal static class MembershipTable
{
    public const string Create = """
        create table project_members (
            project_id text not null,
            member_kind text not null,
            member_id text not null,
            role text not null,
            primary key (project_id, member_kind, member_id));
        create index project_members_by_member on project_members (member_kind, member_id);
        """;

    public static void Save(IDbConnection connection, string projectId, MemberKind kind, string memberId, Role role) => connection.Execute(
        """
        insert into project_members (project_id, member_kind, member_id, role) values (@projectId, @kind, @memberId, @role)
        on conflict (project_id, member_kind, member_id) do update set role = excluded.role
        """,
        new { projectId, memberId, kind = JsonText.NameOf(kind), role = JsonText.NameOf(role) });

    public static int Remove(IDbConnection connection, string projectId, MemberKind kind, string memberId) => connection.Execute(
        "delete from project_members where project_id = @projectId and member_kind = @kind and member_id = @memberId",
        new { projectId, memberId, kind = JsonText.NameOf(kind) });

    public static void RemoveMember(IDbConnection connection, MemberKind kind, string memberId) =>
        connection.Execute("delete from project_members where member_kind = @kind and member_id = @memberId", new { memberId, kind = JsonText.NameOf(kind) });

    public static void RemoveProject(IDbConnection connection, string projectId) =>
        connection.Execute("delete from project_members where project_id = @projectId", new { projectId });

    public static IReadOnlyList<Membership> List(IDbConnection connection, string projectId) =>
        [.. connection.Query<(string Kind, string MemberId, string Name, string Role)>(
            """
            select member_kind, member_id, coalesce(users.name, teams.name, '') as name, role from project_members
            left join users on member_kind = 'user' and users.id = member_id
            left join teams on member_kind = 'team' and teams.id = member_id
            where project_id = @projectId order by member_kind, coalesce(users.name_key, teams.name_key)
            """,
            new { projectId }).Select(row => new Membership(JsonText.EnumOf<MemberKind>(row.Kind), row.MemberId, row.Name, JsonText.EnumOf<Role>(row.Role)))];

    /// <summary>The highest role in each project that a user has, by themselves or through a team.</summary>
    public static Dictionary<string, Role> RolesOf(IDbConnection connection, string userId)
    {
        var roles = new Dictionary<string, Role>(StringComparer.Ordinal);
        foreach ((string project, string name) in connection.Query<(string, string)>(
            """
            select project_id, role from project_members where member_kind = 'user' and member_id = @userId
            union all select project_id, role from project_members join team_members on team_id = member_id where member_kind = 'team' and user_id = @userId
            """,
            new { userId }))
        {
            Role role = JsonText.EnumOf<Role>(name);
            roles[project] = roles.TryGetValue(project, out Role known) && known > role ? known : role;
        }

        return roles;
    }
}
