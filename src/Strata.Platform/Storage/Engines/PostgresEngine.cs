using System.Data.Common;
using Dapper;
using Npgsql;
using Strata.Platform.Storage.Backups;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Storage.Engines;

/// <summary>
/// PostgreSQL, reached by a connection string. A lock inside the database keeps a second server away, as a file does for SQLite; replicas, which do without it, take turns with it at writing.
/// </summary>
internal sealed class PostgresEngine : DatabaseEngine
{
    /// <summary>The advisory lock that the writer of a server holds as long as it is connected.</summary>
    private const long ServerLock = 0x5374726174610001;

    /// <summary>The advisory lock of whose turn it is to write, held by each transaction to its end: what one has read there, nobody else changes meanwhile.</summary>
    private const long TurnLock = ServerLock + 1;

    /// <summary>
    /// Where each writer says with every commit which of its transactions this is. The database's own numbers of transactions would not tell: after a crash those that were lost are given again.
    /// </summary>
    private const string Commits = "strata_commits";

    private const int MostReaders = 32;

    /// <summary>So many threads the process starts without hesitating.</summary>
    private const int Threads = 1024;

    /// <summary>How long the server that had the database before may take to be gone.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(3);

    private readonly NpgsqlConnectionStringBuilder settings;
    private readonly NpgsqlDataSource readers;
    private readonly bool isReplica;
    private readonly string writerName = Guid.NewGuid().ToString("N");
    private long transactions;
    private bool wasConnected;

