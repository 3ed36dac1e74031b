namespace Strata.Platform.Accounts;

/// <summary>The settings of accounts.</summary>
public sealed record AccountSettings
{
    /// <summary>Rounds of PBKDF2-HMAC-SHA512 for new passwords; one with fewer gets these at its next log-in.</summary>
    public int PasswordRounds { get; init; } = 210_000;

    /// <summary>How long a browser's session may rest before it ends.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a browser's session lasts at the most.</summary>
    public TimeSpan SessionLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long an access token is good for.</summary>
    public TimeSpan AccessTokenLife { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a program stays logged in at the most by refreshing.</summary>
    public TimeSpan RefreshLife { get; init; } = TimeSpan.FromDays(30);

    /// <summary>For how long a password that was given counts for dangerous acts.</summary>
    public TimeSpan ConfirmationLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether people must have a second factor: who has none may do nothing but set one up.</summary>
    public bool RequiresSecondFactor { get; init; }

    /// <summary>The most living tokens of one user.</summary>
    public int MostTokens { get; init; } = 100;
}
