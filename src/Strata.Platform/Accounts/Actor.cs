namespace Strata.Platform.Accounts;

/// <summary>Who does something, as the audit log writes it down.</summary>
/// <param name="Id">The user's id; null for the machine's owner while there are no accounts, and for whoever is not known.</param>
/// <param name="Name">The user's name, or who it was in words.</param>
/// <param name="Address">Where the request came from; null for the machine itself.</param>
public sealed record Actor(string? Id, string Name, string? Address = null)
{
    /// <summary>Whoever sits at the machine: everything is theirs while there are no accounts.</summary>
    public static Actor LocalOwner { get; } = new(null, "local owner");
}
