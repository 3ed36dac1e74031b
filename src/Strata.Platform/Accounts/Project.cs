using System.Data;
using Dapper;

namespace Strata.Platform.Accounts;

/// <summary>What things belong to, and what roles are given in.</summary>
public sealed record Project(string Id, string Name, string Description, DateTimeOffset CreatedAt);

/// <summary>The rows of projects.</summary>
internal static class ProjectTable
{
    public const string Create = """
        create table projects (
            sequence integer primary key,
            id text not null unique,
            name text not null,
            name_key text not null unique,
            description text not null,
            created_at bigint not null);
        insert into projects (id, name, name_key, description, created_at) values ('default', 'default', 'default', 'What belongs to no other project.', 0);
        """;

    public static void Insert(IDbConnection connection, Project project) => connection.Execute(
        "insert into projects (id, name, name_key, description, created_at) values (@Id, @Name, @key, @Description, @createdAt)",
        new { project.Id, project.Name, project.Description, key = AccountName.Key(project.Name), createdAt = project.CreatedAt.ToUnixTimeMilliseconds() });

    public static Project? Find(IDbConnection connection, string id) => Read(connection, "where id = @id", new { id }).FirstOrDefault();

    /// <summary>By its id or its name.</summary>
    public static Project? FindNamed(IDbConnection connection, string name) =>
        Find(connection, name) ?? Read(connection, "where name_key = @key", new { key = AccountName.Key(name) }).FirstOrDefault();

    public static IReadOnlyList<Project> List(IDbConnection connection) => Read(connection, "order by name_key", null);

    public static void Delete(IDbConnection connection, string id) => connection.Execute("delete from projects where id = @id", new { id });

    private static Project[] Read(IDbConnection connection, string where, object? values) =>
        [.. connection.Query<(string Id, string Name, string Description, long CreatedAt)>($"select id, name, description, created_at from projects {where}", values)
            .Select(row => new Project(row.Id, row.Name, row.Description, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt)))];
}
