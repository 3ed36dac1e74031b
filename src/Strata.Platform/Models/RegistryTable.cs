using System.Data;
using Dapper;
using Strata.Platform.Runs;
using Strata.Platform.Runs.Filters;
using Strata.Platform.Storage;

namespace Strata.Platform.Models;

/// <summary>The rows of registered models, their versions, tags and aliases, and of all changes to them. Everything hangs on the model's id, so that a rename moves one word.</summary>
internal static class RegistryTable
{
    public const string Create = """
        create table registered_models (
            sequence integer primary key,
            id text not null unique,
            project text not null,
            name text not null,
            description text not null,
            last_version integer not null default 0,
            created_at bigint not null,
            updated_at bigint not null,
            unique (project, name));
        create table registered_model_tags (
            model_id text not null,
            name text not null,
            value text not null,
            primary key (model_id, name));
        create table model_versions (
            sequence integer primary key,
            id text not null unique,
            model_id text not null,
            version integer not null,
            status text not null,
            description text not null,
            source text not null,
            location text not null,
            run_id text,
            run_link text,
            created_at bigint not null,
            updated_at bigint not null,
            unique (model_id, version));
        create index model_versions_by_run on model_versions (run_id);
        create table model_version_tags (
            version_id text not null,
            name text not null,
            value text not null,
            primary key (version_id, name));
        create table model_aliases (
            model_id text not null,
            name text not null,
            version integer not null,
            primary key (model_id, name));
        create table registry_changes (
            sequence integer primary key,
            model_id text not null,
            model text not null,
            version integer,
            what text not null,
            before_change text,
            after_change text,
            at bigint not null);
        create index registry_changes_by_model on registry_changes (model_id, sequence);
        """;

    /// <summary>Added when versions began to be stored models and to be promoted by rules.</summary>
    public const string AddPromotions = """
        alter table registered_models add column deployment text;
        alter table registered_models add column rules text not null default '{}';
        alter table model_versions add column stored_model_id text;
        create index registered_models_by_deployment on registered_models (deployment);
        create index model_versions_by_stored_model on model_versions (stored_model_id);

        """ + RegistryChangeTable.AddPromotions + Approval.Create;

    private static readonly FilteredSearch Models = new() { Table = "registered_models", Id = "registered_models.id", Usual = [("registered_models.name", false)], Fields = RegistryFields.OfModel };

    private static readonly FilteredSearch Versions = new()
    {
        Table = "model_versions join registered_models on registered_models.id = model_versions.model_id",
        Id = "model_versions.id",
        Usual = [("model_versions.updated_at", true), ("registered_models.name", false), ("model_versions.version", true)],
        Fields = RegistryFields.OfVersion,
    };

    public static void Insert(IDbConnection connection, RegisteredModel model)
    {
        connection.Execute(
            "insert into registered_models (id, project, name, description, created_at, updated_at) values (@Id, @Project, @Name, @Description, @at, @at)",
            new { model.Id, model.Project, model.Name, model.Description, at = model.CreatedAt.ToUnixTimeMilliseconds() });
        SetTags(connection, model.Id, model.Tags);
    }

    /// <summary>Gives the next number of a model.</summary>
    public static int NextVersion(IDbConnection connection, string modelId) =>
        connection.ExecuteScalar<int>("update registered_models set last_version = last_version + 1 where id = @modelId returning last_version", new { modelId });

    public static void Insert(IDbConnection connection, string modelId, ModelVersion version)
    {
        connection.Execute(
            """
            insert into model_versions (id, model_id, version, status, description, source, location, run_id, run_link, stored_model_id, created_at, updated_at)
            values (@Id, @modelId, @Version, @status, @Description, @Source, @Location, @RunId, @RunLink, @storedModelId, @at, @at)
            """,
            new
            {
                version.Id, modelId, version.Version, version.Description, version.Source, version.Location, version.RunId, version.RunLink, storedModelId = version.ModelId,
                status = JsonText.NameOf(version.Status), at = version.CreatedAt.ToUnixTimeMilliseconds(),
            });
        SetVersionTags(connection, version.Id, version.Tags);
        if (version.ModelId is not null)
        {
            Uses.Add(connection, Uses.ByModelVersion(version.Id), [Uses.OfModel(version.ModelId)]);
        }
    }

    public static void SetTags(IDbConnection connection, string modelId, IEnumerable<KeyValuePair<string, string>> tags) => connection.Execute(
        "insert into registered_model_tags (model_id, name, value) values (@modelId, @Key, @Value) on conflict (model_id, name) do update set value = excluded.value",
        tags.Select(tag => new { modelId, tag.Key, tag.Value }));

