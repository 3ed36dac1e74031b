using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Strata.Platform.Storage.Engines;

/// <summary>SQLite in one file of the data folder: nothing to install, nothing to look after.</summary>
internal sealed class SqliteEngine(string path, TimeSpan wait) : DatabaseEngine(wait)
{
    private readonly ConcurrentBag<DbConnection> readers = [];
    private volatile bool disposed;

    static SqliteEngine() => SQLitePCL.Batteries_V2.Init();

    public override string Name => "sqlite";

    public override string Place => $"'{path}'";

    public override void Return(DbConnection reader)
    {
        if (disposed)
        {
            reader.Dispose();
        }
        else
        {
            readers.Add(((EngineConnection)reader).Inner);
        }
    }

    public override void ForgetReaders()
    {
        while (readers.TryTake(out DbConnection? reader))
        {
            reader.Dispose();
        }
    }

    /// <summary>Takes the lock of writers at once, so that a transaction never fails half-way because another program writes.</summary>
    public override long? Begin(DbConnection writer)
    {
        writer.Execute("begin immediate");
        return null;
    }

    public override void BeginSnapshot(DbConnection reader) => reader.Execute("begin; select count(*) from sqlite_master");

    public override IReadOnlyList<string> Tables(DbConnection connection) =>
        connection.Query<string>("select name from sqlite_master where type = 'table' and substr(name, 1, 7) <> 'sqlite_' order by rowid").AsList();

    public override void LoosenReferences(DbConnection writer) => writer.Execute("pragma defer_foreign_keys = on");

    public override Trouble TroubleOf(DbException error) =>
        error is SqliteException { SqliteErrorCode: 5 or 6 or 7 or 8 or 10 or 11 or 13 or 14 or 26 } ? Trouble.Transaction : Trouble.Statement;

    public override Exception Explain(DbException error) => (error as SqliteException)?.SqliteErrorCode switch
    {
        5 or 6 => new StorageException($"The database {Place} is locked by another program. Try again in a moment.", isTemporary: true, error),
        13 => new StorageException($"The disk of the database {Place} is full. Free some space; nothing was lost.", isTemporary: true, error),
        11 or 26 => new StorageException($"The database {Place} is damaged ({error.Message}). Restore it from the folder 'backups' or from your own copy.", inner: error),
        _ => new StorageException($"The database {Place} failed: {error.Message}", inner: error),
    };

    public override void BackUp(DbConnection writer, string folder, string name, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        string copy = Path.Join(folder, $"{name}.db");
        writer.Execute("vacuum into @copy", new { copy });
        using (var file = File.OpenHandle(copy, FileMode.Open, FileAccess.ReadWrite))
        {
            DurableFile.Sync(file, copy);
        }

        DurableFile.SyncFolder(folder);
    }

    public override void Dispose()
    {
        disposed = true;
        ForgetReaders();
    }

    protected override DbConnection ConnectWriter()
    {
        SqliteConnection connection = Connect();
        try
        {
            connection.Execute("pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 1000;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    protected override DbConnection ConnectReader()
    {
        if (readers.TryTake(out DbConnection? idle))
        {
            return idle;
        }

        SqliteConnection connection = Connect();
        connection.Execute("pragma query_only = on; pragma cache_size = -8000;");
        return connection;
    }

    private SqliteConnection Connect()
    {
        int seconds = Math.Max(1, (int)Wait.TotalSeconds); // Zero would be for ever.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = seconds }.ToString());
        try
        {
            connection.Open();
            connection.Execute($"pragma busy_timeout = {(long)Wait.TotalMilliseconds}; pragma foreign_keys = on; pragma case_sensitive_like = on;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
