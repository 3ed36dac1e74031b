using System.Data.Common;
using System.Globalization;
using Dapper;
using Strata.Platform.Storage.Engines;

namespace Strata.Platform.Storage;

/// <summary>Brings a database to the program's schema: each step in a transaction of its own, after a copy of what was there.</summary>
internal static class Migrations
{
    /// <summary>Which steps a database has been through.</summary>
    public const string Table = "schema_migrations";

    private const string Ledger = $"create table if not exists {Table} (number bigint primary key, name text not null, applied_at bigint not null)";

    public static void Apply(DbConnection connection, DatabaseEngine engine, IReadOnlyList<Migration> migrations, string backupFolder, TimeProvider clock)
    {
        CreateLedger(connection);
        HashSet<int> stored = [.. connection.Query<int>($"select number from {Table}")];
        int newest = stored.Count == 0 ? 0 : stored.Max();
        int known = migrations.Count == 0 ? 0 : migrations.Max(migration => migration.Number);
        if (newest > known)
        {
            throw new StorageException(
                $"The database {engine.Place} was written by a newer version of Strata (schema {newest}; this one knows {known}). "
                + "Start that version, or restore a copy from the folder 'backups'.");
        }

        Migration[] pending = [.. migrations.Where(migration => !stored.Contains(migration.Number)).OrderBy(migration => migration.Number)];
        if (pending.Length > 0 && newest > 0)
        {
            string stamp = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
            engine.BackUp(connection, backupFolder, $"strata-schema{newest}-{stamp}-{NewId.Next()[..6]}", clock);
        }

        foreach (Migration migration in pending)
        {
            Apply(connection, engine, migration, clock);
        }
    }

    /// <exception cref="StorageException">The database is not at the program's schema.</exception>
    public static void Check(DbConnection connection, DatabaseEngine engine, IReadOnlyList<Migration> migrations)
    {
        if (!engine.Tables(connection).Contains(Table) || !connection.Query<int>($"select number from {Table}").ToHashSet().SetEquals(migrations.Select(migration => migration.Number)))
        {
            throw new StorageException($"The database {engine.Place} is of another version of Strata, or no server has made it yet. Start the first server in this version, and then its replicas.");
        }
    }

    public static void CreateLedger(DbConnection connection) => connection.Execute(Ledger);

    /// <summary>One step and its entry in the ledger, within the caller's transaction.</summary>
    public static void Run(DbConnection connection, DatabaseEngine engine, Migration migration, TimeProvider clock)
    {
        connection.Execute(engine.Translate(migration.Sql), commandTimeout: 0);
        migration.Rows?.Invoke(connection);
        engine.AlignNumbers(connection); // A table that was made anew has got the rows of the old one with their numbers.
        connection.Execute(
            $"insert into {Table} (number, name, applied_at) values (@Number, @Name, @At)",
            new { migration.Number, migration.Name, At = clock.GetUtcNow().ToUnixTimeMilliseconds() });
    }

    private static void Apply(DbConnection connection, DatabaseEngine engine, Migration migration, TimeProvider clock)
    {
        engine.Begin(connection);
        try
        {
            Run(connection, engine, migration, clock);
            connection.Execute("commit");
        }
        catch (DbException e)
        {
            if (engine.TroubleOf(e) != Trouble.Connection)
            {
                connection.Execute("rollback");
            }

            throw new StorageException($"Schema step {migration.Number} ({migration.Name}) failed and was undone: {e.Message}", inner: e);
        }
    }
}
