using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Validation.Leaks;
using Strata.Platform.Datasets;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;

namespace Strata.Platform.Models;

/// <summary>Puts stored models together: whether they answer one question, and which rows of a dataset they have learned from.</summary>
public sealed class ModelEnsembles
{
    public const int MostModels = 20;

    private readonly DatasetLibrary datasets;
    private readonly JobQueue jobs;
    private readonly RunHistory runs;
    private readonly ModelLibrary models;

    internal ModelEnsembles(DatasetLibrary datasets, JobQueue jobs, RunHistory runs, ModelLibrary models) => (this.datasets, this.jobs, this.runs, this.models) = (datasets, jobs, runs, models);

    /// <summary>What an ensemble of models needs, on a dataset.</summary>
    /// <exception cref="NotFoundException">There is no such model.</exception>
    /// <exception cref="DataException">They cannot be combined; all problems at once.</exception>
    public EnsembleDraft Draft(IReadOnlyList<string> modelIds, Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(modelIds);
        ArgumentNullException.ThrowIfNull(dataset);
        var problems = new List<string>();
        if (modelIds.Count is < 2 or > MostModels)
        {
            problems.Add($"There are {modelIds.Count} models; expected 2 to {MostModels}.");
        }

        problems.AddRange(modelIds.CountBy(id => id).Where(count => count.Value > 1).Select(count => $"Model '{count.Key}' is named {count.Value} times; expected once."));
        DataException.ThrowIfAny(problems);
        return Draft(Names([.. modelIds.Select(models.Get)]), dataset);
    }

    /// <summary>What teaching a small model to answer as a stored one needs, on a dataset: the stored one is the only member.</summary>
    /// <exception cref="NotFoundException">There is no such model.</exception>
    /// <exception cref="DataException">It cannot be taught so; all problems at once.</exception>
    public EnsembleDraft TeacherDraft(string modelId, Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Draft(Names([models.Get(modelId)]), dataset);
    }

    private EnsembleDraft Draft(Named[] named, Dataset dataset)
    {
        var problems = new List<string>();
        Dataset root = Root(dataset) ?? dataset;
        ModelSignature? signature = SignatureOf(named, problems);
        Known[] known = [.. named.Select(one => KnownOf(one, root, problems))];
        DataException.ThrowIfAny(problems);
        return new EnsembleDraft
        {
            Members = [.. known.Select(one => new EnsembleMember(one.Named.Model.Id, one.Named.Name, one.Named.Model.Hash, one.TestedHash))],
            Signature = signature!,
            Preset = named[0].Model.Preset,
            Group = Common(known, "group"),
            Time = Common(known, "time"),
            Leaks = [.. known.Where(one => one.Run is null).Select(one => Unknown(one.Named.Name))],
        };
    }

    private static ModelSignature? SignatureOf(Named[] named, List<string> problems)
    {
        problems.AddRange(named.Skip(1).Where(one => one.Model.Preset != named[0].Model.Preset)
            .Select(one => $"{one.Name} was trained {With(one.Model.Preset)}, {named[0].Name} {With(named[0].Model.Preset)}; their rows are made ready differently."));
        try
        {
            return JointSignature.Of([.. named.Select(one => (one.Name, new ModelSignature(one.Model.Task, one.Model.Target, one.Model.Classes, new Schema(one.Model.Features))))]);
        }
        catch (DataException e)
        {
            problems.AddRange(e.Problems);
            return null;
        }
    }

    private static string With(string? preset) => preset is null ? "without a preset" : $"with the preset {preset}";

    private static Named[] Names(StoredModel[] stored)
    {
        var counts = stored.CountBy(model => model.Name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return [.. stored.Select(model => new Named(model, counts[model.Name] == 1 ? model.Name : $"{model.Name} version {model.Version}"))];
    }

    /// <summary>What is known of the rows that a model has learned from.</summary>
    private Known KnownOf(Named named, Dataset root, List<string> problems)
    {
        Run? run = named.Model.RunId is string id && runs.ProjectOf(id) is not null && runs.Get(id) is { JobId: not null, DatasetId: not null } found ? found : null;
        if (run is null || datasets.Find(run.DatasetId!) is not Dataset learned || Root(learned) is not Dataset read)
        {
            return new Known(named, null, null);
        }

        if (read.ContentHash != root.ContentHash)
        {
            return new Known(named, run, null);
        }

        JsonObject payload = jobs.Get(run.JobId!).Payload;
        if (payload["as_is"]?.GetValue<bool>() == true && learned.Id != read.Id)
        {
            problems.Add($"{named.Name} learned from '{learned.Name}' as it is: which rows of '{root.Name}' it has seen cannot be told. Name a dataset that is new to it, or train it without 'as_is'.");
        }
        else if (payload[EnsembleMember.Payload] is not null && named.Model.Algorithm == Stacking.AlgorithmName)
        {
            problems.Add($"{named.Name} is a stack of models whose meta-learner has learned from all rows that they had not seen. Combine its members with the others, make it anew by blending, or name a dataset that is new to it.");
        }

        string? tested = runs.Artifacts(run.Id).FirstOrDefault(artifact => artifact.Name == TestedRowFiles.FileName)?.Hash;
        if (tested is null)
        {
            problems.Add($"{named.Name} has learned from '{root.Name}', and the rows that it held back are no longer stored. Name a dataset that is new to it.");
        }

        return new Known(named, run, tested);
    }

    /// <summary>The table that was read; null where it is gone.</summary>
    private Dataset? Root(Dataset dataset)
    {
        Dataset? at = dataset;
        while (at?.Derivation is { } derivation)
        {
            at = datasets.Find(derivation.ParentId);
        }

        return at;
    }

    /// <summary>A setting of the runs' plans that all of them share.</summary>
    private static string? Common(Known[] known, string member)
    {
        string?[] values = [.. known.Select(one => one.Run?.Plan?[member]?.GetValue<string>()).Distinct(StringComparer.Ordinal)];
        return values.Length == 1 ? values[0] : null;
    }

    private static PreparationLeak Unknown(string name) => new(
        LeakSeverity.Notice,
        $"What {name} has learned from is not known here: rows of this dataset may be among it.",
        "Test on rows that are new for certain.")
    {
        Kind = LeakKind.MemberSawTestRows,
    };

    private sealed record Named(StoredModel Model, string Name);

    private sealed record Known(Named Named, Run? Run, string? TestedHash);
}
