using System.Data;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Strata.Learning.Data;
using Strata.Platform.Datasets;
using Strata.Platform.Storage;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Features;

/// <summary>All feature groups: defined over datasets, materialised by jobs, joined to tables as of each row's time, and asked for the latest values.</summary>
public sealed partial class FeatureStore
{
    /// <summary>The job kind that works out a group's values.</summary>
    public const string MaterialiseKind = "materialise_features";

    /// <summary>The job kind that completes a table.</summary>
    public const string JoinKind = "join_features";

    /// <summary>The worker's input with the group's source, and of a join the table to complete.</summary>
    internal const string TableInput = "table";

    private readonly DataStore store;
    private readonly EnqueueJob enqueue;
    private readonly TimeProvider clock;
    private readonly ValuesCache values;

    internal FeatureStore(DataStore store, EnqueueJob enqueue, TimeProvider clock) => (this.store, this.enqueue, this.clock, values) = (store, enqueue, clock, new ValuesCache(store.Blobs));

    /// <summary>Keeps a definition as the next version of its name; the newest version once more when it is that already.</summary>
    /// <exception cref="NotFoundException">There is no such dataset.</exception>
    /// <exception cref="ConflictException">The dataset is not ready.</exception>
    /// <exception cref="DataException">The definition makes no sense with the dataset's columns.</exception>
    public Task<FeatureGroup> DefineAsync(FeatureGroupRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!NamePattern().IsMatch(request.Name))
        {
            throw new DataException($"A feature group's name is '{request.Name}'; expected 1 to 100 letters, digits, '-', '_' and '.', the first of them a letter or a digit.");
        }

