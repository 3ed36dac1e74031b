using System.Data;
using Dapper;

namespace Strata.Platform.Accounts;

/// <summary>Counts tries to log in, by name and by address, and locks those out that try too often; each lock is longer than the last. Kept in the database, so that a restart forgives nothing.</summary>
internal static class LogInFailures
{
    public const string Create = """
        create table log_in_failures (
            subject text primary key,
            tries integer not null,
            first_at bigint not null,
            locked_until bigint not null,
            locks integer not null);
        """;

    public const int MostOfName = 5;
    public const int MostOfAddress = 20;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLock = TimeSpan.FromHours(1);

    public static string OfName(string name) => $"name/{AccountName.Key(name)}";

    public static string OfAddress(string address) => $"address/{address}";

    /// <summary>Counts a try before it is known whether it fails, so that many at the same moment are counted too. The wait, when the subject is locked out.</summary>
    public static TimeSpan? Begin(IDbConnection connection, string subject, int most, DateTimeOffset at)
    {
        long now = at.ToUnixTimeMilliseconds();
        Row row = connection.QueryFirstOrDefault<Row>("select * from log_in_failures where subject = @subject", new { subject }) ?? new Row { FirstAt = now };
        if (row.LockedUntil > now)
        {
            return TimeSpan.FromMilliseconds(row.LockedUntil - now);
        }

        if (now - row.FirstAt > (long)Window.TotalMilliseconds)
        {
            (row.Tries, row.FirstAt) = (0, now);
        }

        TimeSpan? wait = null;
        if (++row.Tries > most)
        {
            wait = TimeSpan.FromMilliseconds(Math.Min(LongestLock.TotalMilliseconds, Window.TotalMilliseconds * Math.Pow(2, row.Locks)));
            (row.Tries, row.FirstAt, row.LockedUntil, row.Locks) = (0, now, now + (long)wait.Value.TotalMilliseconds, row.Locks + 1);
        }

        connection.Execute(
            """
            insert into log_in_failures (subject, tries, first_at, locked_until, locks) values (@subject, @Tries, @FirstAt, @LockedUntil, @Locks)
            on conflict (subject) do update set tries = excluded.tries, first_at = excluded.first_at, locked_until = excluded.locked_until, locks = excluded.locks
            """,
            new { subject, row.Tries, row.FirstAt, row.LockedUntil, row.Locks });
        return wait;
    }

    /// <summary>A try that succeeded: the name's failures are forgotten, and the address is not charged for it.</summary>
    public static void Forget(IDbConnection connection, string name, string address)
    {
        connection.Execute("delete from log_in_failures where subject = @subject", new { subject = OfName(name) });
        connection.Execute("update log_in_failures set tries = tries - 1 where subject = @subject and tries > 0", new { subject = OfAddress(address) });
    }

    private sealed class Row
    {
        public int Tries { get; set; }

        public long FirstAt { get; set; }

        public long LockedUntil { get; set; }

        public int Locks { get; set; }
    }
}
