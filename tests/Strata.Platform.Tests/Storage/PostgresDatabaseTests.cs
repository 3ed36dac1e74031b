using Dapper;
using Npgsql;
using Shouldly;
using Strata.Platform.Storage;
using Strata.Platform.Storage.Engines;
using Strata.Testing;
using Xunit;

namespace Strata.Platform.Tests.Storage;

public sealed class PostgresDatabaseTests(PostgresCluster cluster) : DatabaseContract
{
    private readonly string connectionString = cluster.EmptyDatabase(nameof(PostgresDatabaseTests));

    [Fact]
    public async Task A_table_that_another_program_locks_is_waited_for_and_then_refused()
    {
        using Database patient = Open(Schema, TimeSpan.FromSeconds(1));
        using (var other = new NpgsqlConnection(connectionString))
        {
            await other.OpenAsync(Cancellation);
            await other.ExecuteAsync("begin; lock table numbers in access exclusive mode");
            Task write = patient.WriteAsync(connection => { connection.Execute("insert into numbers values (3)"); });
            await Task.Delay(300, Cancellation);
            write.IsCompleted.ShouldBeFalse();
            (await Should.ThrowAsync<StorageException>(write)).IsTemporary.ShouldBeTrue();
            Should.Throw<StorageException>(() => patient.Read(connection => connection.Execute("select * from numbers"))).Message.ShouldContain("locked by another program");
            write = patient.WriteAsync(connection => { connection.Execute("insert into numbers values (4)"); });
            await Task.Delay(300, Cancellation);
            await other.ExecuteAsync("rollback");
            await write;
        }

        patient.Read(connection => connection.Query<int>("select value from numbers")).ShouldBe([4]);
    }

    [Fact]
    public void A_second_server_on_the_same_database_is_refused_until_the_first_is_gone()
    {
        _ = Database;
        Should.Throw<ConflictException>(() => Open(Schema, TimeSpan.FromMilliseconds(200))).Message.ShouldContain("Another Strata server");
        Close();
        Open(Schema).Dispose();
    }

    [Theory]
    [InlineData("Database=strata", "names no host")]
    [InlineData("Host=localhost;Colour=red", "not a connection string")]
    public void What_is_no_connection_string_is_refused(string text, string why) =>
        Should.Throw<Learning.Data.DataException>(() => new PostgresEngine(text, DataStore.DefaultWait)).Message.ShouldContain(why);

    [Fact]
    public void What_cannot_be_reached_or_entered_is_said_without_the_password()
    {
        foreach ((string part, string why) in new[] { (";Database=absent", "no database 'absent'"), (";Port=9", "cannot be reached"), (";Username=nobody_here", "refused the user 'nobody_here'") })
        {
            var engine = new PostgresEngine($"{connectionString}{part};Password=tops3cret", TimeSpan.FromSeconds(1));
            StorageException refused = Should.Throw<StorageException>(() => Database.Open(engine, Schema, Folder.At("backups"), TimeProvider.System));
            refused.Message.ShouldContain(why);
            refused.Message.ShouldNotContain("tops3cret");
        }
    }

    [Fact]
    public async Task A_text_with_the_character_zero_is_refused_as_what_it_is() =>
        (await Should.ThrowAsync<Learning.Data.DataException>(() => Database.WriteAsync(connection => { connection.Execute("insert into log values (@text)", new { text = "a\0b" }); })))
            .Message.ShouldContain("U+0000");

    private protected override DatabaseEngine Engine(TimeSpan wait) => new PostgresEngine(connectionString, wait);
}
