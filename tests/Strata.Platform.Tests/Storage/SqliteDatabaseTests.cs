using Dapper;
using Microsoft.Data.Sqlite;
using Shouldly;
using Strata.Platform.Storage;
using Strata.Platform.Storage.Engines;
using Xunit;

namespace Strata.Platform.Tests.Storage;

public sealed class SqliteDatabaseTests : DatabaseContract
{
    private string Path => Folder.At("strata.db");

    [Fact]
    public async Task A_full_disk_is_said_clearly_and_writing_goes_on_when_there_is_room()
    {
        await Database.WriteAsync(connection => { connection.Execute("pragma max_page_count = 8"); });
        Task fits = Database.WriteAsync(connection => { connection.Execute("insert into numbers values (1)"); });
        StorageException full = await Should.ThrowAsync<StorageException>(() => Database.WriteAsync(connection => { connection.Execute("insert into log values (zeroblob(1000000))"); }));
        full.Message.ShouldContain("full");
        full.IsTemporary.ShouldBeTrue();
        await fits;
        await Database.WriteAsync(connection => { connection.Execute("pragma max_page_count = 100000"); });
        await Database.WriteAsync(connection => { connection.Execute("insert into log values (zeroblob(1000000))"); });
        Sum().ShouldBe(1);
    }

    [Fact]
    public async Task A_database_that_another_program_locks_is_waited_for_and_then_refused()
    {
        using Database patient = Open(Schema, TimeSpan.FromSeconds(1));
        using (var other = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            other.Open();
            other.Execute("begin immediate");
            Task write = patient.WriteAsync(connection => { connection.Execute("insert into numbers values (3)"); });
            await Task.Delay(300, Cancellation);
            write.IsCompleted.ShouldBeFalse();
            patient.Read(connection => connection.ExecuteScalar<int>("select count(*) from numbers")).ShouldBe(0);
            (await Should.ThrowAsync<StorageException>(write)).IsTemporary.ShouldBeTrue();
            write = patient.WriteAsync(connection => { connection.Execute("insert into numbers values (4)"); });
            await Task.Delay(300, Cancellation);
            other.Execute("rollback");
            await write;
        }

        patient.Read(connection => connection.Query<int>("select value from numbers")).ShouldBe([4]);
    }

    [Fact]
    public void A_later_step_is_applied_once_after_a_copy_was_made()
    {
        _ = Database;
        Close();
        Migration[] longer = [.. Schema, new(2, "names", "create table names (value text)")];
        Open(longer).Dispose();
        Open(longer).Dispose();
        string backup = Directory.GetFiles(Folder.At("backups")).ShouldHaveSingleItem();
        using var copy = new SqliteConnection($"Data Source={backup};Pooling=False");
        copy.ExecuteScalar<int>("select max(number) from schema_migrations").ShouldBe(1);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_with_advice()
    {
        File.WriteAllText(Folder.At("other.db"), new string('x', 5000));
        Should.Throw<StorageException>(() => Database.Open(new SqliteEngine(Folder.At("other.db"), DataStore.DefaultWait), Schema, Folder.At("backups"), TimeProvider.System)).Message.ShouldContain("Restore it");
    }

    private protected override DatabaseEngine Engine(TimeSpan wait) => new SqliteEngine(Path, wait);
}
