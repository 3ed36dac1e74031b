using System.Data.Common;
using Dapper;
using Strata.Learning.Data;

namespace Strata.Platform.Storage.Engines;

/// <summary>One make of database: how it is reached, what it words otherwise than the others, and what its errors mean.</summary>
internal abstract class DatabaseEngine(TimeSpan wait) : IDisposable
{
    /// <summary>The make, as health and backups name it.</summary>
    public abstract string Name { get; }

    /// <summary>Which database this is, quoted for a message; never with a password.</summary>
    public abstract string Place { get; }

    /// <summary>How long locks and lost connections are waited for.</summary>
    public TimeSpan Wait { get; } = wait;

    /// <summary>Sees every statement before it is run and may throw in its place: how tests make each of them fail.</summary>
    public Action<DbCommand>? BeforeStatement { get; set; }

    public DbConnection OpenWriter() => new EngineConnection(ConnectWriter(), this);

    /// <summary>A connection that can only read, for one query.</summary>
    public DbConnection TakeReader() => new EngineConnection(ConnectReader(), this);

    /// <summary>Takes back a reader that is sound.</summary>
    public virtual void Return(DbConnection reader) => reader.Dispose();

    /// <summary>Forgets all idle readers, because they may be broken.</summary>
    public abstract void ForgetReaders();

    /// <summary>Begins a transaction and gives the number under which its outcome can be asked for later, where the engine has such numbers.</summary>
    public abstract long? Begin(DbConnection writer);

    /// <param name="writer">The connection on which the transaction was begun.</param>
    /// <param name="transaction">Its number, as <see cref="Begin"/> gave it.</param>
    public virtual void Commit(DbConnection writer, long? transaction) => writer.Execute("commit");

    /// <summary>Whether a transaction of a lost connection was committed. No connection of its server is left when this is asked.</summary>
    public virtual bool HasCommitted(DbConnection writer, long transaction) => false;

    /// <summary>Begins a transaction in which a reader sees one moment of the database.</summary>
    public abstract void BeginSnapshot(DbConnection reader);

    /// <summary>All tables, an earlier made one before a later one.</summary>
    public abstract IReadOnlyList<string> Tables(DbConnection connection);

    /// <summary>Lets rows be stored before those that they refer to, up to the commit.</summary>
    public virtual void LoosenReferences(DbConnection writer)
    {
    }

    /// <summary>Makes rows that number themselves go on behind those that were stored with their numbers.</summary>
    public virtual void AlignNumbers(DbConnection writer)
    {
    }

    /// <summary>The schema's words in this engine's.</summary>
    public virtual string Translate(string ddl) => ddl;

    public abstract Trouble TroubleOf(DbException error);

    /// <summary>The same error for callers: a <see cref="StorageException"/>, or a <see cref="DataException"/> where the value is what cannot be stored.</summary>
    public abstract Exception Explain(DbException error);

    /// <summary>Keeps a copy of everything before the schema changes.</summary>
    public abstract void BackUp(DbConnection writer, string folder, string name, TimeProvider clock);

    public abstract void Dispose();

    protected abstract DbConnection ConnectWriter();

    protected abstract DbConnection ConnectReader();
}
