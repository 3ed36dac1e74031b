using System.Data;
using Dapper;
using Strata.Platform.Runs.Filters;
using Strata.Platform.Storage;

namespace Strata.Platform.Runs;

/// <summary>The rows of experiments and their tags.</summary>
internal static class ExperimentTable
{
    public const string Create = """
        create table experiments (
            sequence integer primary key,
            id text not null unique,
            project text not null,
            name text not null,
            artifact_location text not null,
            created_at bigint not null,
            updated_at bigint not null,
            deleted_at bigint,
            unique (project, name));
        create table experiment_tags (
            experiment_id text not null,
            name text not null,
            value text not null,
            primary key (experiment_id, name));
        """;

    private static readonly FilteredSearch Searching = new()
    {
        Table = "experiments",
        Id = "experiments.id",
        Usual = [("experiments.created_at", true)],
        Fields = Field,
    };

    public static void Insert(IDbConnection connection, Experiment experiment)
    {
        connection.Execute(
            """
            insert into experiments (id, project, name, artifact_location, created_at, updated_at)
            values (@Id, @Project, @Name, @ArtifactLocation, @createdAt, @updatedAt)
            """,
            new
            {
                experiment.Id, experiment.Project, experiment.Name, experiment.ArtifactLocation,
                createdAt = experiment.CreatedAt.ToUnixTimeMilliseconds(), updatedAt = experiment.UpdatedAt.ToUnixTimeMilliseconds(),
            });
        SetTags(connection, experiment.Id, experiment.Tags);
    }

    public static void SetTags(IDbConnection connection, string id, IEnumerable<KeyValuePair<string, string>> tags) => connection.Execute(
        "insert into experiment_tags (experiment_id, name, value) values (@id, @Key, @Value) on conflict (experiment_id, name) do update set value = excluded.value",
        tags.Select(tag => new { id, tag.Key, tag.Value }));

    public static bool DeleteTag(IDbConnection connection, string id, string name) =>
        connection.Execute("delete from experiment_tags where experiment_id = @id and name = @name", new { id, name }) == 1;

    public static void Touch(IDbConnection connection, string id, DateTimeOffset at) =>
        connection.Execute("update experiments set updated_at = @at where id = @id", new { id, at = at.ToUnixTimeMilliseconds() });

    public static void Rename(IDbConnection connection, string id, string name) => connection.Execute("update experiments set name = @name where id = @id", new { id, name });

    public static void MarkDeleted(IDbConnection connection, string id, DateTimeOffset? at) =>
        connection.Execute("update experiments set deleted_at = @at where id = @id", new { id, at = at?.ToUnixTimeMilliseconds() });

    /// <summary>Removes deleted experiments whose time is over and that have no run left.</summary>
    public static void PurgeEmpty(IDbConnection connection, DateTimeOffset deletedBefore)
    {
        foreach (string id in connection.Query<string>(
            "select id from experiments where deleted_at < @time and not exists (select 1 from runs where runs.experiment_id = experiments.id)",
            new { time = deletedBefore.ToUnixTimeMilliseconds() }).AsList())
        {
            connection.Execute("delete from experiment_tags where experiment_id = @id", new { id });
            connection.Execute("delete from logged_datasets where experiment_id = @id", new { id });
            connection.Execute("delete from experiments where id = @id", new { id });
        }
    }

    public static Experiment? Find(IDbConnection connection, string id) => Load(connection, [id]) is [var found] ? found : null;

    public static Experiment Get(IDbConnection connection, string id) => Find(connection, id) ?? throw NotFoundException.Of("experiment", id);

    public static Experiment? FindByName(IDbConnection connection, string project, string name) =>
        connection.ExecuteScalar<string?>("select id from experiments where project = @project and name = @name", new { project, name }) is string id ? Find(connection, id) : null;

    public static string? ProjectOf(IDbConnection connection, string id) => connection.ExecuteScalar<string?>("select project from experiments where id = @id", new { id });

    /// <summary>The experiment in which a project's trainings are that name no other, made when it is first needed.</summary>
    public static Experiment DefaultOf(IDbConnection connection, string project, DateTimeOffset now)
    {
        if (FindByName(connection, project, Experiment.DefaultName) is Experiment known)
        {
            return known;
        }

        string id = NewId.Next();
        var made = new Experiment { Id = id, Project = project, Name = Experiment.DefaultName, ArtifactLocation = ArtifactAddress.OfExperiment(id), CreatedAt = now, UpdatedAt = now };
        Insert(connection, made);
        return made;
    }

    public static SearchPage<Experiment> Search(IDbConnection connection, SearchRequest asked, string? projects)
    {
        FoundPage found = Searching.Find(connection, parameters => $"{Lifecycle.Sql("experiments", asked.View)}{ProjectsSql(parameters, projects)}", asked with { Scope = $"{asked.View} {projects}" });
        return new SearchPage<Experiment>(Load(connection, found.Ids), found.NextToken);
    }

    public static IReadOnlyList<Experiment> Load(IDbConnection connection, IReadOnlyList<string> ids)
    {
        var found = new Dictionary<string, Experiment>(StringComparer.Ordinal);
        foreach (string[] some in ids.Chunk(RunTable.MostPerStatement))
        {
            ILookup<string, (string Id, string Name, string Value)> tags = connection
                .Query<(string Id, string Name, string Value)>("select experiment_id, name, value from experiment_tags where experiment_id in @some order by name", new { some }).ToLookup(tag => tag.Id);
            foreach (Row row in connection.Query<Row>("select * from experiments where id in @some", new { some }))
            {
                found[row.Id] = row.ToExperiment(tags[row.Id].ToDictionary(tag => tag.Name, tag => tag.Value));
            }
        }

        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    /// <summary>The same words as of all owned things; null lets in all projects.</summary>
    internal static string ProjectsSql(SqlParameters parameters, string? projects)
    {
        if (projects is null)
        {
            return string.Empty;
        }

        string name = parameters.Add(projects);
        return $" and replace({name}, '/' || experiments.project || '/', '') <> {name}";
    }

    private static FieldSql? Field(FieldName name, SqlParameters parameters) => (name.Entity, name.Key) switch
    {
        (null or "attribute" or "attributes" or "attr", "name") => new FieldSql("experiments.name", false),
        (null or "attribute" or "attributes" or "attr", "experiment_id") => new FieldSql("experiments.id", false),
        (null or "attribute" or "attributes" or "attr", "creation_time" or "created") => new FieldSql("experiments.created_at", true),
        (null or "attribute" or "attributes" or "attr", "last_update_time") => new FieldSql("experiments.updated_at", true),
        ("tag" or "tags", string key) => new FieldSql("t.value", false) { From = "experiment_tags t", Match = $"t.experiment_id = experiments.id and t.name = {parameters.Add(key)}" },
        _ => null,
    };

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Project { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public string ArtifactLocation { get; set; } = string.Empty;

        public long CreatedAt { get; set; }

        public long UpdatedAt { get; set; }

        public long? DeletedAt { get; set; }

        public Experiment ToExperiment(IReadOnlyDictionary<string, string> tags) => new()
        {
            Id = Id,
            Project = Project,
            Name = Name,
            ArtifactLocation = ArtifactLocation,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
            DeletedAt = DeletedAt is long time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null,
            Tags = tags,
        };
    }
}
