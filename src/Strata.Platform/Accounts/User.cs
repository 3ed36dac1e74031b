namespace Strata.Platform.Accounts;

/// <summary>Somebody, or some program, that can be let in.</summary>
public sealed record User
{
    public required string Id { get; init; }

    /// <summary>What they log in with; unique whatever the case of its letters.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is a program: it has tokens and no password.</summary>
    public bool IsServiceAccount { get; init; }

    /// <summary>Whether they administer users and projects and may do everything.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>Whether they are kept out for now.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Whether a log-in asks for a code beside the password.</summary>
    public bool HasSecondFactor { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
