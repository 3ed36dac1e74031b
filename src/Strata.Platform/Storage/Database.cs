using System.Collections.Concurrent;
using System.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Strata.Platform.Storage;

/// <summary>
/// The one database. Reads run at once on pooled connections and see the last commit; all writes go through one queue, because writers of
/// SQLite starve one another. A write that returned is on the disk.
/// </summary>
public sealed class Database : IDisposable
{
    private readonly ConcurrentBag<SqliteConnection> readers = [];
    private readonly string path;
    private readonly WriteQueue writes;
    private volatile bool disposed;

    static Database()
    {
        SQLitePCL.Batteries_V2.Init();
        DefaultTypeMap.MatchNamesWithUnderscores = true;
    }

    private Database(string path, WriteQueue writes) => (this.path, this.writes) = (path, writes);

    internal static Database Open(string path, IReadOnlyList<Migration> migrations, string backupFolder, TimeProvider clock)
    {
        SqliteConnection writer = Connect(path);
        try
        {
            writer.Execute("pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 1000;");
            Migrations.Apply(writer, migrations, backupFolder, clock);
            return new Database(path, new WriteQueue(writer, path));
        }
        catch (SqliteException e)
        {
            writer.Dispose();
            throw StorageException.Of(e, path);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Runs a query. It sees every write that has returned.</summary>
    public T Read<T>(Func<IDbConnection, T> query)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        SqliteConnection connection = readers.TryTake(out SqliteConnection? idle) ? idle : ConnectReader(path);
        try
        {
            T result = query(connection);
            Return(connection);
            return result;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw StorageException.Of(e, path);
        }
        catch
        {
            Return(connection);
            throw;
        }
    }

    /// <summary>
    /// Runs statements in a transaction, all or none; concurrent writes share a commit. The work may be run a second time when a neighbour in the same
    /// commit broke the transaction, so it changes nothing but the database.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<IDbConnection, T> work) => writes.Add(work);

    public Task WriteAsync(Action<IDbConnection> work) => writes.Add(connection =>
    {
        work(connection);
        return true;
    });

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        writes.Dispose();
        while (readers.TryTake(out SqliteConnection? reader))
        {
            reader.Dispose();
        }
    }

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString());
        connection.Open();
        connection.Execute("pragma busy_timeout = 10000; pragma foreign_keys = on;");
        return connection;
    }

    private static SqliteConnection ConnectReader(string path)
    {
        SqliteConnection connection = Connect(path);
        connection.Execute("pragma query_only = on; pragma cache_size = -8000;");
        return connection;
    }

    private void Return(SqliteConnection connection)
    {
        if (disposed)
        {
            connection.Dispose();
        }
        else
        {
            readers.Add(connection);
        }
    }
}
