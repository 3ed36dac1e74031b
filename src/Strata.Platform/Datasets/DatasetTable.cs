using System.Data;
using Dapper;
using Strata.Learning.Data;
using Strata.Platform.Storage;

namespace Strata.Platform.Datasets;

/// <summary>The rows of datasets.</summary>
internal static class DatasetTable
{
    public const string Create = """
        create table datasets (
            sequence integer primary key,
            id text not null unique,
            name text not null,
            version integer not null,
            origin text not null,
            status text not null,
            error text,
            content_hash text not null,
            file_name text not null,
            bytes bigint not null,
            types text not null,
            original_blob text not null,
            frame_blob text,
            profile_blob text,
            row_count bigint not null default 0,
            column_count bigint not null default 0,
            columns text not null,
            notes text not null,
            suggested_target text,
            preset text,
            job_id text,
            created_at bigint not null,
            unique (name, version));
        create index datasets_by_content on datasets (content_hash);
        create table dataset_profiles (
            dataset_id text not null,
            target text not null,
            hash text not null,
            primary key (dataset_id, target));
        """;

    /// <summary>Added when files began to hold series and arrays.</summary>
    public const string AddLayout = "alter table datasets add column layout text not null default '{}';";

    /// <summary>Added when datasets began to be made from others.</summary>
    public const string AddDerivation = """
        alter table datasets add column derivation text;
        alter table datasets add column parent_id text;
        alter table datasets add column rows_blob text;
        create index datasets_by_parent on datasets (parent_id);
        """;

    /// <summary>Added when datasets began to belong to projects: versions count within one, which needs the table anew.</summary>
    public const string AddProject = """
        create table datasets_in_projects (
            sequence integer primary key,
            id text not null unique,
            project text not null default 'default',
            name text not null,
            version integer not null,
            origin text not null,
            status text not null,
            error text,
            content_hash text not null,
            file_name text not null,
            bytes bigint not null,
            types text not null,
            layout text not null default '{}',
            original_blob text not null,
            frame_blob text,
            profile_blob text,
            row_count bigint not null default 0,
            column_count bigint not null default 0,
            columns text not null,
            notes text not null,
            suggested_target text,
            preset text,
            job_id text,
            created_at bigint not null,
            unique (project, name, version));
        insert into datasets_in_projects (sequence, id, name, version, origin, status, error, content_hash, file_name, bytes, types, layout, original_blob, frame_blob, profile_blob,
                row_count, column_count, columns, notes, suggested_target, preset, job_id, created_at)
            select sequence, id, name, version, origin, status, error, content_hash, file_name, bytes, types, layout, original_blob, frame_blob, profile_blob,
                row_count, column_count, columns, notes, suggested_target, preset, job_id, created_at from datasets;
        drop table datasets;
        alter table datasets_in_projects rename to datasets;
        create index datasets_by_content on datasets (content_hash);

        """;

    public static void Insert(IDbConnection connection, Dataset dataset) => connection.Execute(
        """
        insert into datasets (id, name, project, version, origin, status, error, content_hash, file_name, bytes, types, layout, original_blob, frame_blob, profile_blob,
            row_count, column_count, columns, notes, suggested_target, preset, job_id, created_at, derivation, parent_id, rows_blob)
        values (@Id, @Name, @Project, @Version, @origin, @status, @Error, @ContentHash, @FileName, @Bytes, @types, @layout, @OriginalBlob, @FrameBlob, @ProfileBlob,
            @RowCount, @ColumnCount, @columns, @notes, @SuggestedTarget, @Preset, @JobId, @createdAt, @derivation, @parentId, @RowsBlob)
        """,
        new
        {
            dataset.Id, dataset.Name, dataset.Project, dataset.Version, dataset.Error, dataset.ContentHash, dataset.FileName, dataset.Bytes, dataset.OriginalBlob, dataset.FrameBlob,
            dataset.ProfileBlob, dataset.RowCount, dataset.ColumnCount, dataset.SuggestedTarget, dataset.Preset, dataset.JobId, dataset.RowsBlob,
            derivation = dataset.Derivation is null ? null : JsonText.Of(dataset.Derivation), parentId = dataset.Derivation?.ParentId,
            origin = JsonText.NameOf(dataset.Origin), status = JsonText.NameOf(dataset.Status), types = JsonText.Of(dataset.Types), layout = JsonText.Of(dataset.Layout),
            columns = JsonText.Of(dataset.Columns), notes = JsonText.Of(dataset.Notes), createdAt = dataset.CreatedAt.ToUnixTimeMilliseconds(),
        });

    /// <summary>Notes what reading the file has come to.</summary>
    public static void SaveReading(IDbConnection connection, Dataset dataset) => connection.Execute(
        """
        update datasets set status = @status, error = @Error, frame_blob = @FrameBlob, profile_blob = @ProfileBlob, row_count = @RowCount, column_count = @ColumnCount,
            columns = @columns, notes = @notes, suggested_target = @SuggestedTarget, preset = @Preset, job_id = @JobId,
            original_blob = @OriginalBlob, bytes = @Bytes, derivation = @derivation, rows_blob = @RowsBlob
        where id = @Id
        """,
        new
        {
            dataset.Id, dataset.Error, dataset.FrameBlob, dataset.ProfileBlob, dataset.RowCount, dataset.ColumnCount, dataset.SuggestedTarget, dataset.Preset, dataset.JobId,
            dataset.OriginalBlob, dataset.Bytes, dataset.RowsBlob, derivation = dataset.Derivation is null ? null : JsonText.Of(dataset.Derivation),
            status = JsonText.NameOf(dataset.Status), columns = JsonText.Of(dataset.Columns), notes = JsonText.Of(dataset.Notes),
        });

