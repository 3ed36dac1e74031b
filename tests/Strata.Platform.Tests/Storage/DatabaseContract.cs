using Dapper;
using Shouldly;
using Strata.Platform.Storage;
using Strata.Platform.Storage.Engines;
using Xunit;

namespace Strata.Platform.Tests.Storage;

/// <summary>What every database of the platform promises.</summary>
public abstract class DatabaseContract : IDisposable
{
    protected static readonly Migration[] Schema = [new(1, "numbers", "create table numbers (value integer primary key); create table log (text text)")];

    private readonly TemporaryFolder folder = new();
    private Database? database;

    protected Database Database => database ??= Open(Schema);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected TemporaryFolder Folder => folder;

    public void Dispose()
    {
        Close();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_write_that_returned_is_seen_by_every_reader_and_after_reopening()
    {
        await Database.WriteAsync(connection => { connection.Execute("insert into numbers values (7)"); });
        Sum().ShouldBe(7);
        Close();
        using Database again = Open(Schema);
        again.Read(connection => connection.ExecuteScalar<long>("select sum(value) from numbers")).ShouldBe(7);
    }

    [Fact]
    public async Task A_write_that_throws_leaves_nothing_and_its_neighbours_stand()
    {
        var gate = new TaskCompletionSource();
        Task blocked = Database.WriteAsync(_ => gate.Task.Wait());
        Task<int>[] writes = [.. Enumerable.Range(1, 20).Select(i => Database.WriteAsync(connection =>
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
        await Task.WhenAll(Enumerable.Range(1, 2000).Select(i => Database.WriteAsync(connection => { connection.Execute("insert into numbers values (@i)", new { i }); })));
        Sum().ShouldBe(2000 * 2001 / 2);
    }

    [Fact]
    public void Readers_cannot_write() =>
        Should.Throw<StorageException>(() => Database.Read(connection => connection.Execute("insert into numbers values (1)")));

    [Fact]
    public void A_step_that_fails_is_undone_and_the_data_stays_as_it_was()
    {
        _ = Database;
        Close();
        Migration[] broken = [.. Schema, new(2, "broken", "create table half (value text); create table numbers (again integer)")];
        Should.Throw<StorageException>(() => Open(broken)).Message.ShouldContain("step 2 (broken) failed and was undone");
        using Database again = Open(Schema);
        Should.Throw<StorageException>(() => again.Read(connection => connection.ExecuteScalar<int>("select count(*) from half")));
    }

    [Fact]
    public void A_database_of_a_newer_program_is_left_alone()
    {
        _ = Database;
        Close();
        Open([.. Schema, new(2, "names", "create table names (value text)")]).Dispose();
        Should.Throw<StorageException>(() => Open(Schema)).Message.ShouldContain("newer version of Strata");
    }

    [Fact]
    public void A_later_step_is_applied_once_and_one_with_a_smaller_number_that_comes_after_it_too()
    {
        _ = Database;
        Close();
        Migration[] longer = [.. Schema, new(3, "names", "create table names (value text)")];
        Open(longer).Dispose();
        Open(longer).Dispose();
        using Database late = Open([.. longer, new(2, "places", "create table places (value text)")]);
        late.Read(connection => connection.Query<int>("select number from schema_migrations order by number")).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Rows_number_themselves_truth_is_a_number_and_text_compares_byte_by_byte()
    {
        using Database things = Open([.. Schema, new(2, "things", """
            create table things (
                sequence integer primary key,
                name text not null,
                is_good integer not null default 0,
                share double precision,
                text text not null default 'a (text) b',
                primary_name text,
                unique (name)) ;
            alter table things add column origin text not null default 'here';
            create table pairs (a text not null, b bigint not null, primary key (a, b)) without rowid;
            create view names (name) as select name from things union all select a from pairs;
            """)]);
        string[] names = ["b", "a", "B", "_", "\u00e4", "z", "A"];
        await things.WriteAsync(connection =>
        {
            foreach (string name in names)
            {
                connection.Execute("insert into things (name, is_good, share) values (@name, @isGood, @share)", new { name, isGood = name == "z", share = name == "_" ? double.PositiveInfinity : 0.5 });
            }

            connection.Execute("insert into pairs values ('q', 1), ('q', 2)");
        });
        things.Read(connection => connection.Query<string>("select name from things order by name")).ShouldBe(["A", "B", "_", "a", "b", "z", "\u00e4"]);
        things.Read(connection => connection.Query<string>("select name from names order by name limit 2 offset 5")).ShouldBe(["q", "q"]);
        things.Read(connection => connection.Query<string>("select name from things where name in @some order by sequence", new { some = new[] { "A", "b" } })).ShouldBe(["b", "A"]);
        things.Read(connection => connection.Query<Thing>("select * from things where is_good = @yes", new { yes = true }).Single()).ShouldBe(new Thing { Sequence = 6, Name = "z", IsGood = true, Share = 0.5, Text = "a (text) b", Origin = "here" });
        things.Read(connection => connection.ExecuteScalar<double>("select share from things where name = '_'")).ShouldBe(double.PositiveInfinity);
        things.Read(connection => connection.ExecuteScalar<bool>("select exists (select 1 from things where is_good = 1)")).ShouldBeTrue();
        things.Read(connection => connection.Query<(long Number, string Name)>("select sequence as number, name from things order by sequence limit 1").Single()).ShouldBe((1, "b"));
    }

    [Fact]
    public async Task Like_knows_letters_apart_by_size_and_lower_does_not()
    {
        await Database.WriteAsync(connection => { connection.Execute("insert into log values ('Alpha'), ('alpine'), ('al%')"); });
        Like("text like @pattern escape '\\'", "al%").ShouldBe(["al%", "alpine"]);
        Like("lower(text) like lower(@pattern) escape '\\'", "AL%").ShouldBe(["Alpha", "al%", "alpine"]);
        Like("text like @pattern escape '\\'", "al\\%").ShouldBe(["al%"]);

        IEnumerable<string> Like(string where, string pattern) =>
            Database.Read(connection => connection.Query<string>($"select text from log where {where} order by text", new { pattern }));
    }

    [Fact]
    public async Task A_list_that_only_grows_refuses_changes()
    {
        using Database guarded = Open([.. Schema, new(2, "audit", """
            create table audit (sequence integer primary key, what text not null);
            create trigger audit_stays before update on audit begin select raise(abort, 'The audit log only grows.'); end;
            create trigger audit_is_kept before delete on audit begin select raise(abort, 'The audit log only grows.'); end;
            """)]);
        await guarded.WriteAsync(connection => { connection.Execute("insert into audit (what) values ('log in')"); });
        foreach (string change in new[] { "update audit set what = 'nothing'", "delete from audit" })
        {
            (await Should.ThrowAsync<StorageException>(() => guarded.WriteAsync(connection => { connection.Execute(change); }))).Message.ShouldContain("The audit log only grows.");
        }

        guarded.Read(connection => connection.ExecuteScalar<string>("select what from audit")).ShouldBe("log in");
    }

    private protected abstract DatabaseEngine Engine(TimeSpan wait);

    protected Database Open(Migration[] schema, TimeSpan? wait = null) => Database.Open(Engine(wait ?? DataStore.DefaultWait), schema, folder.At("backups"), TimeProvider.System);

    protected void Close()
    {
        database?.Dispose();
        database = null;
    }

    protected long? Sum() => Database.Read(connection => connection.ExecuteScalar<long?>("select sum(value) from numbers"));

    private sealed record Thing
    {
        public long Sequence { get; init; }

        public string Name { get; init; } = string.Empty;

        public bool IsGood { get; init; }

        public double Share { get; init; }

        public string Text { get; init; } = string.Empty;

        public string? PrimaryName { get; init; }

        public string Origin { get; init; } = string.Empty;
    }
}