        return store.Database.WriteAsync(connection =>
        {
            Dataset source = DatasetLibrary.Get(connection, request.DatasetId);
            source.ThrowIfNotReady();
            request.Plan.Check(source.Columns);
            FeatureGroup? newest = FeatureGroupTable.Find(connection, source.Project, request.Name, null);
            if (newest is not null && newest.DatasetId == source.Id && newest.Plan.IsSame(request.Plan))
            {
                return newest;
            }

            var group = new FeatureGroup
            {
                Id = NewId.Next(),
                Name = request.Name,
                Version = (newest?.Version ?? 0) + 1,
                Project = source.Project,
                DatasetId = source.Id,
                Plan = request.Plan,
                Description = request.Description,
                Tags = request.Tags,
                Owner = request.Owner,
                CreatedAt = clock.GetUtcNow(),
            };
            FeatureGroupTable.Insert(connection, group);
            return Get(connection, group.Id);
        });
    }

    /// <exception cref="NotFoundException">There is no such group.</exception>
    public FeatureGroup Get(string id) => store.Database.Read(connection => Get(connection, id));

    /// <summary>The newest first, of the given projects or of all.</summary>
    public Page<FeatureGroup> List(int offset = 0, int count = 100, string? name = null, IReadOnlyCollection<string>? projects = null) =>
        store.Database.Read(connection => FeatureGroupTable.List(connection, offset, count, name, projects));

    /// <summary>Queues the job that works out a group's values; they replace those that are there. Returns the job's id.</summary>
    /// <param name="id">The group.</param>
    /// <param name="datasetId">A newer version of the source in the same project; null for the one that the group was defined on.</param>
    /// <param name="terms">Who asks.</param>
    /// <exception cref="ConflictException">The dataset is not ready, or belongs to another project.</exception>
    public Task<string> MaterialiseAsync(string id, string? datasetId = null, JobTerms? terms = null) => store.Database.WriteAsync(connection =>
    {
        FeatureGroup group = Get(connection, id);
        Dataset source = DatasetLibrary.Get(connection, datasetId ?? group.DatasetId);
        source.ThrowIfNotReady();
        if (source.Project != group.Project)
        {
            throw new ConflictException($"The dataset '{source.Name}' belongs to another project than the feature group '{group.Name}'.");
        }

        group.Plan.Check(source.Columns);
        var inputs = new Dictionary<string, string> { [TableInput] = source.FrameBlob! };
        if (group.Values is not null)
        {
            inputs["replaced"] = group.Values.Blob; // A job's inputs are swept when it ends: the old values go when the new ones are there.
        }

        return enqueue(connection, new JobRequest(MaterialiseKind, new JsonObject { ["group_id"] = group.Id, ["dataset_id"] = source.Id, ["plan"] = JsonText.NodeOf(group.Plan) })
        {
            Inputs = inputs,
            Uses = [UseOf(group.Id), Uses.OfDataset(source.Id)],
            Project = group.Project,
            Terms = terms ?? new JobTerms(),
        });
    });

    /// <summary>Queues the job that makes a dataset out of a table and features as they were known at each row's time. Returns the job's id.</summary>
    /// <exception cref="NotFoundException">There is no such dataset or group.</exception>
    /// <exception cref="ConflictException">The dataset is not ready, or a group has no values yet.</exception>
    /// <exception cref="DataException">A feature or a column is not there.</exception>
    public Task<string> JoinAsync(FeatureJoinRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Features.Count == 0)
        {
            throw new DataException("'features' is empty; expected names such as group:feature.");
        }

        return store.Database.WriteAsync(connection =>
        {
            Dataset spine = DatasetLibrary.Get(connection, request.DatasetId);
            spine.ThrowIfNotReady();
            FeatureGroup[] groups = [.. request.Features.Select(feature => (feature.Group, feature.Version)).Distinct().Select(named => Named(connection, spine.Project, named.Group, named.Version)).DistinctBy(group => group.Id)];
            JoinOrder order = OrderOf(request, groups);
            Check(order, spine);
            var inputs = new Dictionary<string, string> { [TableInput] = spine.FrameBlob! };
            for (int i = 0; i < groups.Length; i++)
            {
                inputs[ValuesInput(i)] = groups[i].Values?.Blob ?? throw new ConflictException($"The feature group '{groups[i].Name}' has no values yet. Materialise it first.");
            }

            var payload = new JsonObject { ["dataset_id"] = spine.Id, ["name"] = request.Name ?? $"{spine.Name} features", ["order"] = JsonText.NodeOf(order) };
            return enqueue(connection, new JobRequest(JoinKind, payload)
            {
                Inputs = inputs,
                Uses = [Uses.OfDataset(spine.Id), .. groups.Select(group => UseOf(group.Id))],
                Project = spine.Project,
                Terms = request.Terms,
            });
        });
    }

    /// <summary>What is known of an entity now, or was at an earlier moment.</summary>
    /// <param name="id">The group.</param>
    /// <param name="entity">The values of its entity columns, in their order.</param>
    /// <param name="at">Null for now.</param>
    /// <exception cref="ConflictException">The group has no values yet.</exception>
    /// <exception cref="DataException">There are not as many values as entity columns.</exception>
    public OnlineFeatures Online(string id, IReadOnlyList<string> entity, DateTimeOffset? at = null)
    {
        ArgumentNullException.ThrowIfNull(entity);
        FeatureGroup group = Get(id);
        if (entity.Count != group.Plan.Entities.Count)
        {
            throw new DataException($"There are {entity.Count} values of 'entity'; expected one for each of {string.Join(", ", group.Plan.Entities)}, in this order.");
        }

        FeatureValues known = ValuesOf(group);
        int row = known.RowsAt([.. entity.Select((value, i) => new TextColumn(group.Plan.Entities[i], [value]))], [(at ?? clock.GetUtcNow()).UtcTicks], strictlyBefore: false)[0];
        return new OnlineFeatures(
            TimeAt(known.Table[FeaturePlan.EventColumn], row),
            TimeAt(known.Table[FeaturePlan.KnownColumn], row),
            group.Plan.Features.ToDictionary(feature => feature.Name, feature => new OnlineValue(known.Table[feature.Name].Type, row == FeatureValues.None ? null : known.Table[feature.Name].TextAt(row)), StringComparer.Ordinal));
    }

    /// <exception cref="ConflictException">A job uses it.</exception>
    public async Task DeleteAsync(string id)
    {
        string? blob = await store.Database.WriteAsync(connection =>
        {
            FeatureGroup group = Get(connection, id);
            Uses.ThrowIfUsed(connection, UseOf(id), $"The feature group '{group.Name}'");
            FeatureGroupTable.Delete(connection, id);
            return group.Values?.Blob;
        }).ConfigureAwait(false);
        await store.SweepAsync(blob is null ? [] : [blob]).ConfigureAwait(false);
    }

    /// <summary>The worker's input with the values of the group at that place of the order.</summary>
    internal static string ValuesInput(int group) => FormattableString.Invariant($"values-{group}");

    internal static void Finish(IDbConnection connection, string id, FeatureValuesInfo values) => FeatureGroupTable.SaveValues(connection, id, values);

    /// <summary>The values that were there when the group was looked up may have been replaced and swept since.</summary>
    private FeatureValues ValuesOf(FeatureGroup group)
    {
        try
        {
            return values.Of(group);
        }
        catch (StorageException) when (Get(group.Id) is { Values: not null } now && now.Values.Blob != group.Values?.Blob)
        {
            return values.Of(Get(group.Id));
        }
    }

    private static FeatureGroup Get(IDbConnection connection, string id) => FeatureGroupTable.Find(connection, id) ?? throw NotFoundException.Of("feature group", id);

    private static FeatureGroup Named(IDbConnection connection, string project, string name, int? version) => FeatureGroupTable.Find(connection, project, name, version)
        ?? throw NotFoundException.Of("feature group", version is int number ? $"{name}@{number}" : name);

    private static string UseOf(string id) => $"feature_group/{id}";

    private static JoinOrder OrderOf(FeatureJoinRequest request, FeatureGroup[] groups)
    {
        string[] FeaturesOf(FeatureGroup group) =>
            [.. request.Features.Where(feature => feature.Group == group.Name && (feature.Version ?? NewestAsked(groups, group.Name)) == group.Version).Select(feature => feature.Feature).Distinct(StringComparer.Ordinal)];
        return new JoinOrder(request.TimeColumn, [.. groups.Select(group => new JoinedGroup(group.Name, group.Version, group.Plan, FeaturesOf(group)))])
        {
            EntityColumns = request.EntityColumns,
            FullNames = request.FullNames,
            StrictlyBefore = request.StrictlyBefore,
        };
    }

    /// <summary>What a name without a version stands for: it has been looked up, so it is among the groups and is the newest of them.</summary>
    private static int NewestAsked(FeatureGroup[] groups, string name) => groups.Where(group => group.Name == name).Max(group => group.Version);

    private static void Check(JoinOrder order, Dataset spine)
    {
        var problems = new List<string>();
        string[] names = [.. spine.Columns.Select(column => column.Name)];
        foreach (JoinedGroup group in order.Groups)
        {
            problems.AddRange(group.Features.Where(feature => group.Plan.Features.All(known => known.Name != feature))
                .Select(feature => $"The feature group '{group.Name}', version {group.Version}, has no feature '{feature}'. It has: {NearNames.List([.. group.Plan.Features.Select(known => known.Name)], 12)}."));
        }

        problems.AddRange(order.Groups.SelectMany(group => group.Plan.Entities).Select(order.ColumnOf).Append(order.TimeColumn).Distinct().Except(names).Select(column => DataException.NoSuchColumn(column, names).Message));
        DataException.ThrowIfAny(problems);
    }

    private static DateTimeOffset? TimeAt(Column times, int row) => row == FeatureValues.None ? null : new DateTimeOffset(((DateColumn)times).Ticks[row], TimeSpan.Zero);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
