using System.Data;
using Dapper;

namespace Strata.Platform.Accounts;

/// <summary>The rows of second factors and of the codes that stand in for a lost one.</summary>
internal static class SecondFactorTable
{
    public const string Create = """
        create table second_factors (
            user_id text primary key,
            secret text not null,
            is_on integer not null default 0,
            last_step bigint not null default 0);
        create table recovery_codes (
            hash text primary key,
            user_id text not null,
            is_used integer not null default 0);
        create index recovery_codes_by_user on recovery_codes (user_id);
        """;

    /// <summary>A key that waits for its first code, in place of one that waited before.</summary>
    public static void Begin(IDbConnection connection, string userId, byte[] key) => connection.Execute(
        "insert into second_factors (user_id, secret) values (@userId, @secret) on conflict (user_id) do update set secret = excluded.secret, last_step = 0",
        new { userId, secret = Convert.ToBase64String(key) });

    public static (byte[] Key, bool IsOn, long LastStep)? Find(IDbConnection connection, string userId)
    {
        (string? secret, long isOn, long lastStep) = connection.QueryFirstOrDefault<(string?, long, long)>("select secret, is_on, last_step from second_factors where user_id = @userId", new { userId });
        return secret is null ? null : (Convert.FromBase64String(secret), isOn != 0, lastStep);
    }

    public static bool IsOn(IDbConnection connection, string userId) => Find(connection, userId) is { IsOn: true };

    /// <summary>Notes that a code was taken; from then on it and earlier ones are worthless.</summary>
    public static void Use(IDbConnection connection, string userId, long step) =>
        connection.Execute("update second_factors set is_on = 1, last_step = @step where user_id = @userId", new { userId, step });

    public static void AddRecoveryCodes(IDbConnection connection, string userId, IEnumerable<string> hashes) =>
        connection.Execute("insert into recovery_codes (hash, user_id) values (@hash, @userId)", hashes.Select(hash => new { hash, userId }));

    /// <summary>False when there is no such code, or it was used before.</summary>
    public static bool UseRecoveryCode(IDbConnection connection, string userId, string hash) =>
        connection.Execute("update recovery_codes set is_used = 1 where hash = @hash and user_id = @userId and is_used = 0", new { hash, userId }) > 0;

    public static int RecoveryCodesLeft(IDbConnection connection, string userId) =>
        connection.ExecuteScalar<int>("select count(*) from recovery_codes where user_id = @userId and is_used = 0", new { userId });

    public static void Delete(IDbConnection connection, string userId)
    {
        connection.Execute("delete from recovery_codes where user_id = @userId", new { userId });
        connection.Execute("delete from second_factors where user_id = @userId", new { userId });
    }
}
