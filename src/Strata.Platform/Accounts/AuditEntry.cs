using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Strata.Platform.Storage;

namespace Strata.Platform.Accounts;

/// <summary>One line of the audit log: who did what to what, when, from where. Each holds the hash of the one before, so that none can be taken out or changed unseen.</summary>
public sealed record AuditEntry
{
    /// <summary>What stands before the first entry.</summary>
    public const string Beginning = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>From 1, without a gap.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset Time { get; init; }

    public string? ActorId { get; init; }

    public required string Actor { get; init; }

    /// <summary>A verb and a noun, such as <c>create_user</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, such as <c>user/ID</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What else is worth knowing; never a secret.</summary>
    public string Detail { get; init; } = string.Empty;

    public string? Address { get; init; }

    public required string PreviousHash { get; init; }

    public string Hash { get; init; } = string.Empty;

    /// <summary>With the hash that belongs to its words and to what stands before it.</summary>
    internal AuditEntry Sealed() => this with { Hash = Seal() };

    /// <summary>Whether its hash is the one that its words give.</summary>
    internal bool IsWhole => string.Equals(Hash, Seal(), StringComparison.Ordinal);

    // JSON writes every text with its own ends, so that no two different entries read the same.
    private string Seal() => Convert.ToHexStringLower(SHA256.HashData(JsonText.BytesOf(new Words(
        Number, Time.ToUnixTimeMilliseconds(), ActorId, Actor, Action, Subject, Detail, Address, PreviousHash))));

    private sealed record Words(
        [property: JsonPropertyOrder(1)] long Number,
        [property: JsonPropertyOrder(2)] long Time,
        [property: JsonPropertyOrder(3)] string? ActorId,
        [property: JsonPropertyOrder(4)] string Actor,
        [property: JsonPropertyOrder(5)] string Action,
        [property: JsonPropertyOrder(6)] string Subject,
        [property: JsonPropertyOrder(7)] string Detail,
        [property: JsonPropertyOrder(8)] string? Address,
        [property: JsonPropertyOrder(9)] string PreviousHash);
}
