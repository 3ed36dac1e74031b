namespace Strata.Client.Contracts;

/// <summary>A name and a password.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Password">The user's password.</param>
/// <param name="Tokens">Whether a program asks: the answer then holds tokens, and no cookie is set.</param>
/// <param name="Code">The code of an authenticator app, or a recovery code, where the user has a second factor.</param>
public sealed record LogInRequest(string Name, string Password, bool Tokens = false, string? Code = null);

/// <summary>One of the caller's own sessions.</summary>
/// <param name="Id">Its id; no secret.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="SeenAt">When it was last used.</param>
/// <param name="ExpiresAt">When it ends at the latest.</param>
/// <param name="Address">Where the log-in came from.</param>
/// <param name="IsThis">Whether it is the one that asks.</param>
public sealed record OwnSessionView(string Id, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, string? Address, bool IsThis);

/// <summary>The key of a second factor, for an authenticator app.</summary>
/// <param name="Secret">The key as people type it.</param>
/// <param name="Address">The same as a link.</param>
public sealed record SecondFactorView(string Secret, string Address);

/// <summary>The first code of a new second factor.</summary>
/// <param name="Code">Six digits.</param>
public sealed record SecondFactorRequest(string Code);

/// <summary>What stands in for a lost authenticator app.</summary>
/// <param name="Codes">Each is good once; they are not shown again.</param>
public sealed record RecoveryCodesView(IReadOnlyList<string> Codes);

/// <summary>The first administrator of a server.</summary>
/// <param name="Name">The name to log in with.</param>
/// <param name="Password">The password.</param>
/// <param name="Token">The one-time token that the server printed when it started; null where it printed none.</param>
public sealed record SetUpRequest(string Name, string Password, string? Token = null);

/// <summary>The user's own password once more, for what is dangerous.</summary>
/// <param name="Password">The password.</param>
public sealed record ConfirmationRequest(string Password);

/// <summary>Another password for oneself.</summary>
/// <param name="Password">The present one.</param>
/// <param name="NewPassword">The new one.</param>
public sealed record PasswordRequest(string Password, string NewPassword);

/// <summary>A refresh token, which is good for once.</summary>
/// <param name="RefreshToken">The token.</param>
public sealed record RefreshRequest(string RefreshToken);

/// <summary>What a program is given to stay logged in.</summary>
/// <param name="AccessToken">Goes into <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresIn">For how many seconds it is good.</param>
/// <param name="RefreshToken">Good for new tokens, once.</param>
public sealed record TokenPair(string AccessToken, int ExpiresIn, string RefreshToken);

/// <summary>Who is asking, and what they may do.</summary>
/// <param name="HasAccounts">Whether there are users; without any, everything is the local owner's.</param>
/// <param name="NeedsSetUp">Whether the first administrator has to be made before anything else.</param>
/// <param name="IsLoggedIn">Whether the caller may go on: as a user, or as the local owner.</param>
/// <param name="User">The user; null for the local owner and when nobody is logged in.</param>
/// <param name="IsAdmin">Whether they administer users and projects.</param>
/// <param name="Projects">The projects that they see, and their role in each.</param>
/// <param name="IsConfirmed">Whether the password was given lately enough for dangerous acts.</param>
/// <param name="IdleSeconds">After how many seconds without use a browser's session ends.</param>
/// <param name="Tokens">New tokens, when a program has logged in; else null.</param>
/// <param name="NeedsSecondFactor">Whether the caller has to set up a second factor before anything else.</param>
public sealed record LogInView(
    bool HasAccounts,
    bool NeedsSetUp,
    bool IsLoggedIn,
    UserView? User,
    bool IsAdmin,
    IReadOnlyList<ProjectRoleView> Projects,
    bool IsConfirmed,
    int IdleSeconds,
    TokenPair? Tokens = null,
    bool NeedsSecondFactor = false);

/// <summary>A project that the caller sees, and what they may do in it.</summary>
/// <param name="Id">The project's id.</param>
/// <param name="Name">The project's name.</param>
/// <param name="Role">The caller's role.</param>
public sealed record ProjectRoleView(string Id, string Name, ProjectRole Role);

/// <summary>What a member may do in a project; each may do what the ones before it may.</summary>
public enum ProjectRole
{
    Viewer,
    Trainer,
    Deployer,
    Admin,
}