    public static void DeleteTag(IDbConnection connection, string modelId, string name) =>
        connection.Execute("delete from registered_model_tags where model_id = @modelId and name = @name", new { modelId, name });

    public static void SetVersionTags(IDbConnection connection, string versionId, IEnumerable<KeyValuePair<string, string>> tags) => connection.Execute(
        "insert into model_version_tags (version_id, name, value) values (@versionId, @Key, @Value) on conflict (version_id, name) do update set value = excluded.value",
        tags.Select(tag => new { versionId, tag.Key, tag.Value }));

    public static void DeleteVersionTag(IDbConnection connection, string versionId, string name) =>
        connection.Execute("delete from model_version_tags where version_id = @versionId and name = @name", new { versionId, name });

    public static void SetAlias(IDbConnection connection, string modelId, string name, int version) => connection.Execute(
        "insert into model_aliases (model_id, name, version) values (@modelId, @name, @version) on conflict (model_id, name) do update set version = excluded.version",
        new { modelId, name, version });

    public static void DeleteAlias(IDbConnection connection, string modelId, string name) =>
        connection.Execute("delete from model_aliases where model_id = @modelId and name = @name", new { modelId, name });

    public static void Rename(IDbConnection connection, string modelId, string name) => connection.Execute("update registered_models set name = @name where id = @modelId", new { modelId, name });

    public static void Describe(IDbConnection connection, string modelId, string description) =>
        connection.Execute("update registered_models set description = @description where id = @modelId", new { modelId, description });

    public static void Touch(IDbConnection connection, string modelId, DateTimeOffset at) =>
        connection.Execute("update registered_models set updated_at = @at where id = @modelId", new { modelId, at = at.ToUnixTimeMilliseconds() });

    public static void DescribeVersion(IDbConnection connection, string versionId, string description) =>
        connection.Execute("update model_versions set description = @description where id = @versionId", new { versionId, description });

    public static void SetStatus(IDbConnection connection, string versionId, ModelVersionStatus status) =>
        connection.Execute("update model_versions set status = @status where id = @versionId", new { versionId, status = JsonText.NameOf(status) });

    public static void TouchVersion(IDbConnection connection, string versionId, DateTimeOffset at) =>
        connection.Execute("update model_versions set updated_at = @at where id = @versionId", new { versionId, at = at.ToUnixTimeMilliseconds() });

    public static void Delete(IDbConnection connection, string modelId)
    {
        foreach ((string id, int version) in connection.Query<(string Id, int Version)>("select id, version from model_versions where model_id = @modelId", new { modelId }).AsList())
        {
            DeleteVersion(connection, modelId, id, version);
        }

        foreach (string table in (string[])["model_aliases", "registered_model_tags"])
        {
            connection.Execute($"delete from {table} where model_id = @modelId", new { modelId });
        }

        connection.Execute("delete from registered_models where id = @modelId", new { modelId });
    }

    public static void DeleteVersion(IDbConnection connection, string modelId, string versionId, int version)
    {
        connection.Execute("delete from model_version_tags where version_id = @versionId", new { versionId });
        connection.Execute("delete from model_aliases where model_id = @modelId and version = @version", new { modelId, version });
        Approval.Delete(connection, versionId);
        Uses.End(connection, Uses.ByModelVersion(versionId));
        connection.Execute("delete from model_versions where id = @versionId", new { versionId });
    }

    public static string? FindId(IDbConnection connection, string project, string name) =>
        connection.ExecuteScalar<string?>("select id from registered_models where project = @project and name = @name", new { project, name });

    public static string? FindVersionId(IDbConnection connection, string modelId, int version) =>
        connection.ExecuteScalar<string?>("select id from model_versions where model_id = @modelId and version = @version", new { modelId, version });

    /// <summary>The version of a registered model that is a stored model; null when none is.</summary>
    public static string? FindVersionOf(IDbConnection connection, string modelId, string storedModelId) => connection.ExecuteScalar<string?>(
        "select id from model_versions where model_id = @modelId and stored_model_id = @storedModelId order by version limit 1", new { modelId, storedModelId });

    /// <summary>Those that are a stored model, the last registered first, each with the id of its registered model.</summary>
    public static IReadOnlyList<(string ModelId, ModelVersion Version)> VersionsOf(IDbConnection connection, string storedModelId)
    {
        List<(string Id, string ModelId)> rows = connection.Query<(string, string)>("select id, model_id from model_versions where stored_model_id = @storedModelId order by sequence desc", new { storedModelId }).AsList();
        return [.. rows.Zip(LoadVersions(connection, [.. rows.Select(row => row.Id)]), (row, version) => (row.ModelId, version))];
    }

