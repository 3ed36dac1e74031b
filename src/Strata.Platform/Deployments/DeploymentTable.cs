using System.Data;
using Dapper;
using Strata.Platform.Storage;

namespace Strata.Platform.Deployments;

/// <summary>The rows of deployments and of their history, to which rows are only ever added.</summary>
internal static class DeploymentTable
{
    public const string Create = """
        create table deployments (
            sequence integer primary key,
            id text not null unique,
            name text not null unique,
            project text not null default 'default',
            revision integer not null,
            created_at bigint not null);
        create table deployment_revisions (
            sequence integer primary key,
            deployment_id text not null,
            number integer not null,
            plan text not null,
            change text not null,
            note text,
            author text,
            at bigint not null,
            unique (deployment_id, number));
        """;

    private const string Select = """
        select deployments.id, deployments.name, deployments.project, deployments.created_at,
            revisions.number, revisions.plan, revisions.change, revisions.note, revisions.author, revisions.at
        from deployments join deployment_revisions revisions on revisions.deployment_id = deployments.id and revisions.number = deployments.revision
        """;

    public static void Insert(IDbConnection connection, Deployment deployment)
    {
        connection.Execute(
            "insert into deployments (id, name, project, revision, created_at) values (@Id, @Name, @Project, @revision, @createdAt)",
            new { deployment.Id, deployment.Name, deployment.Project, revision = deployment.Current.Number, createdAt = deployment.CreatedAt.ToUnixTimeMilliseconds() });
        InsertRevision(connection, deployment.Id, deployment.Current);
    }

    /// <summary>Adds a revision and makes it the current one; false when somebody else was faster.</summary>
    public static bool Advance(IDbConnection connection, string id, DeploymentRevision next)
    {
        if (connection.Execute("update deployments set revision = @number where id = @id and revision = @before", new { id, number = next.Number, before = next.Number - 1 }) == 0)
        {
            return false;
        }

        InsertRevision(connection, id, next);
        return true;
    }

    public static Deployment? Find(IDbConnection connection, string name) =>
        connection.QueryFirstOrDefault<Row>($"{Select} where deployments.name = @name", new { name })?.ToDeployment();

    /// <summary>The newest first, of the given projects or of all.</summary>
    public static Page<Deployment> List(IDbConnection connection, int offset, int count, IReadOnlyCollection<string>? projects)
    {
        string? scope = ProjectScope.Text(projects);
        return new Page<Deployment>(
            [.. connection.Query<Row>(
                $"{Select} where {ProjectScope.Filter} order by deployments.sequence desc limit @count offset @offset",
                new { offset, projects = scope, count = Math.Clamp(count, 0, Page<Deployment>.MostItems) }).Select(row => row.ToDeployment())],
            connection.ExecuteScalar<int>($"select count(*) from deployments where {ProjectScope.Filter}", new { projects = scope }));
    }

    public static IReadOnlyList<Deployment> All(IDbConnection connection) => [.. connection.Query<Row>(Select).Select(row => row.ToDeployment())];

    /// <summary>Name and revision of all: what has to be asked often to learn what another server changed.</summary>
    public static IReadOnlyDictionary<string, (string Id, int Revision)> Revisions(IDbConnection connection) =>
        connection.Query<(string Name, string Id, int Revision)>("select name, id, revision from deployments").ToDictionary(row => row.Name, row => (row.Id, row.Revision), StringComparer.Ordinal);

    /// <summary>The newest first.</summary>
    public static Page<DeploymentRevision> History(IDbConnection connection, string id, int offset, int count) => new(
        [.. connection.Query<Row>(
            "select * from deployment_revisions where deployment_id = @id order by number desc limit @count offset @offset",
            new { id, offset, count = Math.Clamp(count, 0, Page<DeploymentRevision>.MostItems) }).Select(row => row.ToRevision())],
        connection.ExecuteScalar<int>("select count(*) from deployment_revisions where deployment_id = @id", new { id }));

    public static DeploymentRevision? Revision(IDbConnection connection, string id, int number) =>
        connection.QueryFirstOrDefault<Row>("select * from deployment_revisions where deployment_id = @id and number = @number", new { id, number })?.ToRevision();

    /// <summary>The revision that served at a moment; null before the first.</summary>
    public static DeploymentRevision? RevisionAt(IDbConnection connection, string id, DateTimeOffset at) => connection.QueryFirstOrDefault<Row>(
        "select * from deployment_revisions where deployment_id = @id and at <= @at order by number desc limit 1",
        new { id, at = at.ToUnixTimeMilliseconds() })?.ToRevision();

    public static void Delete(IDbConnection connection, string id)
    {
        connection.Execute("delete from deployment_revisions where deployment_id = @id", new { id });
        connection.Execute("delete from deployments where id = @id", new { id });
    }

    private static void InsertRevision(IDbConnection connection, string id, DeploymentRevision revision) => connection.Execute(
        "insert into deployment_revisions (deployment_id, number, plan, change, note, author, at) values (@id, @Number, @plan, @change, @Note, @By, @at)",
        new { id, revision.Number, plan = JsonText.Of(revision.Plan), change = JsonText.NameOf(revision.Change), revision.Note, revision.By, at = revision.At.ToUnixTimeMilliseconds() });

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public string Project { get; set; } = string.Empty;

        public long CreatedAt { get; set; }

        public int Number { get; set; }

        public string Plan { get; set; } = string.Empty;

        public string Change { get; set; } = string.Empty;

        public string? Note { get; set; }

        public string? Author { get; set; }

        public long At { get; set; }

        public DeploymentRevision ToRevision() =>
            new(Number, JsonText.Read<DeploymentPlan>(Plan), JsonText.EnumOf<DeploymentChange>(Change), Note, Author, DateTimeOffset.FromUnixTimeMilliseconds(At));

        public Deployment ToDeployment() => new() { Id = Id, Name = Name, Project = Project, CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt), Current = ToRevision() };
    }
}
