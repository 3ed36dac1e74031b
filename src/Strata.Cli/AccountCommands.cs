using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Learning.Data;

namespace Strata.Cli;

/// <summary><c>strata admin</c>, <c>user</c>, <c>team</c>, <c>project</c> and <c>token</c>: who may do what.</summary>
internal static class AccountCommands
{
    private static readonly string RoleNames = string.Join(", ", Enum.GetNames<ProjectRole>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName));

    public static Command Admin(Terminal terminal)
    {
        Argument<string> name = Name("The administrator's name.");
        return new Command("admin", "Makes administrators.")
        {
            new AccountCommand(terminal, "create", "Makes an administrator; the password is asked for, or read from standard input.", name)
                .Does((client, parsed, cancellation) => Create(client, parsed.GetValue(name)!, isAdmin: true, terminal, cancellation), (writer, user) => writer.WriteLine($"{user.Name} administers now.")),
        };
    }

    public static Command User(Terminal terminal)
    {
        Argument<string> name = Name("The user's name.");
        var isService = new Option<bool>("--service") { Description = "A service account: a program, let in by tokens only." };
        var isAdmin = new Option<bool>("--admin") { Description = "Whether they administer users and projects." };
        return new Command("user", "Shows, makes and changes users.")
        {
            new AccountCommand(terminal, "list", "Lists the users.").Does((client, _, cancellation) => client.UsersAsync(0, 1000, cancellation), Write),
            new AccountCommand(terminal, "create", "Makes a user; the password is asked for, or read from standard input.", name, isService, isAdmin).Does(
                (client, parsed, cancellation) => parsed.GetValue(isService)
                    ? client.CreateUserAsync(new NewUserRequest(parsed.GetValue(name)!, IsServiceAccount: true), cancellation)
                    : Create(client, parsed.GetValue(name)!, parsed.GetValue(isAdmin), terminal, cancellation),
                (writer, user) => writer.WriteLine($"Made {user.Name}.")),
            Change(terminal, "disable", "Keeps a user out; their sessions end at once and their tokens are refused.", new UserChangeRequest(IsDisabled: true), "is kept out"),
            Change(terminal, "enable", "Lets a user in again.", new UserChangeRequest(IsDisabled: false), "is let in again"),
            Change(terminal, "make-admin", "Makes a user an administrator.", new UserChangeRequest(IsAdmin: true), "administers now"),
            Change(terminal, "unmake-admin", "Takes administration from a user.", new UserChangeRequest(IsAdmin: false), "no longer administers"),
            new AccountCommand(terminal, "password", "Gives a user another password, asked for or read from standard input; their sessions end.", name).Does(
                async (client, parsed, cancellation) => await client.ChangeUserAsync((await Find(client, parsed.GetValue(name)!, cancellation)).Id, new UserChangeRequest(Password: PasswordPrompt.Ask(parsed.GetValue(name)!, terminal)), cancellation),
                (writer, user) => writer.WriteLine($"{user.Name} has another password.")),
            new AccountCommand(terminal, "reset-second-factor", "Takes off the second factor of a user who has lost it; their sessions end.", name).Does(
                async (client, parsed, cancellation) => await client.ResetSecondFactorAsync((await Find(client, parsed.GetValue(name)!, cancellation)).Id, cancellation), parsed => $"{parsed.GetValue(name)} has no second factor."),
            new AccountCommand(terminal, "delete", "Removes a user; what they made stays with its project.", name).Does(
                async (client, parsed, cancellation) => await client.DeleteUserAsync((await Find(client, parsed.GetValue(name)!, cancellation)).Id, cancellation), parsed => $"Removed {parsed.GetValue(name)}."),
        };
    }

    public static Command Team(Terminal terminal)
    {
        Argument<string> name = Name("The team's name.");
        Argument<string> user = new("user") { Description = "The user's name." };
        return new Command("team", "Shows, makes and changes teams: users who are given roles together.")
        {
            new AccountCommand(terminal, "list", "Lists the teams and who is in them.").Does((client, _, cancellation) => client.TeamsAsync(cancellation),
                (writer, teams) => TextTable.Write(writer, ["TEAM", "MEMBERS"], teams.Items.Select(team => new[] { team.Name, string.Join(", ", team.Members.Select(member => member.Name)) }))),
            new AccountCommand(terminal, "create", "Makes a team.", name).Does((client, parsed, cancellation) => client.CreateTeamAsync(new NewTeamRequest(parsed.GetValue(name)!), cancellation), (writer, team) => writer.WriteLine($"Made {team.Name}.")),
            new AccountCommand(terminal, "add", "Puts a user into a team.", name, user).Does(
                async (client, parsed, cancellation) => await client.AddTeamMemberAsync((await FindTeam(client, parsed.GetValue(name)!, cancellation)).Id, (await Find(client, parsed.GetValue(user)!, cancellation)).Id, cancellation),
                parsed => $"{parsed.GetValue(user)} is in {parsed.GetValue(name)}."),
            new AccountCommand(terminal, "remove", "Takes a user out of a team.", name, user).Does(
                async (client, parsed, cancellation) => await client.RemoveTeamMemberAsync((await FindTeam(client, parsed.GetValue(name)!, cancellation)).Id, (await Find(client, parsed.GetValue(user)!, cancellation)).Id, cancellation),
                parsed => $"{parsed.GetValue(user)} is no longer in {parsed.GetValue(name)}."),
            new AccountCommand(terminal, "delete", "Removes a team.", name).Does(
                async (client, parsed, cancellation) => await client.DeleteTeamAsync((await FindTeam(client, parsed.GetValue(name)!, cancellation)).Id, cancellation), parsed => $"Removed {parsed.GetValue(name)}."),
        };
    }

    public static Command Project(Terminal terminal)
    {
        Argument<string> name = Name("The project's name or id.");
        Argument<string> member = new("member") { Description = "The user's name, or the team's." };
        Argument<ProjectRole> role = new("role") { Description = $"What they may do: {RoleNames}." };
        var isTeam = new Option<bool>("--team") { Description = "The member is a team." };
        var description = new Option<string>("--description") { Description = "What it is for.", DefaultValueFactory = _ => string.Empty };
        return new Command("project", "Shows, makes and changes projects: what things belong to, and what roles are given in.")
        {
            new AccountCommand(terminal, "list", "Lists the projects.").Does((client, _, cancellation) => client.ProjectsAsync(cancellation),
                (writer, projects) => TextTable.Write(writer, ["PROJECT", "ID", "YOU MAY", "WHAT IT IS FOR"], projects.Items.Select(project => new[] { project.Name, project.Id, Words(project.Role), project.Description }))),
            new AccountCommand(terminal, "create", "Makes a project.", name, description).Does(
                (client, parsed, cancellation) => client.CreateProjectAsync(new NewProjectRequest(parsed.GetValue(name)!, parsed.GetValue(description)!), cancellation), (writer, project) => writer.WriteLine($"Made {project.Name} ({project.Id}).")),
            new AccountCommand(terminal, "members", "Lists who may do what in a project.", name).Does(
                async (client, parsed, cancellation) => await client.ProjectMembersAsync((await FindProject(client, parsed.GetValue(name)!, cancellation)).Id, cancellation),
                (writer, members) => TextTable.Write(writer, ["MEMBER", "KIND", "ROLE"], members.Items.Select(known => new[] { known.Name, known.Kind.ToString().ToLowerInvariant(), Words(known.Role) }))),
            new AccountCommand(terminal, "grant", "Gives a user or a team a role in a project, in place of the one they have.", name, member, role, isTeam).Does(
                async (client, parsed, cancellation) => await client.SetProjectMemberAsync(
                    (await FindProject(client, parsed.GetValue(name)!, cancellation)).Id, new MemberRequest(parsed.GetValue(member)!, parsed.GetValue(role), parsed.GetValue(isTeam) ? MemberKind.Team : MemberKind.User), cancellation),
                parsed => $"{parsed.GetValue(member)} is {Words(parsed.GetValue(role))} of {parsed.GetValue(name)}."),
            new AccountCommand(terminal, "revoke", "Takes the role of a user or a team away.", name, member, isTeam).Does(
                async (client, parsed, cancellation) => await Revoke(client, parsed.GetValue(name)!, parsed.GetValue(member)!, parsed.GetValue(isTeam) ? MemberKind.Team : MemberKind.User, cancellation),
                parsed => $"{parsed.GetValue(member)} has no role in {parsed.GetValue(name)}."),
            new AccountCommand(terminal, "delete", "Removes an empty project.", name).Does(
                async (client, parsed, cancellation) => await client.DeleteProjectAsync((await FindProject(client, parsed.GetValue(name)!, cancellation)).Id, cancellation), parsed => $"Removed {parsed.GetValue(name)}."),
        };
    }

    public static Command Token(Terminal terminal)
    {
        Argument<string> name = Name("What the token is for.");
        Argument<string> id = new("id") { Description = "The token's id." };
        var user = new Option<string?>("--user") { Description = "The service account that it is for; yourself when not given.", HelpName = "NAME" };
        var scope = new Option<ProjectRole>("--scope") { Description = $"The most that it may do: {RoleNames}.", DefaultValueFactory = _ => ProjectRole.Trainer };
        var project = new Option<string?>("--project") { Description = "The only project that it is good for.", HelpName = "NAME" };
        var days = new Option<double>("--days") { Description = "For how many days it is good, up to 366.", DefaultValueFactory = _ => 90 };
        return new Command("token", "Shows, makes and revokes API tokens.")
        {
            new AccountCommand(terminal, "list", "Lists tokens, without their secrets.", user).Does((client, parsed, cancellation) => client.TokensAsync(parsed.GetValue(user), cancellation),
                (writer, tokens) => TextTable.Write(writer, ["TOKEN", "ID", "FOR", "SCOPE", "ENDS", "LAST USED", "STATE"], tokens.Items.Select(Row))),
            new AccountCommand(terminal, "create", "Makes a token and prints its secret, which is never shown again.", name, user, scope, project, days).Does(
                (client, parsed, cancellation) => client.CreateTokenAsync(new NewTokenRequest(parsed.GetValue(name)!, parsed.GetValue(scope), parsed.GetValue(project), parsed.GetValue(days), parsed.GetValue(user)), cancellation),
                (writer, token) => writer.WriteLine(token.Secret)),
            new AccountCommand(terminal, "revoke", "Makes a token worthless at once.", id).Does((client, parsed, cancellation) => client.RevokeTokenAsync(parsed.GetValue(id)!, cancellation), parsed => $"Revoked {parsed.GetValue(id)}."),
        };
    }

    private static AccountCommand Change(Terminal terminal, string verb, string description, UserChangeRequest change, string said)
    {
        Argument<string> name = Name("The user's name.");
        return new AccountCommand(terminal, verb, description, name).Does(
            async (client, parsed, cancellation) => await client.ChangeUserAsync((await Find(client, parsed.GetValue(name)!, cancellation)).Id, change, cancellation), (writer, user) => writer.WriteLine($"{user.Name} {said}."));
    }

    private static Argument<string> Name(string description) => new("name") { Description = description };

    private static Task<UserView> Create(StrataClient client, string name, bool isAdmin, Terminal terminal, CancellationToken cancellation) =>
        client.CreateUserAsync(new NewUserRequest(name, PasswordPrompt.Ask(name, terminal), isAdmin), cancellation);

    private static async Task Revoke(StrataClient client, string projectName, string memberName, MemberKind kind, CancellationToken cancellation)
    {
        string project = (await FindProject(client, projectName, cancellation)).Id;
        MemberView member = (await client.ProjectMembersAsync(project, cancellation)).Items.FirstOrDefault(known => known.Kind == kind && Same(known.Name, memberName))
            ?? throw new DataException($"'{memberName}' has no role in '{projectName}'.");
        await client.RemoveProjectMemberAsync(project, kind, member.Id, cancellation);
    }

    private static async Task<UserView> Find(StrataClient client, string name, CancellationToken cancellation)
    {
        for (int offset = 0; ; offset += 1000)
        {
            Page<UserView> page = await client.UsersAsync(offset, 1000, cancellation);
            if (page.Items.FirstOrDefault(user => Same(user.Name, name)) is UserView found)
            {
                return found;
            }

            if (page.Items.Count < 1000)
            {
                throw new DataException($"There is no user '{name}'.");
            }
        }
    }

    private static async Task<TeamView> FindTeam(StrataClient client, string name, CancellationToken cancellation) =>
        (await client.TeamsAsync(cancellation)).Items.FirstOrDefault(team => Same(team.Name, name)) ?? throw new DataException($"There is no team '{name}'.");

    private static async Task<ProjectView> FindProject(StrataClient client, string name, CancellationToken cancellation) =>
        (await client.ProjectsAsync(cancellation)).Items.FirstOrDefault(project => project.Id == name || Same(project.Name, name)) ?? throw new DataException($"There is no project '{name}'.");

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static void Write(TextWriter writer, Page<UserView> users) => TextTable.Write(
        writer, ["USER", "ID", "KIND", "STATE", "SINCE"], users.Items.Select(user => new[] { user.Name, user.Id, user.IsServiceAccount ? "service" : user.IsAdmin ? "administrator" : "user", user.IsDisabled ? "kept out" : "let in", Day(user.CreatedAt) }));

    private static string[] Row(ApiTokenView token) =>
    [
        token.Prefix, token.Id, token.Name, Words(token.Scope), Day(token.ExpiresAt), token.LastUsedAt is DateTimeOffset used ? Day(used) : "never", token.RevokedAt is null ? "good" : "revoked",
    ];

    private static string Words(ProjectRole role) => JsonNamingPolicy.SnakeCaseLower.ConvertName(role.ToString());

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