    /// <summary>Versions that are stored models, the last registered first.</summary>
    public static Page<(RegisteredModel Model, ModelVersion Version)> Servable(
        IDbConnection connection, string? name, ModelVersionStatus? status, int offset, int count, IReadOnlyCollection<string>? projects)
    {
        const string From = $"""
            from model_versions join registered_models on registered_models.id = model_versions.model_id
            where stored_model_id is not null and (@name is null or name = @name) and (@status is null or status = @status) and {ProjectScope.Filter}
            """;
        var asked = new
        {
            name, status = status is ModelVersionStatus one ? JsonText.NameOf(one) : null, projects = ProjectScope.Text(projects), offset, count = Math.Clamp(count, 0, Page<ModelVersion>.MostItems),
        };
        List<(string Id, string ModelId)> rows = connection.Query<(string, string)>($"select model_versions.id, model_versions.model_id {From} order by model_versions.sequence desc limit @count offset @offset", asked).AsList();
        var models = Load(connection, [.. rows.Select(row => row.ModelId).Distinct()]).ToDictionary(model => model.Id, StringComparer.Ordinal);
        return new Page<(RegisteredModel, ModelVersion)>(
            [.. rows.Zip(LoadVersions(connection, [.. rows.Select(row => row.Id)]), (row, version) => (models[row.ModelId], version))],
            connection.ExecuteScalar<int>($"select count(*) {From}", asked));
    }

    public static ModelVersion? FindByTag(IDbConnection connection, string modelId, string tag, string value) => connection.ExecuteScalar<string?>(
        """
        select v.id from model_versions v join model_version_tags t on t.version_id = v.id
        where v.model_id = @modelId and t.name = @tag and t.value = @value order by v.version desc limit 1
        """,
        new { modelId, tag, value }) is string id ? LoadVersions(connection, [id])[0] : null;

    /// <summary>By name, of the given projects or of all.</summary>
    public static Page<RegisteredModel> List(IDbConnection connection, int offset, int count, IReadOnlyCollection<string>? projects)
    {
        var asked = new { projects = ProjectScope.Text(projects), offset, count = Math.Clamp(count, 0, Page<RegisteredModel>.MostItems) };
        return new Page<RegisteredModel>(
            Load(connection, connection.Query<string>($"select id from registered_models where {ProjectScope.Filter} order by name, project limit @count offset @offset", asked).AsList()),
            connection.ExecuteScalar<int>($"select count(*) from registered_models where {ProjectScope.Filter}", asked));
    }

    /// <summary>The newest first.</summary>
    public static Page<ModelVersion> ListVersions(IDbConnection connection, string modelId, int offset, int count)
    {
        var asked = new { modelId, offset, count = Math.Clamp(count, 0, Page<ModelVersion>.MostItems) };
        return new Page<ModelVersion>(
            LoadVersions(connection, connection.Query<string>("select id from model_versions where model_id = @modelId order by version desc limit @count offset @offset", asked).AsList()),
            connection.ExecuteScalar<int>("select count(*) from model_versions where model_id = @modelId", asked));
    }

    public static void SetRules(IDbConnection connection, string modelId, PromotionRules rules) =>
        connection.Execute("update registered_models set deployment = @Deployment, rules = @text where id = @modelId", new { modelId, rules.Deployment, text = JsonText.Of(rules) });

    /// <summary>The registered model that says what a deployment serves; null for none.</summary>
    public static RegisteredModel? BoundTo(IDbConnection connection, string deployment) =>
        connection.ExecuteScalar<string?>("select id from registered_models where deployment = @deployment limit 1", new { deployment }) is string id ? Load(connection, [id])[0] : null;

    public static IReadOnlyList<ModelVersion> OfStatus(IDbConnection connection, string modelId, ModelVersionStatus status) => LoadVersions(
        connection,
        connection.Query<string>("select id from model_versions where model_id = @modelId and status = @status", new { modelId, status = JsonText.NameOf(status) }).AsList());

    public static SearchPage<RegisteredModel> SearchModels(IDbConnection connection, SearchRequest asked, string project)
    {
        FoundPage found = Models.Find(connection, parameters => $"registered_models.project = {parameters.Add(project)}", asked with { Scope = project });
        return new SearchPage<RegisteredModel>(Load(connection, found.Ids), found.NextToken);
    }

    public static SearchPage<ModelVersion> SearchVersions(IDbConnection connection, SearchRequest asked, string project)
    {
        FoundPage found = Versions.Find(connection, parameters => $"registered_models.project = {parameters.Add(project)}", asked with { Scope = project });
        return new SearchPage<ModelVersion>(LoadVersions(connection, found.Ids), found.NextToken);
    }

