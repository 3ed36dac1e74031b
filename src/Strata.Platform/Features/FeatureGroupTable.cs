using System.Data;
using Dapper;
using Strata.Platform.Storage;

namespace Strata.Platform.Features;

/// <summary>The rows of feature groups.</summary>
internal static class FeatureGroupTable
{
    public const string Create = """
        create table feature_groups (
            sequence integer primary key,
            id text not null unique,
            project text not null default 'default',
            name text not null,
            version integer not null,
            dataset_id text not null,
            plan text not null,
            description text,
            tags text not null,
            owner text not null,
            created_at bigint not null,
            values_blob text,
            values_dataset_id text,
            value_rows bigint,
            value_entities bigint,
            values_at bigint,
            values_job_id text,
            unique (project, name, version));
        """;

    public static void Insert(IDbConnection connection, FeatureGroup group) => connection.Execute(
        """
        insert into feature_groups (id, project, name, version, dataset_id, plan, description, tags, owner, created_at)
        values (@Id, @Project, @Name, @Version, @DatasetId, @plan, @Description, @tags, @Owner, @createdAt)
        """,
        new
        {
            group.Id, group.Project, group.Name, group.Version, group.DatasetId, group.Description, group.Owner,
            plan = JsonText.Of(group.Plan), tags = JsonText.Of(group.Tags), createdAt = group.CreatedAt.ToUnixTimeMilliseconds(),
        });

    /// <summary>Notes where the values are; of a group that is gone nothing is noted.</summary>
    public static void SaveValues(IDbConnection connection, string id, FeatureValuesInfo values) => connection.Execute(
        """
        update feature_groups set values_blob = @Blob, values_dataset_id = @DatasetId, value_rows = @Rows, value_entities = @Entities, values_at = @at, values_job_id = @JobId where id = @id
        """,
        new { id, values.Blob, values.DatasetId, values.Rows, values.Entities, values.JobId, at = values.At.ToUnixTimeMilliseconds() });

    public static FeatureGroup? Find(IDbConnection connection, string id) => connection.QueryFirstOrDefault<Row>("select * from feature_groups where id = @id", new { id })?.ToGroup();

    /// <summary>A version of a name, or its newest.</summary>
    public static FeatureGroup? Find(IDbConnection connection, string project, string name, int? version) => connection.QueryFirstOrDefault<Row>(
        "select * from feature_groups where project = @project and name = @name and version = coalesce(@version, version) order by version desc limit 1",
        new { project, name, version })?.ToGroup();

    /// <summary>The newest first; of one name, or of all.</summary>
    public static Page<FeatureGroup> List(IDbConnection connection, int offset, int count, string? name, IReadOnlyCollection<string>? projects)
    {
        const string where = $"{ProjectScope.Filter} and name = coalesce(@name, name)";
        var asked = new { projects = ProjectScope.Text(projects), name, offset, count = Math.Clamp(count, 0, Page<FeatureGroup>.MostItems) };
        return new Page<FeatureGroup>(
            [.. connection.Query<Row>($"select * from feature_groups where {where} order by sequence desc limit @count offset @offset", asked).Select(row => row.ToGroup())],
            connection.ExecuteScalar<int>($"select count(*) from feature_groups where {where}", asked));
    }

    public static void Delete(IDbConnection connection, string id) => connection.Execute("delete from feature_groups where id = @id", new { id });

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Project { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public int Version { get; set; }

        public string DatasetId { get; set; } = string.Empty;

        public string Plan { get; set; } = string.Empty;

        public string? Description { get; set; }

        public string Tags { get; set; } = "{}";

        public string Owner { get; set; } = string.Empty;

        public long CreatedAt { get; set; }

        public string? ValuesBlob { get; set; }

        public string? ValuesDatasetId { get; set; }

        public long? ValueRows { get; set; }

        public long? ValueEntities { get; set; }

        public long? ValuesAt { get; set; }

        public string? ValuesJobId { get; set; }

        public FeatureGroup ToGroup() => new()
        {
            Id = Id,
            Project = Project,
            Name = Name,
            Version = Version,
            DatasetId = DatasetId,
            Plan = JsonText.Read<FeaturePlan>(Plan),
            Description = Description,
            Tags = JsonText.Read<Dictionary<string, string>>(Tags),
            Owner = Owner,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            Values = ValuesBlob is null
                ? null
                : new FeatureValuesInfo(ValuesBlob, ValuesDatasetId!, ValueRows ?? 0, ValueEntities ?? 0, DateTimeOffset.FromUnixTimeMilliseconds(ValuesAt ?? 0), ValuesJobId!),
        };
    }
}
