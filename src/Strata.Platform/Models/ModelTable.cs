using System.Data;
using Dapper;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Platform.Storage;

namespace Strata.Platform.Models;

/// <summary>The rows of stored models.</summary>
internal static class ModelTable
{
    public const string Create = """
        create table models (
            sequence integer primary key,
            id text not null unique,
            name text not null,
            version integer not null,
            origin text not null,
            algorithm text not null,
            task text not null,
            target text not null,
            classes text not null,
            features text not null,
            metrics text not null,
            run_id text,
            preset text,
            hash text not null,
            bytes bigint not null,
            created_at bigint not null,
            unique (name, version));
        """;

    /// <summary>Added when models began to belong to projects: versions count within one, which needs the table anew.</summary>
    public const string AddProject = """
        create table models_in_projects (
            sequence integer primary key,
            id text not null unique,
            project text not null default 'default',
            name text not null,
            version integer not null,
            origin text not null,
            algorithm text not null,
            task text not null,
            target text not null,
            classes text not null,
            features text not null,
            metrics text not null,
            run_id text,
            preset text,
            hash text not null,
            bytes bigint not null,
            created_at bigint not null,
            unique (project, name, version));
        insert into models_in_projects (sequence, id, name, version, origin, algorithm, task, target, classes, features, metrics, run_id, preset, hash, bytes, created_at)
            select sequence, id, name, version, origin, algorithm, task, target, classes, features, metrics, run_id, preset, hash, bytes, created_at from models;
        drop table models;
        alter table models_in_projects rename to models;

        """;

    public static void Insert(IDbConnection connection, StoredModel model) => connection.Execute(
        """
        insert into models (id, name, project, version, origin, algorithm, task, target, classes, features, metrics, run_id, preset, hash, bytes, created_at)
        values (@Id, @Name, @Project, @Version, @origin, @Algorithm, @task, @Target, @classes, @features, @metrics, @RunId, @Preset, @Hash, @Bytes, @createdAt)
        """,
        new
        {
            model.Id, model.Name, model.Project, model.Version, model.Algorithm, model.Target, model.RunId, model.Preset, model.Hash, model.Bytes,
            origin = JsonText.NameOf(model.Origin), task = JsonText.NameOf(model.Task), classes = JsonText.Of(model.Classes), features = JsonText.Of(model.Features),
            metrics = JsonText.Of(model.Metrics), createdAt = model.CreatedAt.ToUnixTimeMilliseconds(),
        });

    public static StoredModel? Find(IDbConnection connection, string id) =>
        connection.QueryFirstOrDefault<Row>("select * from models where id = @id", new { id })?.ToModel();

    /// <summary>The project's model of that name and file, or null.</summary>
    public static StoredModel? FindSame(IDbConnection connection, StoredModel model) => connection.QueryFirstOrDefault<Row>(
        "select * from models where project = @Project and name = @Name and hash = @Hash limit 1",
        new { model.Project, model.Name, model.Hash })?.ToModel();

    /// <summary>The newest that shipped with the program under that name, or null.</summary>
    public static StoredModel? FindPretrained(IDbConnection connection, string name) => connection.QueryFirstOrDefault<Row>(
        "select * from models where name = @name and origin = @origin order by sequence desc limit 1", new { name, origin = JsonText.NameOf(ModelOrigin.Pretrained) })?.ToModel();

    /// <summary>The newest first.</summary>
    public static Page<StoredModel> List(IDbConnection connection, int offset, int count, IReadOnlyCollection<string>? projects) => new(
        [.. connection.Query<Row>(
            $"select * from models where {ProjectScope.Filter} order by sequence desc limit @count offset @offset",
            new { projects = ProjectScope.Text(projects), offset, count = Math.Clamp(count, 0, Page<StoredModel>.MostItems) }).Select(row => row.ToModel())],
        connection.ExecuteScalar<int>($"select count(*) from models where {ProjectScope.Filter}", new { projects = ProjectScope.Text(projects) }));

    public static int NextVersion(IDbConnection connection, string project, string name) =>
        (connection.ExecuteScalar<int?>("select max(version) from models where project = @project and name = @name", new { project, name }) ?? 0) + 1;

    public static void Delete(IDbConnection connection, string id) => connection.Execute("delete from models where id = @id", new { id });

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public string Project { get; set; } = string.Empty;

        public int Version { get; set; }

        public string Origin { get; set; } = string.Empty;

        public string Algorithm { get; set; } = string.Empty;

        public string Task { get; set; } = string.Empty;

        public string Target { get; set; } = string.Empty;

        public string Classes { get; set; } = string.Empty;

        public string Features { get; set; } = string.Empty;

        public string Metrics { get; set; } = string.Empty;

        public string? RunId { get; set; }

        public string? Preset { get; set; }

        public string Hash { get; set; } = string.Empty;

        public long Bytes { get; set; }

        public long CreatedAt { get; set; }

        public StoredModel ToModel() => new()
        {
            Id = Id,
            Name = Name,
            Project = Project,
            Version = Version,
            Origin = JsonText.EnumOf<ModelOrigin>(Origin),
            Algorithm = Algorithm,
            Task = JsonText.EnumOf<LearningTask>(Task),
            Target = Target,
            Classes = JsonText.Read<string[]>(Classes),
            Features = JsonText.Read<SchemaColumn[]>(Features),
            Metrics = JsonText.Read<Dictionary<string, double>>(Metrics),
            RunId = RunId,
            Preset = Preset,
            Hash = Hash,
            Bytes = Bytes,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        };
    }
}
