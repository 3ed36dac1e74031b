namespace Strata.Client.Contracts;

/// <summary>What things belong to, and what roles are given in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Role">What the caller may do in it.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record ProjectView(string Id, string Name, string Description, ProjectRole Role, DateTimeOffset CreatedAt);

/// <summary>A new project.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
public sealed record NewProjectRequest(string Name, string Description = "");

/// <summary>A role that somebody has in a project.</summary>
/// <param name="Kind">Whether the member is a user or a team.</param>
/// <param name="Id">The user's or the team's id.</param>
/// <param name="Name">The user's or the team's name.</param>
/// <param name="Role">What they may do.</param>
public sealed record MemberView(MemberKind Kind, string Id, string Name, ProjectRole Role);

/// <summary>Whether a member is one user or a whole team.</summary>
public enum MemberKind
{
    User,
    Team,
}

/// <summary>A role for a user or a team, in place of the one that they have.</summary>
/// <param name="Name">The user's or the team's name.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Kind">Whether the name is a user's or a team's.</param>
public sealed record MemberRequest(string Name, ProjectRole Role, MemberKind Kind = MemberKind.User);