    public static IReadOnlyList<RegisteredModel> Load(IDbConnection connection, IReadOnlyList<string> ids)
    {
        var found = new Dictionary<string, RegisteredModel>(StringComparer.Ordinal);
        foreach (string[] some in ids.Chunk(RunTable.MostPerStatement))
        {
            ILookup<string, KeyValuePair<string, string>> tags = Pairs(connection, "registered_model_tags", "model_id", some);
            ILookup<string, (string Name, int Version)> aliases = connection
                .Query<(string ModelId, string Name, int Version)>("select model_id, name, version from model_aliases where model_id in @some order by name", new { some })
                .ToLookup(row => row.ModelId, row => (row.Name, row.Version));
            string[] latest = [.. connection.Query<string>(
                """
                select v.id from model_versions v where v.model_id in @some
                    and not exists (select 1 from model_versions newer where newer.model_id = v.model_id and newer.status = v.status and newer.version > v.version)
                order by v.model_id, v.version
                """,
                new { some })];
            var modelOf = connection.Query<(string Id, string ModelId)>("select id, model_id from model_versions where id in @latest", new { latest }).ToDictionary(row => row.Id, row => row.ModelId, StringComparer.Ordinal);
            ILookup<string, ModelVersion> versions = LoadVersions(connection, latest).ToLookup(version => modelOf[version.Id], StringComparer.Ordinal);
            foreach (ModelRow row in connection.Query<ModelRow>("select * from registered_models where id in @some", new { some }))
            {
                found[row.Id] = new RegisteredModel
                {
                    Id = row.Id,
                    Project = row.Project,
                    Name = row.Name,
                    Description = row.Description,
                    CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
                    UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt),
                    Rules = JsonText.Read<PromotionRules>(row.Rules) with { Deployment = row.Deployment },
                    Tags = tags[row.Id].ToDictionary(StringComparer.Ordinal),
                    Aliases = aliases[row.Id].ToDictionary(alias => alias.Name, alias => alias.Version, StringComparer.Ordinal),
                    LatestVersions = [.. versions[row.Id]],
                };
            }
        }

        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    public static IReadOnlyList<ModelVersion> LoadVersions(IDbConnection connection, IReadOnlyList<string> ids)
    {
        var found = new Dictionary<string, ModelVersion>(StringComparer.Ordinal);
        foreach (string[] some in ids.Chunk(RunTable.MostPerStatement))
        {
            ILookup<string, KeyValuePair<string, string>> tags = Pairs(connection, "model_version_tags", "version_id", some);
            ILookup<string, string> aliases = connection
                .Query<(string Id, string Name)>(
                    "select v.id, a.name from model_versions v join model_aliases a on a.model_id = v.model_id and a.version = v.version where v.id in @some order by a.name", new { some })
                .ToLookup(row => row.Id, row => row.Name);
            ILookup<string, Approval> approvals = Approval.Read(connection, some);
            foreach (VersionRow row in connection.Query<VersionRow>(
                "select v.*, m.name from model_versions v join registered_models m on m.id = v.model_id where v.id in @some", new { some }))
            {
                found[row.Id] = row.ToVersion() with { Tags = tags[row.Id].ToDictionary(StringComparer.Ordinal), Aliases = [.. aliases[row.Id]], Approvals = [.. approvals[row.Id]] };
            }
        }

        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    private static ILookup<string, KeyValuePair<string, string>> Pairs(IDbConnection connection, string table, string key, string[] ids) => connection
        .Query<(string Id, string Name, string Value)>($"select {key}, name, value from {table} where {key} in @ids order by {key}, name", new { ids })
        .ToLookup(row => row.Id, row => KeyValuePair.Create(row.Name, row.Value));

    private sealed class ModelRow
    {
        public string Id { get; set; } = string.Empty;

        public string Project { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public string Description { get; set; } = string.Empty;

        public string? Deployment { get; set; }

        public string Rules { get; set; } = "{}";

        public long CreatedAt { get; set; }

        public long UpdatedAt { get; set; }
    }

    private sealed class VersionRow
    {
        public string Id { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public int Version { get; set; }

        public string Status { get; set; } = string.Empty;

        public string Description { get; set; } = string.Empty;

        public string Source { get; set; } = string.Empty;

        public string Location { get; set; } = string.Empty;

        public string? RunId { get; set; }

        public string? RunLink { get; set; }

        public string? StoredModelId { get; set; }

        public long CreatedAt { get; set; }

        public long UpdatedAt { get; set; }

        public ModelVersion ToVersion() => new()
        {
            Id = Id,
            Name = Name,
            Version = Version,
            Status = JsonText.EnumOf<ModelVersionStatus>(Status),
            Description = Description,
            Source = Source,
            Location = Location,
            RunId = RunId,
            RunLink = RunLink,
            ModelId = StoredModelId,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
        };
    }
}
