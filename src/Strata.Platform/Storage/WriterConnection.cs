using System.Data.Common;
using Dapper;
using Strata.Platform.Storage.Engines;

namespace Strata.Platform.Storage;

/// <summary>The one connection that writes; when it is lost, another takes its place as soon as the database can be reached again.</summary>
internal sealed class WriterConnection(DatabaseEngine engine, DbConnection first, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim isStopping = new();
    private DbConnection? current = first;

    public bool IsConnected => current is not null;

    /// <summary>Until when a batch that begins now waits for a lost database.</summary>
    public long Deadline() => clock.GetTimestamp() + (long)(engine.Wait.TotalSeconds * clock.TimestampFrequency);

    public bool IsOver(long deadline) => isStopping.IsSet || clock.GetTimestamp() >= deadline;

    /// <exception cref="StorageException">The database could not be reached before the deadline.</exception>
    public DbConnection Get(long deadline)
    {
        while (current is null)
        {
            try
            {
                current = engine.OpenWriter();
            }
            catch (DbException e)
            {
                if (IsOver(deadline))
                {
                    throw engine.Explain(e);
                }

                isStopping.Wait(Pause);
            }
        }

        return current;
    }

    public void Drop()
    {
        current?.Dispose();
        current = null;
    }

    public void Rollback()
    {
        try
        {
            current?.Execute("rollback");
        }
        catch (DbException e)
        {
            // A full disk or a failed write makes the engine roll back by itself.
            if (engine.TroubleOf(e) == Trouble.Connection)
            {
                Drop();
            }
        }
    }

    /// <summary>From now on a lost database is not waited for any more.</summary>
    public void StopWaiting() => isStopping.Set();

    public void Dispose()
    {
        Drop();
        isStopping.Dispose();
    }
}
