using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Strata.Learning.Workflow;
using Strata.Platform.Storage;

namespace Strata.Platform.Datasets;

/// <summary>Datasets that are made from others by recorded steps: cleaned, selected, split. A worker does the work on the stored frame.</summary>
public sealed class DerivedDatasets
{
    /// <summary>The job kind that makes a dataset from another one.</summary>
    public const string DeriveKind = "derive_dataset";

    private readonly DataStore store;
    private readonly EnqueueJob enqueue;
    private readonly TimeProvider clock;

    internal DerivedDatasets(DataStore store, EnqueueJob enqueue, TimeProvider clock) => (this.store, this.enqueue, this.clock) = (store, enqueue, clock);

    /// <summary>Records a dataset and queues the job that makes it. The same steps under the same name give the version that is already there.</summary>
    /// <exception cref="NotFoundException">There is no such parent.</exception>
    /// <exception cref="ConflictException">The parent is not ready.</exception>
    /// <exception cref="Learning.Data.DataException">A step is unknown or does not fit.</exception>
    public Task<Dataset> DeriveAsync(string parentId, DerivationOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return store.Database.WriteAsync(connection =>
        {
            Dataset parent = ReadyParent(connection, parentId);
            string? target = order.Target ?? (parent.Columns.Any(column => column.Name == parent.SuggestedTarget) ? parent.SuggestedTarget : null);
            TableDerivation.Check(order.Steps, target);
            CheckTarget(parent, order.Target);
            Derivation derivation = From(parent) with { Steps = order.Steps, Target = target, Seed = order.Seed };
            Dataset derived = Describe(parent, order.Name ?? $"{parent.Name} (derived)", derivation);
            return DatasetTable.FindSame(connection, derived) ?? Add(connection, parent, [derived], order.Terms)[0];
        });
    }

    /// <summary>Records the parts of a split as datasets of their own and queues the job that makes them: the rows to learn from, those to stop by if any, those to test on.</summary>
    /// <inheritdoc cref="DeriveAsync"/>
    public Task<IReadOnlyList<Dataset>> SplitAsync(string parentId, SplitPlan plan, string? name = null, JobTerms? terms = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return store.Database.WriteAsync<IReadOnlyList<Dataset>>(connection =>
        {
            Dataset parent = ReadyParent(connection, parentId);
            plan.Check([.. parent.Columns.Select(column => column.Name)]);
            string train = NewId.Next(), test = NewId.Next();
            string? validation = plan.ValidationSize > 0 ? NewId.Next() : null;
            Dataset Part(SplitPart part, string id) => Describe(parent, $"{name ?? parent.Name} ({JsonText.NameOf(part)})", From(parent) with
            {
                Target = plan.Target,
                Seed = plan.Seed,
                Split = new DatasetSplit(part, plan, train, test) { ValidationId = validation },
            }) with
            { Id = id };
            Dataset[] parts = [Part(SplitPart.Train, train), .. validation is null ? Array.Empty<Dataset>() : [Part(SplitPart.Validation, validation)], Part(SplitPart.Test, test)];
            return Same(connection, parts) ?? Add(connection, parent, parts, terms ?? new JobTerms());
        });
    }

    /// <summary>The parts of a split that has been made before, all of them, or null.</summary>
    private static Dataset[]? Same(System.Data.IDbConnection connection, Dataset[] parts)
    {
        if (DatasetTable.FindSame(connection, parts[0]) is not { Derivation.Split: { } split } known)
        {
            return null;
        }

        Dataset?[] found = [known, .. new[] { split.ValidationId, split.TestId }.OfType<string>().Select(id => DatasetTable.Find(connection, id))];
        return found.Length == parts.Length && found.All(part => part is { Status: not DatasetStatus.Failed }) ? [.. found.OfType<Dataset>()] : null;
    }

    private Dataset[] Add(System.Data.IDbConnection connection, Dataset parent, Dataset[] made, JobTerms terms)
    {
        var inputs = new Dictionary<string, string> { ["table"] = parent.FrameBlob! };
        if (parent.RowsBlob is string rows)
        {
            inputs["rows"] = rows;
        }

        var payload = new JsonObject
        {
            ["derivation"] = JsonText.NodeOf(made[0].Derivation),
            ["dataset_ids"] = JsonText.NodeOf(made.Select(dataset => dataset.Id)),
            ["suggested_target"] = made[0].Derivation!.Target ?? parent.SuggestedTarget,
        };
        string jobId = enqueue(connection, new JobRequest(DeriveKind, payload)
        {
            Inputs = inputs,
            Uses = [Uses.OfDataset(parent.Id), .. made.Select(dataset => Uses.OfDataset(dataset.Id))],
            Project = parent.Project,
            Terms = terms,
        });
        Dataset[] added = [.. made.Select(dataset => dataset with { Version = DatasetTable.NextVersion(connection, dataset), JobId = jobId })];
        foreach (Dataset dataset in added)
        {
            DatasetTable.Insert(connection, dataset);
        }

        return added;
    }

    private static Dataset ReadyParent(System.Data.IDbConnection connection, string id)
    {
        Dataset parent = DatasetLibrary.Get(connection, id);
        parent.ThrowIfNotReady();
        return parent;
    }

    /// <exception cref="Learning.Data.DataException">The parent has no such column.</exception>
    private static void CheckTarget(Dataset parent, string? target)
    {
        if (target is not null && parent.Columns.All(column => column.Name != target))
        {
            throw Learning.Data.DataException.NoSuchColumn(target, parent.Columns.Select(column => column.Name));
        }
    }

    private static Derivation From(Dataset parent) => new()
    {
        ParentId = parent.Id,
        ParentName = parent.Name,
        ParentHash = parent.ContentHash,
        RowsBefore = parent.RowCount,
        ColumnsBefore = parent.ColumnCount,
    };

    /// <summary>A dataset before it is made; until then its file is the parent's frame.</summary>
    private Dataset Describe(Dataset parent, string name, Derivation derivation)
    {
        string visible = DatasetLibrary.Shorten(name);
        return new Dataset
        {
            Id = NewId.Next(),
            Name = visible,
            Project = parent.Project,
            Version = 0,
            Origin = DatasetOrigin.Derived,
            Status = DatasetStatus.Reading,
            ContentHash = HashOf(derivation),
            FileName = $"{visible}.csv",
            Bytes = 0,
            OriginalBlob = parent.FrameBlob!,
            Derivation = derivation,
            CreatedAt = clock.GetUtcNow(),
        };
    }

    /// <summary>Equal for equal steps on equal tables.</summary>
    private static string HashOf(Derivation derivation)
    {
        string how = JsonText.Of(new { derivation.Steps, derivation.Target, derivation.Seed, derivation.Split?.Part, derivation.Split?.Plan });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{derivation.ParentHash}\n{how}")));
    }
}
