using System.Data;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.Data.Profiling;
using Strata.Platform.Storage;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Datasets;

/// <summary>All datasets: files come in as they are, a worker reads them, and what it found is kept beside the original bytes.</summary>
public sealed class DatasetLibrary
{
    /// <summary>The job kind that reads a dataset's file.</summary>
    public const string ReadKind = "read_dataset";

    private const int LongestName = 200;

    private readonly DataStore store;
    private readonly EnqueueJob enqueue;
    private readonly long mostBytes;
    private readonly DatasetLimits limits;
    private readonly TimeProvider clock;

    internal DatasetLibrary(DataStore store, EnqueueJob enqueue, long mostBytes, DatasetLimits limits, TimeProvider clock) =>
        (this.store, this.enqueue, this.mostBytes, this.limits, this.clock) = (store, enqueue, mostBytes, limits, clock);

    /// <summary>
    /// Stores a file and queues the job that reads it. The same bytes and options under the same name give the version that is already there.
    /// </summary>
    /// <exception cref="TooLargeException">The file is larger than the setting allows; nothing is stored.</exception>
    /// <exception cref="QuotaException">The project has as much as a setting allows; nothing is stored.</exception>
    public async Task<Dataset> UploadAsync(Stream content, DatasetUpload upload, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(upload);
        using Blob original = await store.Blobs.WriteAsync(content, mostBytes, $"The file '{Shorten(upload.FileName)}'", cancellation).ConfigureAwait(false);
        try
        {
            return await AddAsync(original.Hash, original.Bytes, upload, basedOn: null).ConfigureAwait(false);
        }
        catch (QuotaException)
        {
            original.Dispose();
            await store.SweepAsync([original.Hash]).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A new version of a dataset, read again from the original bytes with these column types in place of the inferred ones.</summary>
    public async Task<Dataset> RetypeAsync(string id, IReadOnlyDictionary<string, ColumnType> types, string askedBy = JobTerms.LocalOwner)
    {
        ArgumentNullException.ThrowIfNull(types);
        Dataset old = Get(id);
        if (old.Derivation is { } derivation)
        {
            throw new ConflictException($"Dataset '{old.Name}' was made from '{derivation.ParentName}' and takes its types from there. Choose other types for that one, and make it again.");
        }

        string[] unknown = [.. types.Keys.Where(name => old.Columns.Count > 0 && old.Columns.All(column => column.Name != name))];
        DataException.ThrowIfAny([.. unknown.Select(name => DataException.NoSuchColumn(name, old.Columns.Select(column => column.Name)).Message)]);
        var merged = new Dictionary<string, ColumnType>(old.Types);
        foreach ((string name, ColumnType type) in types)
        {
            merged[name] = type;
        }

        var again = new DatasetUpload(old.FileName) { Name = old.Name, Project = old.Project, AskedBy = askedBy, Origin = old.Origin, Types = merged, Layout = old.Layout };
        return await AddAsync(old.OriginalBlob, old.Bytes, again, basedOn: id).ConfigureAwait(false);
    }

    /// <exception cref="NotFoundException">There is no such dataset.</exception>
    public Dataset Get(string id) => store.Database.Read(connection => Get(connection, id));

    public Dataset? Find(string id) => store.Database.Read(connection => DatasetTable.Find(connection, id));

    /// <summary>The newest first, of the given projects or of all.</summary>
    public Page<Dataset> List(int offset = 0, int count = 100, IReadOnlyCollection<string>? projects = null) =>
        store.Database.Read(connection => DatasetTable.List(connection, offset, count, projects));

    /// <summary>Some rows of a dataset as text.</summary>
    /// <param name="id">The dataset.</param>
    /// <param name="offset">The 0-based first row.</param>
    /// <param name="count">How many at the most.</param>
    /// <param name="thinned">Whether large arrays are thinned out to be looked at.</param>
    /// <exception cref="ConflictException">The dataset is not ready.</exception>
    public DatasetRows Rows(string id, int offset, int count, bool thinned = false)
    {
        Dataset dataset = Ready(id);
        using FileStream file = store.Blobs.Open(dataset.FrameBlob!);
        Frame rows = FrameFile.Read(file, offset, Math.Clamp(count, 0, Page<string>.MostItems));
        return new DatasetRows([.. rows.Names], dataset.RowCount, [.. Enumerable.Range(0, rows.RowCount).Select(row => rows.Columns.Select(column => thinned && column is ArrayColumn arrays ? ArrayPreview.TextOf(arrays, row) : column.TextAt(row)).ToArray())]);
    }

    /// <summary>The whole table.</summary>
    /// <exception cref="ConflictException">The dataset is not ready.</exception>
    public Frame OpenTable(string id)
    {
        using FileStream file = store.Blobs.Open(Ready(id).FrameBlob!);
        return FrameFile.Read(file);
    }

    /// <summary>The original bytes.</summary>
    public Stream OpenOriginal(string id) => store.Blobs.Open(Get(id).OriginalBlob);

    /// <summary>The profile of every column as JSON; with a target, also what the columns tell about it. Made once and kept.</summary>
    /// <exception cref="ConflictException">The dataset is not ready.</exception>
    /// <exception cref="DataException">There is no such target.</exception>
    public async Task<JsonNode> ProfileAsync(string id, string? target = null, CancellationToken cancellation = default)
    {
        Dataset dataset = Ready(id);
        string? known = target is null ? dataset.ProfileBlob : store.Database.Read(connection => DatasetTable.ProfileHash(connection, id, target));
        return known is not null
            ? JsonNode.Parse(store.Blobs.ReadAll(known))!
            : await MakeProfileAsync(dataset, target!, cancellation).ConfigureAwait(false);
    }

    /// <exception cref="ConflictException">A job uses it, or another dataset was made from it.</exception>
    public async Task DeleteAsync(string id)
    {
        string?[] hashes = await store.Database.WriteAsync(connection =>
        {
            Dataset dataset = Get(connection, id);
            Uses.ThrowIfUsed(connection, Uses.OfDataset(id), $"Dataset '{dataset.Name}'");
            if (DatasetTable.NameOfChild(connection, id) is string child)
            {
                throw new ConflictException($"Dataset '{dataset.Name}' is what '{child}' was made from, and trainings on that one go back to it. Delete '{child}' first.");
            }

            string?[] files = [dataset.OriginalBlob, dataset.FrameBlob, dataset.ProfileBlob, dataset.RowsBlob, .. DatasetTable.ProfileHashes(connection, id)];
            DatasetTable.Delete(connection, id);
            return files;
        }).ConfigureAwait(false);
        await store.SweepAsync(hashes.OfType<string>()).ConfigureAwait(false);
    }

    internal static Dataset Get(IDbConnection connection, string id) => DatasetTable.Find(connection, id) ?? throw NotFoundException.Of("dataset", id);

    private Dataset Ready(string id)
    {
        Dataset dataset = Get(id);
        dataset.ThrowIfNotReady();
        return dataset;
    }

    private async Task<JsonNode> MakeProfileAsync(Dataset dataset, string target, CancellationToken cancellation)
    {
        byte[] profile = await Task.Run(() => JsonText.BytesOf(TableProfile.Of(OpenTable(dataset.Id), target, cancellation)), cancellation).ConfigureAwait(false);
        using Blob file = await store.Blobs.WriteAsync(profile, cancellation).ConfigureAwait(false);
        await store.Database.WriteAsync(connection => DatasetTable.SaveProfile(connection, dataset.Id, target, file.Hash)).ConfigureAwait(false);
        return JsonNode.Parse(profile)!;
    }

    /// <summary>The version that a project has of a made table already, or null.</summary>
    internal Dataset? FindSame(Dataset made) => store.Database.Read(connection => DatasetTable.FindSame(connection, made));

    /// <summary>Enters a table that a job has made and described, within the transaction that ends the job.</summary>
    internal static void Enter(IDbConnection connection, Dataset made) => DatasetTable.Insert(connection, made with { Version = DatasetTable.NextVersion(connection, made) });

    /// <summary>A dataset of the given bytes before they are read; its version is settled when it is stored.</summary>
    internal Dataset Describe(string originalHash, long bytes, DatasetUpload upload) => new()
    {
        Id = NewId.Next(),
        Name = NameOf(upload),
        Project = upload.Project,
        Version = 0,
        Origin = upload.Origin,
        Status = DatasetStatus.Reading,
        ContentHash = ContentHash(originalHash, upload),
        FileName = Shorten(upload.FileName),
        Bytes = bytes,
        Types = upload.Types,
        Layout = upload.Layout,
        OriginalBlob = originalHash,
        CreatedAt = clock.GetUtcNow(),
    };

    /// <param name="originalHash">The original bytes.</param>
    /// <param name="bytes">Their number.</param>
    /// <param name="upload">How to read them.</param>
    /// <param name="basedOn">The dataset whose bytes they are, which may be deleted at this very moment; null for bytes that are held.</param>
    private Task<Dataset> AddAsync(string originalHash, long bytes, DatasetUpload upload, string? basedOn)
    {
        Dataset described = Describe(originalHash, bytes, upload);
        var payload = new JsonObject { ["dataset_id"] = described.Id, ["file_name"] = described.FileName, ["types"] = JsonText.NodeOf(upload.Types), ["layout"] = JsonText.NodeOf(upload.Layout), ["target"] = upload.Target };
        var reading = new JobRequest(ReadKind, payload)
        {
            Inputs = new Dictionary<string, string> { ["original"] = originalHash },
            Uses = [Uses.OfDataset(described.Id)],
            Project = described.Project,
            Terms = new JobTerms { AskedBy = upload.AskedBy },
        };
        return store.Database.WriteAsync(connection =>
        {
            _ = basedOn is null ? null : Get(connection, basedOn);
            if (DatasetTable.FindSame(connection, described) is Dataset same)
            {
                return same;
            }

            limits.ThrowIfOver(connection, described.Project, described.Bytes);
            Dataset dataset = described with { Version = DatasetTable.NextVersion(connection, described), JobId = enqueue(connection, reading) };
            DatasetTable.Insert(connection, dataset);
            return dataset;
        });
    }

    /// <summary>Equal for equal bytes read with equal options; the file's ending is one, since it decides how to read.</summary>
    private static string ContentHash(string originalHash, DatasetUpload upload)
    {
        string options = JsonText.Of(new SortedDictionary<string, ColumnType>(upload.Types.ToDictionary(), StringComparer.Ordinal));
        options += upload.Layout == TableLayout.Usual ? string.Empty : JsonText.Of(upload.Layout);
        options += upload.Target is null ? string.Empty : $"\ntarget {upload.Target}";
        string ending = Path.GetExtension(upload.FileName).ToLowerInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{originalHash}\n{ending}\n{options}")));
    }

    private static string NameOf(DatasetUpload upload)
    {
        string name = Shorten(upload.Name ?? Path.GetFileNameWithoutExtension(upload.FileName));
        return name.Length > 0 ? name : "table";
    }

    /// <summary>Names are only shown; control characters in them would forge lines of logs and terminals.</summary>
    internal static string Shorten(string name)
    {
        string visible = string.Concat(name.Where(letter => !char.IsControl(letter))).Trim();
        return visible.Length <= LongestName ? visible : visible[..LongestName];
    }
}
