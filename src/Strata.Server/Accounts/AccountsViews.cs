using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Server.Safety;

namespace Strata.Server.Accounts;

internal static class AccountsViews
{
    public static UserView View(this User user) => new(user.Id, user.Name, user.IsServiceAccount, user.IsAdmin, user.IsDisabled, user.CreatedAt, user.HasSecondFactor);

    public static TeamView View(this Team team, StrataPlatform platform) => new(team.Id, team.Name, [.. platform.Users.MembersOf(team.Id).Select(View)], team.CreatedAt);

    public static ProjectView View(this Project project, Caller caller) => new(project.Id, project.Name, project.Description, caller.RoleIn(project.Id)!.Value.To<ProjectRole>(), project.CreatedAt);

    public static MemberView View(this Membership member) => new(member.Kind.To<Client.Contracts.MemberKind>(), member.MemberId, member.MemberName, member.Role.To<ProjectRole>());

    public static ApiTokenView View(this ApiToken token, string? secret = null) => new(
        token.Id,
        token.Prefix,
        token.Name,
        token.Scope.To<ProjectRole>(),
        token.Project,
        token.CreatedAt,
        token.ExpiresAt,
        token.LastUsedAt,
        token.RevokedAt,
        secret);

    public static AuditEntryView View(this AuditEntry entry) => new(
        entry.Number, entry.Time, entry.ActorId, entry.Actor, entry.Action, entry.Subject, entry.Detail, entry.Address, entry.PreviousHash, entry.Hash);

    public static LogInView View(this Caller caller, StrataPlatform platform, ServerOptions options, TimeProvider clock, TokenPair? tokens = null)
    {
        AccountSettings settings = platform.Options.Accounts;
        bool hasAccounts = platform.Users.HasUsers();
        return new LogInView(
            hasAccounts,
            !hasAccounts && options.SetUpToken is not null,
            caller.IsKnown,
            caller.Identity?.User.View(),
            caller.IsAdmin,
            caller.IsKnown ? [.. Visible(caller, platform).Select(project => new ProjectRoleView(project.Id, project.Name, caller.RoleIn(project.Id)!.Value.To<ProjectRole>()))] : [],
            caller.IsLocalOwner || (caller.Identity?.ConfirmedAt is DateTimeOffset at && clock.GetUtcNow() - at < settings.ConfirmationLife),
            (int)settings.IdleTime.TotalSeconds,
            tokens,
            Gate.NeedsSecondFactor(caller, platform));
    }

    /// <summary>The projects that the caller may know of.</summary>
    public static IReadOnlyList<Project> Visible(Caller caller, StrataPlatform platform) => [.. platform.Projects.List().Where(project => caller.RoleIn(project.Id) is not null)];
}