    public static Dataset? Find(IDbConnection connection, string id) =>
        connection.QueryFirstOrDefault<Row>("select * from datasets where id = @id", new { id })?.ToDataset();

    /// <summary>The project's version of that name and content that is not failed, or null.</summary>
    public static Dataset? FindSame(IDbConnection connection, Dataset dataset) => connection.QueryFirstOrDefault<Row>(
        "select * from datasets where project = @Project and name = @Name and content_hash = @ContentHash and status <> 'failed' order by version desc limit 1",
        new { dataset.Project, dataset.Name, dataset.ContentHash })?.ToDataset();

    /// <summary>The newest first.</summary>
    public static Page<Dataset> List(IDbConnection connection, int offset, int count, IReadOnlyCollection<string>? projects) => new(
        [.. connection.Query<Row>(
            $"select * from datasets where {ProjectScope.Filter} order by sequence desc limit @count offset @offset",
            new { projects = ProjectScope.Text(projects), offset, count = Math.Clamp(count, 0, Page<Dataset>.MostItems) }).Select(row => row.ToDataset())],
        connection.ExecuteScalar<int>($"select count(*) from datasets where {ProjectScope.Filter}", new { projects = ProjectScope.Text(projects) }));

    public static int NextVersion(IDbConnection connection, Dataset dataset) => (connection.ExecuteScalar<int?>(
        "select max(version) from datasets where project = @Project and name = @Name",
        new { dataset.Project, dataset.Name }) ?? 0) + 1;

    /// <summary>The name of a dataset that was made from this one, or null.</summary>
    public static string? NameOfChild(IDbConnection connection, string id) =>
        connection.ExecuteScalar<string?>("select name from datasets where parent_id = @id order by sequence limit 1", new { id });

    public static void Delete(IDbConnection connection, string id)
    {
        connection.Execute("delete from dataset_profiles where dataset_id = @id", new { id });
        connection.Execute("delete from datasets where id = @id", new { id });
    }

    public static string? ProfileHash(IDbConnection connection, string id, string target) =>
        connection.ExecuteScalar<string?>("select hash from dataset_profiles where dataset_id = @id and target = @target", new { id, target });

    public static IReadOnlyList<string> ProfileHashes(IDbConnection connection, string id) =>
        connection.Query<string>("select hash from dataset_profiles where dataset_id = @id", new { id }).AsList();

    public static void SaveProfile(IDbConnection connection, string id, string target, string hash) => connection.Execute(
        "insert into dataset_profiles (dataset_id, target, hash) select @id, @target, @hash where exists (select 1 from datasets where id = @id) on conflict do nothing",
        new { id, target, hash });

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public string Project { get; set; } = string.Empty;

        public int Version { get; set; }

        public string Origin { get; set; } = string.Empty;

        public string Status { get; set; } = string.Empty;

        public string? Error { get; set; }

        public string ContentHash { get; set; } = string.Empty;

        public string FileName { get; set; } = string.Empty;

        public long Bytes { get; set; }

        public string Types { get; set; } = string.Empty;

        public string Layout { get; set; } = "{}";

        public string OriginalBlob { get; set; } = string.Empty;

        public string? FrameBlob { get; set; }

        public string? ProfileBlob { get; set; }

        public int RowCount { get; set; }

        public int ColumnCount { get; set; }

        public string Columns { get; set; } = string.Empty;

        public string Notes { get; set; } = string.Empty;

        public string? SuggestedTarget { get; set; }

        public string? Preset { get; set; }

        public string? JobId { get; set; }

        public long CreatedAt { get; set; }

        public string? Derivation { get; set; }

        public string? RowsBlob { get; set; }

        public Dataset ToDataset() => new()
        {
            Id = Id,
            Name = Name,
            Project = Project,
            Version = Version,
            Origin = JsonText.EnumOf<DatasetOrigin>(Origin),
            Status = JsonText.EnumOf<DatasetStatus>(Status),
            Error = Error,
            ContentHash = ContentHash,
            FileName = FileName,
            Bytes = Bytes,
            Types = JsonText.Read<Dictionary<string, ColumnType>>(Types),
            Layout = JsonText.Read<TableLayout>(Layout),
            OriginalBlob = OriginalBlob,
            FrameBlob = FrameBlob,
            ProfileBlob = ProfileBlob,
            RowCount = RowCount,
            ColumnCount = ColumnCount,
            Columns = JsonText.Read<DatasetColumn[]>(Columns),
            Notes = JsonText.Read<string[]>(Notes),
            SuggestedTarget = SuggestedTarget,
            Preset = Preset,
            JobId = JobId,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            Derivation = JsonText.ReadOrNull<Derivation>(Derivation),
            RowsBlob = RowsBlob,
        };
    }
}
