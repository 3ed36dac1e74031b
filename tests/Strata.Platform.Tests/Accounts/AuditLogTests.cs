using Dapper;
using Microsoft.Data.Sqlite;
using Shouldly;
using Strata.Platform.Accounts;
using Xunit;

namespace Strata.Platform.Tests.Accounts;

public sealed class AuditLogTests : IAsyncLifetime
{
    private readonly AccountFolder folder = new();

    private AuditLog Audit => folder.Platform.Audit;

    public async ValueTask InitializeAsync()
    {
        await folder.Administrator();
        for (int i = 0; i < 10; i++)
        {
            await Audit.AddAsync(new Actor(null, $"actor {i}", "10.0.0.1"), "try", $"thing/{i}", "for a test");
        }
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Fact]
    public void Every_change_of_accounts_is_in_it()
    {
        AuditEntry first = Audit.ReadAll().First();
        (first.Number, first.Actor, first.Action, first.Detail).ShouldBe((1, "local owner", "create_user", "root, administrator"));
        Audit.Verify().ShouldBe(new AuditCheck(11, Audit.List().Items[0].Hash, null));
    }

    [Fact]
    public async Task A_change_that_is_refused_leaves_no_entry()
    {
        await Should.ThrowAsync<ConflictException>(() => folder.Platform.Users.CreateAsync(Actor.LocalOwner, "root", AccountFolder.Password, isAdmin: false));
        Audit.List().Total.ShouldBe(11);
    }

    [Theory]
    [InlineData("update audit_log set actor = 'somebody else' where number = 5")]
    [InlineData("delete from audit_log where number = 5")]
    [InlineData("delete from audit_log")]
    public async Task The_database_refuses_to_change_it(string sql)
    {
        await Should.ThrowAsync<Exception>(() => folder.Platform.Storage.Database.WriteAsync(connection => connection.Execute(sql)));
        Audit.Verify().Count.ShouldBe(11);
    }

    [Theory]
    [InlineData("delete from audit_log where number = 5", "Entry 5 is missing")]
    [InlineData("update audit_log set actor = 'somebody else' where number = 5", "Entry 5 is not as it was written")]
    [InlineData("update audit_log set time = time + 1 where number = 7", "Entry 7 is not as it was written")]
    [InlineData("update audit_log set hash = '0' where number = 5", "Entry 5 is not as it was written")]
    [InlineData("update audit_log set number = number - 1 where number > 5; ", "does not follow")]
    public async Task Who_gets_at_the_file_and_changes_an_entry_is_found_out(string sql, string problem)
    {
        await Tamper(sql.Contains("number - 1", StringComparison.Ordinal) ? "delete from audit_log where number = 5;" + sql : sql);
        AuditCheck check = Audit.Verify();
        check.Problem.ShouldNotBeNull().ShouldContain(problem);
    }

    [Fact]
    public async Task What_is_cut_off_the_end_shows_by_a_hash_that_was_noted_before()
    {
        string noted = Audit.Verify().LastHash;
        Audit.Verify(noted).Problem.ShouldBeNull();
        await Tamper("delete from audit_log where number > 8");
        Audit.Verify().Problem.ShouldBeNull();
        Audit.Verify(noted).Problem.ShouldNotBeNull().ShouldContain("cut off");
    }

    [Fact]
    public async Task Names_cannot_forge_a_line()
    {
        await Audit.AddAsync(new Actor(null, "eve\r\n2030 root delete_user\u001b[2K"), "try", "thing/\n1", "a\u2028b");
        AuditEntry entry = Audit.List().Items[0];
        $"{entry.Actor}{entry.Subject}{entry.Detail}".Any(letter => char.IsControl(letter) || letter == '\u2028').ShouldBeFalse();
    }

    [Fact]
    public async Task Many_at_once_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Audit.AddAsync(Actor.LocalOwner, "try", $"thing/{i}")));
        Audit.Verify().ShouldSatisfyAllConditions(check => check.Problem.ShouldBeNull(), check => check.Count.ShouldBe(211));
    }

    private Task Tamper(string sql) => folder.Restart(meanwhile: () =>
    {
        using var connection = new SqliteConnection($"Data Source={folder.DatabasePath};Pooling=False");
        connection.Open();
        connection.Execute("drop trigger audit_log_is_not_changed; drop trigger audit_log_is_not_deleted;" + sql);
    });
}
