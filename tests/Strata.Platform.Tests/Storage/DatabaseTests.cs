using Dapper;
using Microsoft.Data.Sqlite;
using Shouldly;
using Strata.Platform.Storage;
using Xunit;

namespace Strata.Platform.Tests.Storage;

/// <summary>What every database of the platform promises.</summary>
public sealed class DatabaseTests : IDisposable
{
    private static readonly Migration[] Schema = [new(1, "numbers", "create table numbers (value integer primary key); create table log (text text)")];

    private readonly TemporaryFolder folder = new();
    private readonly Database database;

    public DatabaseTests() => database = Open(Schema);

    private string Path => folder.At("strata.db");

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_write_that_returned_is_seen_by_every_reader_and_after_reopening()
    {
        await database.WriteAsync(connection => { connection.Execute("insert into numbers values (7)"); });
        Sum().ShouldBe(7);
        database.Dispose();
        using Database again = Open(Schema);
        again.Read(connection => connection.ExecuteScalar<long>("select sum(value) from numbers")).ShouldBe(7);
    }

    [Fact]
    public async Task A_write_that_throws_leaves_nothing_and_its_neighbours_stand()
    {
        var gate = new TaskCompletionSource();
        Task blocked = database.WriteAsync(_ => gate.Task.Wait());
        Task<int>[] writes = [.. Enumerable.Range(1, 20).Select(i => database.WriteAsync(connection =>
        {
            connection.Execute("insert into numbers values (@i)", new { i });
            return i % 5 == 0 ? throw new InvalidOperationException($"no {i}") : i;
        }))];
        gate.SetResult();
        await blocked;
        foreach ((Task<int> write, int i) in writes.Select((write, i) => (write, i + 1)))
        {
            if (i % 5 == 0)
            {
                (await Should.ThrowAsync<InvalidOperationException>(write)).Message.ShouldBe($"no {i}");
            }
            else
            {
                (await write).ShouldBe(i);
            }
        }

        Sum().ShouldBe(210 - 50);
    }

    [Fact]
    public async Task Many_writers_share_commits_and_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(1, 2000).Select(i => database.WriteAsync(connection => { connection.Execute("insert into numbers values (@i)", new { i }); })));
        Sum().ShouldBe(2000 * 2001 / 2);
    }

    [Fact]
    public async Task A_full_disk_is_said_clearly_and_writing_goes_on_when_there_is_room()
    {
        await database.WriteAsync(connection => { connection.Execute("pragma max_page_count = 8"); });
        Task fits = database.WriteAsync(connection => { connection.Execute("insert into numbers values (1)"); });
        StorageException full = await Should.ThrowAsync<StorageException>(() => database.WriteAsync(connection => { connection.Execute("insert into log values (zeroblob(1000000))"); }));
        full.Message.ShouldContain("full");
        full.IsTemporary.ShouldBeTrue();
        await fits;
        await database.WriteAsync(connection => { connection.Execute("pragma max_page_count = 100000"); });
        await database.WriteAsync(connection => { connection.Execute("insert into log values (zeroblob(1000000))"); });
        Sum().ShouldBe(1);
    }

    [Fact]
    public async Task A_database_that_another_program_locks_for_a_while_is_waited_for()
    {
        using (var other = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            other.Open();
            other.Execute("begin immediate");
            Task write = database.WriteAsync(connection => { connection.Execute("insert into numbers values (3)"); });
            await Task.Delay(300, TestContext.Current.CancellationToken);
            write.IsCompleted.ShouldBeFalse();
            Sum().ShouldBeNull();
            other.Execute("rollback");
            await write;
        }

        Sum().ShouldBe(3);
    }

    [Fact]
    public void Readers_cannot_write() =>
        Should.Throw<StorageException>(() => database.Read(connection => connection.Execute("insert into numbers values (1)")));

    [Fact]
    public void A_later_step_is_applied_once_after_a_copy_was_made()
    {
        database.Dispose();
        Migration[] longer = [.. Schema, new(2, "names", "create table names (value text)")];
        Open(longer).Dispose();
        Open(longer).Dispose();
        string backup = Directory.GetFiles(folder.At("backups")).ShouldHaveSingleItem();
        using var copy = new SqliteConnection($"Data Source={backup};Pooling=False");
        copy.ExecuteScalar<int>("select max(number) from schema_migrations").ShouldBe(1);
    }

    [Fact]
    public void A_step_that_fails_is_undone_and_the_data_stays_as_it_was()
    {
        database.Dispose();
        Migration[] broken = [.. Schema, new(2, "broken", "create table half (value text); create table numbers (again integer)")];
        Should.Throw<StorageException>(() => Open(broken)).Message.ShouldContain("step 2 (broken) failed and was undone");
        using Database again = Open(Schema);
        again.Read(connection => connection.ExecuteScalar<int>("select count(*) from sqlite_master where name = 'half'")).ShouldBe(0);
    }

    [Fact]
    public void A_database_of_a_newer_program_is_left_alone()
    {
        database.Dispose();
        Open([.. Schema, new(2, "names", "create table names (value text)")]).Dispose();
        Should.Throw<StorageException>(() => Open(Schema)).Message.ShouldContain("newer version of Strata");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_with_advice()
    {
        File.WriteAllText(folder.At("other.db"), new string('x', 5000));
        Should.Throw<StorageException>(() => Database.Open(folder.At("other.db"), Schema, folder.At("backups"), TimeProvider.System)).Message.ShouldContain("Restore it");
    }

    private Database Open(Migration[] schema) => Database.Open(Path, schema, folder.At("backups"), TimeProvider.System);

    private long? Sum() => database.Read(connection => connection.ExecuteScalar<long?>("select sum(value) from numbers"));
}
