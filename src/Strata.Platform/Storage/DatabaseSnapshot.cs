using System.Data.Common;
using Dapper;
using Strata.Platform.Storage.Engines;

namespace Strata.Platform.Storage;

/// <summary>The database as it was at one moment, however much is written meanwhile.</summary>
internal sealed class DatabaseSnapshot : IDisposable
{
    private bool isOver;

    public DatabaseSnapshot(DatabaseEngine engine)
    {
        Engine = engine;
        Connection = engine.TakeReader();
        try
        {
            engine.BeginSnapshot(Connection);
        }
        catch
        {
            Connection.Dispose();
            throw;
        }
    }

    public DatabaseEngine Engine { get; }

    public DbConnection Connection { get; }

    public void Dispose()
    {
        if (isOver)
        {
            return;
        }

        isOver = true;
        try
        {
            Connection.Execute("rollback");
            Engine.Return(Connection);
        }
        catch (DbException)
        {
            Connection.Dispose();
        }
    }
}
