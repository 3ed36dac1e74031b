using System.Data;
using Strata.Learning;
using Strata.Platform.Storage;

namespace Strata.Platform.Models;

/// <summary>All stored models, and the loaded ones among them.</summary>
public sealed class ModelLibrary
{
    private readonly DataStore store;
    private readonly ModelCache cache;
    private readonly Func<Stream, IModel> load;
    private readonly TimeProvider clock;

    internal ModelLibrary(DataStore store, Func<Stream, IModel> load, long cacheBytes, TimeProvider clock) =>
        (this.store, this.load, cache, this.clock) = (store, load, new ModelCache(cacheBytes), clock);

    /// <exception cref="NotFoundException">There is no such model.</exception>
    public StoredModel Get(string id) => Find(id) ?? throw NotFoundException.Of("model", id);

    public StoredModel? Find(string id) => store.Database.Read(connection => ModelTable.Find(connection, id));

    /// <summary>The model that shipped with the program under that name, or null.</summary>
    public StoredModel? FindPretrained(string name) => store.Database.Read(connection => ModelTable.FindPretrained(connection, name));

    /// <summary>The newest first, of the given projects or of all.</summary>
    public Page<StoredModel> List(int offset = 0, int count = 100, IReadOnlyCollection<string>? projects = null) =>
        store.Database.Read(connection => ModelTable.List(connection, offset, count, projects));

    /// <summary>Stores a model file. The same file under the same name gives the version that is already there.</summary>
    /// <exception cref="Learning.ModelFiles.ModelFileException">The bytes are not a model file that this program can read.</exception>
    public async Task<StoredModel> ImportAsync(Stream content, ModelEntry entry, long mostBytes = long.MaxValue, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        using Blob file = await store.Blobs.WriteAsync(content, mostBytes, "The model file", cancellation).ConfigureAwait(false);
        StoredModel model;
        try
        {
            model = Describe(file, entry);
        }
        catch
        {
            file.Dispose();
            await store.SweepAsync([file.Hash]).ConfigureAwait(false);
            throw;
        }

        return await store.Database.WriteAsync(connection => ModelTable.FindSame(connection, model) ?? Add(connection, model)).ConfigureAwait(false);
    }

    /// <summary>The model, ready to predict; loaded ones are kept up to the platform's setting.</summary>
    public IModel Load(string id) => Load(Get(id));

    /// <inheritdoc cref="Load(string)"/>
    public IModel Load(StoredModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return cache.Get(model.Hash, model.Bytes, LoadFile);
    }

    /// <summary>The model file.</summary>
    public Stream OpenFile(string id) => store.Blobs.Open(Get(id).Hash);

    /// <exception cref="ConflictException">A job uses it.</exception>
    public async Task DeleteAsync(string id)
    {
        string hash = await store.Database.WriteAsync(connection =>
        {
            StoredModel model = ModelTable.Find(connection, id) ?? throw NotFoundException.Of("model", id);
            Uses.ThrowIfUsed(connection, Uses.OfModel(id), $"Model '{model.Name}' version {model.Version}");
            ModelTable.Delete(connection, id);
            return model.Hash;
        }).ConfigureAwait(false);
        cache.Forget(hash);
        await store.SweepAsync([hash]).ConfigureAwait(false);
    }

    /// <summary>What a stored file says of itself; its version is settled by <see cref="Add"/>.</summary>
    public StoredModel Describe(Blob file, ModelEntry entry)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(entry);
        IModel model = cache.Get(file.Hash, file.Bytes, LoadFile);
        ModelSignature signature = model.Signature;
        return new StoredModel
        {
            Id = NewId.Next(),
            Name = entry.Name,
            Project = entry.Project,
            Version = 0,
            Origin = entry.Origin,
            Algorithm = model.Algorithm,
            Task = signature.Task,
            Target = signature.Target,
            Classes = signature.Classes,
            Features = signature.Features.Columns,
            Metrics = entry.Metrics,
            RunId = entry.RunId,
            Preset = entry.Preset,
            Hash = file.Hash,
            Bytes = file.Bytes,
            CreatedAt = clock.GetUtcNow(),
        };
    }

    /// <summary>Registers a described model as the next version of its name.</summary>
    public static StoredModel Add(IDbConnection connection, StoredModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        StoredModel numbered = model with { Version = ModelTable.NextVersion(connection, model.Project, model.Name) };
        ModelTable.Insert(connection, numbered);
        return numbered;
    }

    private IModel LoadFile(string hash)
    {
        using FileStream file = store.Blobs.Open(hash);
        return load(file);
    }
}
