using System.Data;
using Dapper;
using Strata.Platform.Runs.Filters;
using Strata.Platform.Storage;

namespace Strata.Platform.Runs;

/// <summary>The rows of logged models, of their parameters and tags, and of which runs gave them out.</summary>
internal static class LoggedModelTable
{
    public const string Create = """
        create table logged_models (
            sequence integer primary key,
            id text not null unique,
            experiment_id text not null,
            name text not null,
            artifact_location text not null,
            status text not null,
            status_message text,
            model_type text,
            run_id text,
            created_at bigint not null,
            updated_at bigint not null);
        create index logged_models_by_experiment on logged_models (experiment_id, created_at desc);
        create index logged_models_by_run on logged_models (run_id);
        create table logged_model_parameters (
            model_id text not null,
            name text not null,
            value text not null,
            primary key (model_id, name));
        create table logged_model_tags (
            model_id text not null,
            name text not null,
            value text not null,
            primary key (model_id, name));
        create table run_outputs (
            run_id text not null,
            model_id text not null,
            step bigint not null,
            primary key (run_id, model_id));
        """;

    private static readonly FilteredSearch Searching = new()
    {
        Table = "logged_models",
        Id = "logged_models.id",
        Usual = [("logged_models.created_at", true)],
        Fields = Field,
    };

    public static void Insert(IDbConnection connection, LoggedModel model)
    {
        connection.Execute(
            """
            insert into logged_models (id, experiment_id, name, artifact_location, status, model_type, run_id, created_at, updated_at)
            values (@Id, @ExperimentId, @Name, @ArtifactLocation, @status, @ModelType, @RunId, @at, @at)
            """,
            new { model.Id, model.ExperimentId, model.Name, model.ArtifactLocation, model.ModelType, model.RunId, status = JsonText.NameOf(model.Status), at = model.CreatedAt.ToUnixTimeMilliseconds() });
        connection.Execute("insert into logged_model_parameters (model_id, name, value) values (@Id, @Key, @Value)", model.Parameters.Select(pair => new { model.Id, pair.Key, pair.Value }));
        SetTags(connection, model.Id, model.Tags);
    }

    public static void Finish(IDbConnection connection, string id, LoggedModelStatus status, string? message, DateTimeOffset at) => connection.Execute(
        "update logged_models set status = @status, status_message = @message, updated_at = @at where id = @id",
        new { id, status = JsonText.NameOf(status), message, at = at.ToUnixTimeMilliseconds() });

    public static void SetTags(IDbConnection connection, string id, IEnumerable<KeyValuePair<string, string>> tags) => connection.Execute(
        "insert into logged_model_tags (model_id, name, value) values (@id, @Key, @Value) on conflict (model_id, name) do update set value = excluded.value",
        tags.Select(tag => new { id, tag.Key, tag.Value }));

    public static bool DeleteTag(IDbConnection connection, string id, string name) =>
        connection.Execute("delete from logged_model_tags where model_id = @id and name = @name", new { id, name }) == 1;

    public static void SetOutputs(IDbConnection connection, string runId, IEnumerable<ModelOutput> outputs) => connection.Execute(
        "insert into run_outputs (run_id, model_id, step) values (@runId, @ModelId, @Step) on conflict (run_id, model_id) do update set step = excluded.step",
        outputs.Select(output => new { runId, output.ModelId, output.Step }));

    public static ILookup<string, ModelOutput> Outputs(IDbConnection connection, IReadOnlyCollection<string> runIds) => connection
        .Query<(string RunId, string ModelId, long Step)>("select run_id, model_id, step from run_outputs where run_id in @runIds order by run_id, model_id", new { runIds })
        .ToLookup(row => row.RunId, row => new ModelOutput(row.ModelId, row.Step));

    /// <summary>Removes a model; returns the hashes of its artifacts.</summary>
    public static IReadOnlyList<string> Delete(IDbConnection connection, string id)
    {
        IReadOnlyList<string> hashes = [.. Artifact.Read(connection, id).Select(artifact => artifact.Hash)];
        connection.Execute("delete from logged_model_parameters where model_id = @id", new { id });
        connection.Execute("delete from logged_model_tags where model_id = @id", new { id });
        connection.Execute("delete from run_outputs where model_id = @id", new { id });
        connection.Execute("delete from artifacts where owner = @id", new { id });
        connection.Execute("delete from logged_models where id = @id", new { id });
        return hashes;
    }

