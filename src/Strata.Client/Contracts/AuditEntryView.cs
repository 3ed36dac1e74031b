namespace Strata.Client.Contracts;

/// <summary>One line of the audit log: who did what to what, when, from where.</summary>
/// <param name="Number">From 1, without a gap.</param>
/// <param name="Time">When.</param>
/// <param name="ActorId">The user's id, or null.</param>
/// <param name="Actor">The user's name, or who it was in words.</param>
/// <param name="Action">What was done, such as <c>create_user</c>.</param>
/// <param name="Subject">What it was done to, such as <c>user/ID</c>.</param>
/// <param name="Detail">What else is worth knowing.</param>
/// <param name="Address">Where the request came from, or null.</param>
/// <param name="PreviousHash">The hash of the entry before.</param>
/// <param name="Hash">SHA-256 over this entry and the hash of the one before.</param>
public sealed record AuditEntryView(
    long Number, DateTimeOffset Time, string? ActorId, string Actor, string Action, string Subject, string Detail, string? Address, string PreviousHash, string Hash);

/// <summary>What reading the whole audit log has shown.</summary>
/// <param name="IsWhole">Whether each entry is as it was written and none is missing.</param>
/// <param name="Count">How many entries are whole and in their place.</param>
/// <param name="LastHash">The hash of the last of them; noted elsewhere, it proves later that nothing was cut off.</param>
/// <param name="Problem">What is wrong with the first entry that is not as it was written, or null.</param>
public sealed record AuditCheckView(bool IsWhole, long Count, string LastHash, string? Problem);
