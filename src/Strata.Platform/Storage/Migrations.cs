using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Strata.Platform.Storage;

/// <summary>Brings a database to the program's schema: each step in a transaction of its own, after a copy of what was there.</summary>
internal static class Migrations
{
    private const string Ledger = "create table if not exists schema_migrations (number integer primary key, name text not null, applied_at bigint not null)";

    public static void Apply(SqliteConnection connection, IReadOnlyList<Migration> migrations, string backupFolder, TimeProvider clock)
    {
        connection.Execute(Ledger);
        int stored = connection.ExecuteScalar<int?>("select max(number) from schema_migrations") ?? 0;
        int known = migrations.Count == 0 ? 0 : migrations.Max(migration => migration.Number);
        if (stored > known)
        {
            throw new StorageException(
                $"The database '{connection.DataSource}' was written by a newer version of Strata (schema {stored}; this one knows {known}). "
                + "Start that version, or restore a copy from the folder 'backups'.");
        }

        Migration[] pending = [.. migrations.Where(migration => migration.Number > stored).OrderBy(migration => migration.Number)];
        if (pending.Length > 0 && stored > 0)
        {
            Backup(connection, backupFolder, stored, clock);
        }

        foreach (Migration migration in pending)
        {
            Apply(connection, migration, clock);
        }
    }

    private static void Apply(SqliteConnection connection, Migration migration, TimeProvider clock)
    {
        connection.Execute("begin immediate");
        try
        {
            connection.Execute(migration.Sql);
            connection.Execute(
                "insert into schema_migrations (number, name, applied_at) values (@Number, @Name, @At)",
                new { migration.Number, migration.Name, At = clock.GetUtcNow().ToUnixTimeMilliseconds() });
            connection.Execute("commit");
        }
        catch (SqliteException e)
        {
            connection.Execute("rollback");
            throw new StorageException($"Schema step {migration.Number} ({migration.Name}) failed and was undone: {e.Message}", inner: e);
        }
    }

    private static void Backup(SqliteConnection connection, string folder, int version, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        string stamp = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string path = Path.Join(folder, $"strata-schema{version}-{stamp}-{NewId.Next()[..6]}.db");
        connection.Execute("vacuum into @path", new { path });
        using (var copy = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite))
        {
            DurableFile.Sync(copy, path);
        }

        DurableFile.SyncFolder(folder);
    }
}
