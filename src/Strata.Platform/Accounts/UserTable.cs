using System.Data;
using Dapper;

namespace Strata.Platform.Accounts;

/// <summary>The rows of users.</summary>
internal static class UserTable
{
    public const string Create = """
        create table users (
            sequence integer primary key,
            id text not null unique,
            name text not null,
            name_key text not null unique,
            password_hash text,
            is_service_account integer not null default 0,
            is_admin integer not null default 0,
            is_disabled integer not null default 0,
            created_at bigint not null);
        """;

    private const string Select = "select users.*, (select count(*) from second_factors where second_factors.user_id = users.id and is_on = 1) as second_factors from users";

    public static void Insert(IDbConnection connection, User user, string? passwordHash) => connection.Execute(
        """
        insert into users (id, name, name_key, password_hash, is_service_account, is_admin, created_at)
        values (@Id, @Name, @key, @passwordHash, @service, @admin, @createdAt)
        """,
        new
        {
            user.Id, user.Name, key = AccountName.Key(user.Name), passwordHash, service = user.IsServiceAccount ? 1 : 0, admin = user.IsAdmin ? 1 : 0,
            createdAt = user.CreatedAt.ToUnixTimeMilliseconds(),
        });

    public static void Save(IDbConnection connection, User user) => connection.Execute(
        "update users set is_admin = @admin, is_disabled = @disabled where id = @Id",
        new { user.Id, admin = user.IsAdmin ? 1 : 0, disabled = user.IsDisabled ? 1 : 0 });

    public static void SavePassword(IDbConnection connection, string id, string passwordHash) =>
        connection.Execute("update users set password_hash = @passwordHash where id = @id", new { id, passwordHash });

    public static User? Find(IDbConnection connection, string id) => connection.QueryFirstOrDefault<Row>($"{Select} where id = @id", new { id })?.ToUser();

    public static User? FindNamed(IDbConnection connection, string name) =>
        connection.QueryFirstOrDefault<Row>($"{Select} where name_key = @key", new { key = AccountName.Key(name) })?.ToUser();

    public static string? PasswordHash(IDbConnection connection, string id) =>
        connection.ExecuteScalar<string?>("select password_hash from users where id = @id", new { id });

    /// <summary>In the order of their names.</summary>
    public static Page<User> List(IDbConnection connection, int offset, int count) => new(
        [.. connection.Query<Row>($"{Select} order by name_key limit @count offset @offset", new { offset, count = Math.Clamp(count, 0, Page<User>.MostItems) }).Select(row => row.ToUser())],
        connection.ExecuteScalar<int>("select count(*) from users"));

    public static bool Any(IDbConnection connection) => connection.ExecuteScalar<bool>("select exists (select 1 from users)");

    /// <summary>How many can administer: enabled people with a password.</summary>
    public static int Admins(IDbConnection connection) =>
        connection.ExecuteScalar<int>("select count(*) from users where is_admin = 1 and is_disabled = 0 and is_service_account = 0");

    public static void Delete(IDbConnection connection, string id) => connection.Execute("delete from users where id = @id", new { id });

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public int IsServiceAccount { get; set; }

        public int IsAdmin { get; set; }

        public int IsDisabled { get; set; }

        public long SecondFactors { get; set; }

        public long CreatedAt { get; set; }

        public User ToUser() => new()
        {
            Id = Id,
            Name = Name,
            IsServiceAccount = IsServiceAccount != 0,
            IsAdmin = IsAdmin != 0,
            IsDisabled = IsDisabled != 0,
            HasSecondFactor = SecondFactors != 0,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        };
    }
}
