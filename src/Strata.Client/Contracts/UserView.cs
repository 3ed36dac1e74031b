namespace Strata.Client.Contracts;

/// <summary>Somebody, or some program, that can be let in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What they log in with.</param>
/// <param name="IsServiceAccount">Whether it is a program, let in by tokens only.</param>
/// <param name="IsAdmin">Whether they administer users and projects.</param>
/// <param name="IsDisabled">Whether they are kept out for now.</param>
/// <param name="CreatedAt">When the account was made.</param>
/// <param name="HasSecondFactor">Whether a log-in asks for a code beside the password.</param>
public sealed record UserView(string Id, string Name, bool IsServiceAccount, bool IsAdmin, bool IsDisabled, DateTimeOffset CreatedAt, bool HasSecondFactor = false);

/// <summary>A new user.</summary>
/// <param name="Name">The name to log in with: letters, digits and . - _ @ +.</param>
/// <param name="Password">At least 8 characters, and none of the usual ones; null for a service account.</param>
/// <param name="IsAdmin">Whether they administer users and projects.</param>
/// <param name="IsServiceAccount">Whether it is a program, let in by tokens only.</param>
public sealed record NewUserRequest(string Name, string? Password = null, bool IsAdmin = false, bool IsServiceAccount = false);

/// <summary>What shall change about a user; what is left out stays.</summary>
/// <param name="Password">A new password; all their sessions end.</param>
/// <param name="IsAdmin">Whether they administer users and projects.</param>
/// <param name="IsDisabled">Whether they are kept out.</param>
public sealed record UserChangeRequest(string? Password = null, bool? IsAdmin = null, bool? IsDisabled = null);

/// <summary>Users who are given roles together.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Members">Who is in it.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record TeamView(string Id, string Name, IReadOnlyList<UserView> Members, DateTimeOffset CreatedAt);

/// <summary>A new team.</summary>
/// <param name="Name">Its name.</param>
public sealed record NewTeamRequest(string Name);
