using System.Collections.Concurrent;
using System.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Strata.Platform.Storage;

/// <summary>
/// The single writer: one thread takes all that waits, runs it in one transaction with a savepoint each, and commits once. While the disk
/// syncs, the next batch gathers, so a busy server pays one sync for many writes and a quiet one waits for nobody.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private const int MostPerCommit = 500;

    private readonly SqliteConnection connection;
    private readonly string path;
    private readonly BlockingCollection<Write> waiting = [];
    private readonly Thread thread;

    public WriteQueue(SqliteConnection connection, string path)
    {
        (this.connection, this.path) = (connection, path);
        thread = new Thread(Run) { IsBackground = true, Name = "strata-writer" };
        thread.Start();
    }

    public Task<T> Add<T>(Func<IDbConnection, T> work)
    {
        var write = new Write<T>(work);
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
        thread.Join();
        waiting.Dispose();
        connection.Dispose();
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

    /// <summary>Runs and commits the batch. False when the transaction as a whole was lost; each write then holds the reason.</summary>
    private bool TryCommit(IReadOnlyList<Write> batch)
    {
        try
        {
            connection.Execute("begin immediate");
            foreach (Write write in batch)
            {
                connection.Execute("savepoint one");
                connection.Execute(write.Run(connection) ? "release one" : "rollback to one; release one");
            }

            connection.Execute("commit");
            return true;
        }
        catch (Exception e)
        {
            Rollback();
            Exception reason = e is SqliteException error ? StorageException.Of(error, path) : e;
            foreach (Write write in batch)
            {
                write.Fail(reason);
            }

            return false;
        }
    }

    private void Rollback()
    {
        try
        {
            connection.Execute("rollback");
        }
        catch (SqliteException)
        {
            // A full disk or a failed write makes SQLite roll back by itself.
        }
    }

    private abstract class Write
    {
        /// <summary>Runs the work; false when it threw an error of its own. Errors of disk and lock are thrown on: they end the whole transaction.</summary>
        public abstract bool Run(IDbConnection connection);

        public abstract void Fail(Exception reason);

        public abstract void Answer();
    }

    private sealed class Write<T>(Func<IDbConnection, T> work) : Write
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
            catch (SqliteException e) when (StorageException.IsDiskOrLock(e))
            {
                throw;
            }
            catch (Exception e)
            {
                error = e;
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
