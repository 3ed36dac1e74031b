using System.Data;
using Dapper;

namespace Strata.Platform.Accounts;

/// <summary>Users who are given roles together.</summary>
public sealed record Team(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>The rows of teams and of who is in them.</summary>
internal static class TeamTable
{
    public const string Create = """
        create table teams (
            sequence integer primary key,
            id text not null unique,
            name text not null,
            name_key text not null unique,
            created_at bigint not null);
        create table team_members (
            team_id text not null,
            user_id text not null,
            primary key (team_id, user_id));
        create index team_members_by_user on team_members (user_id);
        """;

    public static void Insert(IDbConnection connection, Team team) => connection.Execute(
        "insert into teams (id, name, name_key, created_at) values (@Id, @Name, @key, @createdAt)",
        new { team.Id, team.Name, key = AccountName.Key(team.Name), createdAt = team.CreatedAt.ToUnixTimeMilliseconds() });

    public static Team? Find(IDbConnection connection, string id) => Read(connection, "where id = @id", new { id }).FirstOrDefault();

    public static Team? FindNamed(IDbConnection connection, string name) => Read(connection, "where name_key = @key", new { key = AccountName.Key(name) }).FirstOrDefault();

    public static IReadOnlyList<Team> List(IDbConnection connection) => Read(connection, "order by name_key", null);

    public static void Delete(IDbConnection connection, string id) => connection.Execute("delete from team_members where team_id = @id; delete from teams where id = @id", new { id });

    /// <summary>The ids of its members.</summary>
    public static IReadOnlyList<string> Members(IDbConnection connection, string id) =>
        connection.Query<string>("select user_id from team_members join users on users.id = user_id where team_id = @id order by name_key", new { id }).AsList();

    public static void Add(IDbConnection connection, string id, string userId) =>
        connection.Execute("insert into team_members (team_id, user_id) values (@id, @userId) on conflict do nothing", new { id, userId });

    public static void Remove(IDbConnection connection, string id, string userId) =>
        connection.Execute("delete from team_members where team_id = @id and user_id = @userId", new { id, userId });

    public static void RemoveEverywhere(IDbConnection connection, string userId) => connection.Execute("delete from team_members where user_id = @userId", new { userId });

    private static Team[] Read(IDbConnection connection, string where, object? values) =>
        [.. connection.Query<(string Id, string Name, long CreatedAt)>($"select id, name, created_at from teams {where}", values).Select(row => new Team(row.Id, row.Name, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt)))];
}
