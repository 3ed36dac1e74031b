using System.Data;
using System.Data.Common;
using Dapper;
using Strata.Platform.Storage.Engines;

namespace Strata.Platform.Storage;

/// <summary>
/// The one database, SQLite or PostgreSQL. Reads run at once on pooled connections and see the last commit; all writes go through one queue, because
/// writers of SQLite starve one another. A write that returned is on the disk.
/// </summary>
/// <remarks>
/// The same SQL runs on both: types are <c>text</c>, <c>integer</c> and <c>bigint</c> (both 64 bits; truth is 0 or 1) and <c>double precision</c>; a table
/// numbers its rows by <c>sequence integer primary key</c>. Text compares byte by byte. <c>like</c> knows large and small letters apart on both, so that
/// <c>lower(a) like lower(b)</c> does not; say which character escapes (<c>escape '\'</c>) and, where a sorted column may be empty, <c>nulls last</c>. A list
/// is written <c>in @list</c>.
/// </remarks>
public sealed class Database : IDisposable
{
    private readonly DatabaseEngine engine;
    private readonly WriteQueue writes;
    private volatile bool disposed;

    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    private Database(DatabaseEngine engine, WriteQueue writes) => (this.engine, this.writes) = (engine, writes);

    internal DatabaseEngine Engine => engine;

    /// <summary>The make of the database: <c>sqlite</c> or <c>postgresql</c>.</summary>
    public string EngineName => engine.Name;

    /// <summary>Opens the database and, where one is given, brings it to the schema; a replica leaves that to the first server. The engine is the database's from then on.</summary>
    internal static Database Open(DatabaseEngine engine, IReadOnlyList<Migration>? migrations, string backupFolder, TimeProvider clock, bool isReplica = false)
    {
        DbConnection? writer = null;
        try
        {
            writer = engine.OpenWriter();
            if (migrations is not null && isReplica)
            {
                Migrations.Check(writer, engine, migrations);
            }
            else if (migrations is not null)
            {
                Migrations.Apply(writer, engine, migrations, backupFolder, clock);
            }

            return new Database(engine, new WriteQueue(engine, writer, clock));
        }
        catch (DbException e)
        {
            writer?.Dispose();
            engine.Dispose();
            throw engine.Explain(e);
        }
        catch
        {
            writer?.Dispose();
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Runs a query. It sees every write that has returned, and is run a second time when the connection turns out to be lost, so it only reads.</summary>
    public T Read<T>(Func<IDbConnection, T> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ObjectDisposedException.ThrowIf(disposed, this);
        try
        {
            return ReadOnce(query);
        }
        catch (DbException e) when (engine.TroubleOf(e) == Trouble.Connection)
        {
            engine.ForgetReaders();
        }
        catch (DbException e)
        {
            throw engine.Explain(e);
        }

        try
        {
            return ReadOnce(query);
        }
        catch (DbException e)
        {
            throw engine.Explain(e);
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

    internal bool HasTables() => Read(connection => engine.Tables((DbConnection)connection).Count > 0);

    /// <summary>The database as it is now, for a long look at it.</summary>
    internal DatabaseSnapshot TakeSnapshot() => new(engine);

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        writes.Dispose();
        engine.Dispose();
    }

    private T ReadOnce<T>(Func<IDbConnection, T> query)
    {
        DbConnection connection = engine.TakeReader();
        try
        {
            T result = query(connection);
            engine.Return(connection);
            return result;
        }
        catch (DbException)
        {
            connection.Dispose();
            throw;
        }
        catch
        {
            engine.Return(connection);
            throw;
        }
    }
}
