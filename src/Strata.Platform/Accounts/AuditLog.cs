using System.Data;
using Strata.Platform.Storage;

namespace Strata.Platform.Accounts;

/// <summary>Every change and every log-in, written down once and never changed.</summary>
public sealed class AuditLog
{
    private const int LongestText = 1000;
    private const int ReadAtOnce = 1000;

    private readonly DataStore store;
    private readonly TimeProvider clock;

    internal AuditLog(DataStore store, TimeProvider clock) => (this.store, this.clock) = (store, clock);

    /// <summary>Writes down something that is not a change of the database itself.</summary>
    public Task AddAsync(Actor actor, string action, string subject, string detail = "") =>
        store.Database.WriteAsync(connection => Add(connection, actor, action, subject, detail));

    /// <summary>Writes it down inside the caller's transaction, so that the change and its entry are there together or not at all.</summary>
    public void Add(IDbConnection connection, Actor actor, string action, string subject, string detail = "")
    {
        ArgumentNullException.ThrowIfNull(actor);
        AuditEntry? last = AuditTable.Last(connection);
        AuditTable.Insert(connection, new AuditEntry
        {
            Number = (last?.Number ?? 0) + 1,
            Time = clock.GetUtcNow(),
            ActorId = actor.Id,
            Actor = Line(actor.Name),
            Action = action,
            Subject = Line(subject),
            Detail = Line(detail),
            Address = actor.Address,
            PreviousHash = last?.Hash ?? AuditEntry.Beginning,
        }.Sealed());
    }

    /// <summary>The newest first.</summary>
    public Page<AuditEntry> List(int offset = 0, int count = 100, string? actor = null, string? action = null, string? subject = null) =>
        store.Database.Read(connection => AuditTable.List(connection, offset, count, actor, action, subject));

    /// <summary>All entries in their order, a piece at a time.</summary>
    public IEnumerable<AuditEntry> ReadAll()
    {
        long last = 0;
        while (store.Database.Read(connection => AuditTable.After(connection, last, ReadAtOnce)) is { Count: > 0 } piece)
        {
            foreach (AuditEntry entry in piece)
            {
                yield return entry;
            }

            last = piece[^1].Number;
        }
    }

    /// <summary>Reads the whole log and says whether each entry is as it was written and none is missing.</summary>
    /// <param name="knownHash">The hash of an entry that was noted elsewhere; it must still be in the log. What was cut off the end shows only by it.</param>
    public AuditCheck Verify(string? knownHash = null) => AuditCheck.Of(ReadAll(), knownHash);

    /// <summary>Names come from people; what is no letter of a line would forge lines of an export.</summary>
    private static string Line(string text)
    {
        string line = string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
        return line.Length <= LongestText ? line : line[..LongestText];
    }
}