    public static IReadOnlyList<string> OfRun(IDbConnection connection, string runId) => connection.Query<string>("select id from logged_models where run_id = @runId", new { runId }).AsList();

    public static string? ProjectOf(IDbConnection connection, string id) =>
        connection.ExecuteScalar<string?>("select e.project from logged_models m join experiments e on e.id = m.experiment_id where m.id = @id", new { id });

    public static LoggedModel? Find(IDbConnection connection, string id) => Load(connection, [id]) is [var found] ? found : null;

    public static LoggedModel Get(IDbConnection connection, string id) => Find(connection, id) ?? throw NotFoundException.Of("logged model", id);

    public static SearchPage<LoggedModel> Search(IDbConnection connection, IReadOnlyList<string> experimentIds, SearchRequest asked)
    {
        FoundPage found = Searching.Find(
            connection,
            parameters => $"logged_models.experiment_id in ({string.Join(", ", experimentIds.Select(parameters.Add))})",
            asked with { Scope = string.Join(' ', experimentIds) });
        return new SearchPage<LoggedModel>(Load(connection, found.Ids), found.NextToken);
    }

    private static IReadOnlyList<LoggedModel> Load(IDbConnection connection, IReadOnlyList<string> ids)
    {
        var found = new Dictionary<string, LoggedModel>(StringComparer.Ordinal);
        foreach (string[] some in ids.Chunk(RunTable.MostPerStatement))
        {
            ILookup<string, KeyValuePair<string, string>> parameters = Pairs(connection, "logged_model_parameters", some), tags = Pairs(connection, "logged_model_tags", some);
            foreach (Row row in connection.Query<Row>("select * from logged_models where id in @some", new { some }))
            {
                found[row.Id] = row.ToModel() with { Parameters = parameters[row.Id].ToDictionary(StringComparer.Ordinal), Tags = tags[row.Id].ToDictionary(StringComparer.Ordinal) };
            }
        }

        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    private static ILookup<string, KeyValuePair<string, string>> Pairs(IDbConnection connection, string table, string[] ids) => connection
        .Query<(string Id, string Name, string Value)>($"select model_id, name, value from {table} where model_id in @ids order by model_id, name", new { ids })
        .ToLookup(row => row.Id, row => KeyValuePair.Create(row.Name, row.Value));

    private static FieldSql? Field(FieldName name, SqlParameters parameters) => (name.Entity, name.Key) switch
    {
        (null or "attribute" or "attributes", "name") => new FieldSql("logged_models.name", false),
        (null or "attribute" or "attributes", "model_id") => new FieldSql("logged_models.id", false),
        (null or "attribute" or "attributes", "model_type") => new FieldSql("logged_models.model_type", false) { IsNullable = true },
        (null or "attribute" or "attributes", "status") => new FieldSql("upper(logged_models.status)", false),
        (null or "attribute" or "attributes", "source_run_id") => new FieldSql("logged_models.run_id", false) { IsNullable = true },
        (null or "attribute" or "attributes", "creation_timestamp" or "creation_time") => new FieldSql("logged_models.created_at", true),
        (null or "attribute" or "attributes", "last_updated_timestamp") => new FieldSql("logged_models.updated_at", true),
        ("tag" or "tags", string key) => new FieldSql("t.value", false) { From = "logged_model_tags t", Match = $"t.model_id = logged_models.id and t.name = {parameters.Add(key)}" },
        ("param" or "params", string key) => new FieldSql("p.value", false) { From = "logged_model_parameters p", Match = $"p.model_id = logged_models.id and p.name = {parameters.Add(key)}" },
        _ => null,
    };

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string ExperimentId { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public string ArtifactLocation { get; set; } = string.Empty;

        public string Status { get; set; } = string.Empty;

        public string? StatusMessage { get; set; }

        public string? ModelType { get; set; }

        public string? RunId { get; set; }

        public long CreatedAt { get; set; }

        public long UpdatedAt { get; set; }

        public LoggedModel ToModel() => new()
        {
            Id = Id,
            ExperimentId = ExperimentId,
            Name = Name,
            ArtifactLocation = ArtifactLocation,
            Status = JsonText.EnumOf<LoggedModelStatus>(Status),
            StatusMessage = StatusMessage,
            ModelType = ModelType,
            RunId = RunId,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
        };
    }
}