    /// <summary>
    /// A query blocks its thread until the database has answered, and some answers are only noticed by another thread of the process's pool. Were all of them to wait for the
    /// database, nobody would be left to notice; the pool by itself adds one a second, each of which begins to wait too.
    /// </summary>
    static PostgresEngine()
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Threads), ports);
    }

    /// <exception cref="DataException">This is not a connection string.</exception>
    public PostgresEngine(string connectionString, TimeSpan wait, bool isReplica = false)
        : base(wait)
    {
        this.isReplica = isReplica;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Enlist = false };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw new DataException($"The setting database is not a connection string of PostgreSQL, such as 'Host=localhost;Database=strata;Username=strata': {e.Message}", e);
        }

        if (string.IsNullOrEmpty(settings.Host))
        {
            throw new DataException("The setting database names no host; a connection string of PostgreSQL is like 'Host=localhost;Database=strata;Username=strata'.");
        }

        settings.ApplicationName ??= "strata";
        settings.Timeout = Math.Clamp((int)Math.Ceiling(wait.TotalSeconds), 1, Math.Max(1, settings.Timeout));
        var pooled = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        pooled.ConnectionStringBuilder.Pooling = true;
        pooled.ConnectionStringBuilder.MaxPoolSize = Math.Min(MostReaders, pooled.ConnectionStringBuilder.MaxPoolSize);
        pooled.ConnectionStringBuilder.NoResetOnClose = true;
        pooled.ConnectionStringBuilder.MaxAutoPrepare = 100;
        pooled.UsePhysicalConnectionInitializer(MakeReader, reader =>
        {
            MakeReader(reader);
            return Task.CompletedTask;
        });
        readers = pooled.Build();
    }

    public override string Name => "postgresql";

    public override string Place => $"'{settings.Database ?? settings.Username}' on {settings.Host}";

    public override void ForgetReaders() => readers.Clear();

    public override long? Begin(DbConnection writer)
    {
        writer.Execute($"begin; select pg_advisory_xact_lock({TurnLock})");
        return ++transactions;
    }

    public override void Commit(DbConnection writer, long? transaction) => writer.Execute(
        $"insert into {Commits} (writer, number, at) values (@writerName, @transaction, now()) on conflict (writer) do update set number = excluded.number, at = excluded.at; commit",
        new { writerName, transaction });

    /// <summary>The turn passes on when the transaction has come to its end, whichever.</summary>
    public override bool HasCommitted(DbConnection writer, long transaction)
    {
        writer.Execute($"select pg_advisory_lock({TurnLock}); select pg_advisory_unlock({TurnLock})");
        return writer.ExecuteScalar<bool>($"select exists (select from {Commits} where writer = @writerName and number = @transaction)", new { writerName, transaction });
    }

    public override void BeginSnapshot(DbConnection reader) => reader.Execute("begin isolation level repeatable read, read only; select 1 from pg_class limit 1");

    public override IReadOnlyList<string> Tables(DbConnection connection) =>
        connection.Query<string>($"select relname from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace and relname <> '{Commits}' order by oid").AsList();

    public override void AlignNumbers(DbConnection writer)
    {
        var numbered = writer.Query<(string Table, string Column)>(
            "select table_name, column_name from information_schema.columns where table_schema = current_schema() and is_identity = 'YES'").AsList();
        foreach ((string table, string column) in numbered)
        {
            writer.Execute($"select setval(pg_get_serial_sequence('\"{table}\"', '{column}'), greatest(coalesce(max(\"{column}\"), 0), 1), coalesce(max(\"{column}\"), 0) > 0) from \"{table}\"");
        }
    }

    public override string Translate(string ddl) => PostgresDdl.Translate(ddl);

    public override Trouble TroubleOf(DbException error) => error switch
    {
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "57P05" } => Trouble.Connection,
        PostgresException server => server.SqlState.StartsWith("08", StringComparison.Ordinal) ? Trouble.Connection : Trouble.Statement,
        _ => Trouble.Connection,
    };

    public override Exception Explain(DbException error) => error is PostgresException server
        ? server.SqlState switch
        {
            "22021" or "22P05" => new DataException("A text holds the character U+0000, which cannot be stored.", error),
            "28000" or "28P01" => new StorageException($"The database {Place} refused the user '{settings.Username}': {server.MessageText}.", inner: error),
            "3D000" => new StorageException($"There is no database {Place}. Make it first: createdb {settings.Database ?? settings.Username}.", inner: error),
            "42501" => new StorageException($"The user '{settings.Username}' may not do this in the database {Place}: {server.MessageText}.", inner: error),
            "55P03" or "57014" => new StorageException($"The database {Place} is locked by another program. Try again in a moment.", isTemporary: true, error),
            "53100" => new StorageException($"The disk of the database {Place} is full. Free some space; nothing was lost.", isTemporary: true, error),
            "53300" or "53400" => new StorageException($"The database {Place} has no connection to spare. Try again in a moment.", isTemporary: true, error),
            "XX001" or "XX002" => new StorageException($"The database {Place} is damaged ({server.MessageText}). Restore it from a backup.", inner: error),
            _ when TroubleOf(error) == Trouble.Connection => Unreachable(error),
            _ => new StorageException($"The database {Place} failed: {server.MessageText}", inner: error),
        }
        : Unreachable(error);

    public override void BackUp(DbConnection writer, string folder, string name, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        using var snapshot = new DatabaseSnapshot(this);
        Backup.WriteRows(snapshot, Path.Join(folder, $"{name}.zip"), clock);
    }

    public override void Dispose() => readers.Dispose();

    protected override DbConnection ConnectWriter()
    {
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            if (!isReplica)
            {
                TakeServerLock(connection);
            }

            connection.Execute($"set synchronous_commit = on; set lock_timeout = {(long)Wait.TotalMilliseconds};");
            MakeCommits(connection);
            wasConnected = true;
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    protected override DbConnection ConnectReader() => readers.OpenConnection();

    /// <summary>
    /// The lock of an earlier connection is released when the database has noticed its end, which is waited for. Once it is ours, nothing of that
    /// connection is under way any more.
    /// </summary>
    private void TakeServerLock(NpgsqlConnection connection)
    {
        TimeSpan wait = wasConnected || Wait < FirstWait ? Wait : FirstWait;
        try
        {
            connection.Execute($"set lock_timeout = {(long)wait.TotalMilliseconds}");
            connection.Execute("select pg_advisory_lock(@ServerLock)", new { ServerLock });
        }
        catch (PostgresException e) when (e.SqlState == "55P03")
        {
            throw wasConnected
                ? new StorageException($"Another Strata server has taken the database {Place}. Stop it; this one goes on then.", isTemporary: true, e)
                : new ConflictException($"Another Strata server has the database {Place} open. Stop it, or give this one another database.");
        }
    }

    /// <summary>The table of commits, without writers that ended long ago.</summary>
    private static void MakeCommits(NpgsqlConnection connection) => connection.Execute(
        $"""
        begin;
        set local client_min_messages = warning;
        select pg_advisory_xact_lock({TurnLock});
        create table if not exists {Commits} (writer text primary key, number bigint not null, at timestamptz not null);
        delete from {Commits} where at < now() - interval '30 days';
        commit
        """);

    private void MakeReader(NpgsqlConnection connection)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = $"set default_transaction_read_only = on; set lock_timeout = {(long)Wait.TotalMilliseconds};";
        command.ExecuteNonQuery();
    }

    private StorageException Unreachable(DbException error) =>
        new($"The database {Place} cannot be reached: {error.InnerException?.Message ?? error.Message}", isTemporary: true, error);
}
