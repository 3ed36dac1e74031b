namespace Strata.Platform.Accounts;

/// <summary>What reading the whole audit log has shown.</summary>
/// <param name="Count">How many entries are whole and in their place.</param>
/// <param name="LastHash">The hash of the last of them: whoever notes it elsewhere can prove later that nothing before it was changed or cut off.</param>
/// <param name="Problem">What is wrong with the first entry that is not as it was written; null when all are.</param>
public sealed record AuditCheck(long Count, string LastHash, string? Problem)
{
    public bool IsWhole => Problem is null;

    internal static AuditCheck Of(IEnumerable<AuditEntry> entries, string? knownHash)
    {
        long count = 0;
        string last = AuditEntry.Beginning;
        bool isKnown = knownHash is null || knownHash == last;
        foreach (AuditEntry entry in entries)
        {
            string? problem = entry.Number != count + 1 ? $"Entry {count + 1} is missing; entry {entry.Number} stands in its place."
                : entry.PreviousHash != last ? $"Entry {entry.Number} does not follow the entry before it."
                : entry.IsWhole ? null : $"Entry {entry.Number} is not as it was written.";
            if (problem is not null)
            {
                return new AuditCheck(count, last, problem);
            }

            (count, last) = (entry.Number, entry.Hash);
            isKnown |= last == knownHash;
        }

        return new AuditCheck(count, last, isKnown ? null : $"No entry has the hash {knownHash}: the log was cut off or written anew.");
    }
}
