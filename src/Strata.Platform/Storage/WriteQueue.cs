using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Dapper;
using Strata.Platform.Storage.Engines;

namespace Strata.Platform.Storage;

/// <summary>
/// The single writer: one thread takes all that waits, runs it in one transaction with a savepoint each, and commits once. While the disk
/// syncs, the next batch gathers, so a busy server pays one sync for many writes and a quiet one waits for nobody.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private const int MostPerCommit = 500;

    private readonly DatabaseEngine engine;
    private readonly WriterConnection writer;
    private readonly BlockingCollection<Write> waiting = [];
    private readonly Thread thread;

    public WriteQueue(DatabaseEngine engine, DbConnection connection, TimeProvider clock)
    {
        this.engine = engine;
        writer = new WriterConnection(engine, connection, clock);
        thread = new Thread(Run) { IsBackground = true, Name = "strata-writer" };
        thread.Start();
    }

    public Task<T> Add<T>(Func<IDbConnection, T> work)
    {
        var write = new Write<T>(work, engine);
        try
        {
            waiting.Add(write);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(Database));
        }

        return write.Task;
    }

    /// <summary>Finishes what was queued, then closes the connection.</summary>
    public void Dispose()
    {
        waiting.CompleteAdding();
        writer.StopWaiting();
        thread.Join();
        waiting.Dispose();
        writer.Dispose();
    }

    private void Run()
    {
        var batch = new List<Write>();
        foreach (Write first in waiting.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < MostPerCommit && waiting.TryTake(out Write? next))
            {
                batch.Add(next);
            }

            if (!TryCommit(batch) && batch.Count > 1)
            {
                foreach (Write write in batch)
                {
                    TryCommit([write]);
                }
            }

            batch.ForEach(write => write.Answer());
            batch.Clear();
        }
    }

    /// <summary>
    /// Runs and commits the batch, again from the start when the connection is lost on the way. False when the transaction as a whole was lost
    /// for another reason, so that each write is to be tried by itself; until then each holds the reason.
    /// </summary>
    private bool TryCommit(IReadOnlyList<Write> batch)
    {
        long deadline = writer.Deadline();
        while (true)
        {
            long? transaction = null;
            bool isCommitting = false;
            try
            {
                DbConnection connection = writer.Get(deadline);
                transaction = engine.Begin(connection);
                foreach (Write write in batch)
                {
                    connection.Execute("savepoint one");
                    connection.Execute(write.Run(connection) ? "release one" : "rollback to one; release one");
                }

                isCommitting = true;
                engine.Commit(connection, transaction);
                return true;
            }
            catch (DbException e) when (engine.TroubleOf(e) == Trouble.Connection)
            {
                writer.Drop();
                if (isCommitting && transaction is long number)
                {
                    switch (WasCommitted(number, deadline))
                    {
                        case true:
                            return true;

                        case null:
                            Fail(batch, StorageException.OutcomeUnknown(engine.Place, e));
                            return true;
                    }
                }

                if (writer.IsOver(deadline))
                {
                    Fail(batch, engine.Explain(e));
                    return true;
                }
            }
            catch (Exception e)
            {
                writer.Rollback();
                Fail(batch, e is DbException error ? engine.Explain(error) : e);
                return !writer.IsConnected;
            }
        }
    }

    /// <summary>What the database, once it can be reached again, knows of a commit whose answer was lost; null when it cannot be asked in time.</summary>
    private bool? WasCommitted(long transaction, long deadline)
    {
        while (true)
        {
            try
            {
                return engine.HasCommitted(writer.Get(deadline), transaction);
            }
            catch (Exception e) when (e is DbException or StorageException)
            {
                writer.Drop();
                if (e is not DbException error || engine.TroubleOf(error) != Trouble.Connection || writer.IsOver(deadline))
                {
                    return null;
                }
            }
        }
    }

    private static void Fail(IReadOnlyList<Write> batch, Exception reason)
    {
        foreach (Write write in batch)
        {
            write.Fail(reason);
        }
    }

    private abstract class Write
    {
        /// <summary>Runs the work; false when it threw an error of its own. Errors that end the whole transaction are thrown on.</summary>
        public abstract bool Run(IDbConnection connection);

        public abstract void Fail(Exception reason);

        public abstract void Answer();
    }

    private sealed class Write<T>(Func<IDbConnection, T> work, DatabaseEngine engine) : Write
    {
        private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? error;
        private T? result;

        public Task<T> Task => source.Task;

        public override bool Run(IDbConnection connection)
        {
            try
            {
                (result, error) = (work(connection), null);
                return true;
            }
            catch (DbException e) when (engine.TroubleOf(e) != Trouble.Statement)
            {
                throw;
            }
            catch (Exception e)
            {
                error = e is DbException refused ? engine.Explain(refused) : e;
                return false;
            }
        }

        public override void Fail(Exception reason) => error ??= reason;

        public override void Answer()
        {
            if (error is not null)
            {
                source.SetException(error);
            }
            else
            {
                source.SetResult(result!);
            }
        }
    }
}
