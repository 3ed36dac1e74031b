using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Strata.Platform.Storage.Engines;

/// <summary>
/// A connection behind which statements read the same for every engine: a truth value is stored as 0 or 1, and a list in a statement is written out
/// (Dapper does otherwise for drivers that it knows by name).
/// </summary>
internal sealed class EngineConnection(DbConnection inner, DatabaseEngine engine) : DbConnection
{
    public DbConnection Inner => inner;

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => inner.ConnectionString = value;
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Open() => inner.Open();

    public override void Close() => inner.Close();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new NotSupportedException("Writes are transactions already; they are begun and committed by the queue of writes.");

    protected override DbCommand CreateDbCommand() => new EngineCommand(inner.CreateCommand(), this, engine);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
