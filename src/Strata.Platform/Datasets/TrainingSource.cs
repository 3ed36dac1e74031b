using System.Data;
using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.Validation.Leaks;
using Strata.Learning.Workflow;
using Strata.Platform.Storage;

namespace Strata.Platform.Datasets;

/// <summary>
/// What a training on a dataset learns from. A derived one goes back to the table that was read: the recorded steps come before the training's own preparation, so
/// that they are fitted on training rows only, and a recorded split is used as it is.
/// </summary>
public sealed record TrainingSource
{
    /// <summary>The worker's input with the rows.</summary>
    public const string Table = "table";

    /// <summary>Which rows of it are learned from; absent for all.</summary>
    public const string TableRows = "table_rows";

    /// <summary>A table of its own to test on; absent where the rows are of the first.</summary>
    public const string TestTable = "test_table";

    /// <summary>Which rows are tested on; absent for all of a table of its own, or for some that are held back.</summary>
    public const string TestRows = "test_rows";

    public const string ValidationTable = "validation_table";

    public const string ValidationRows = "validation_rows";

    private static readonly string[] NamingMembers = ["target", "group", "time", "weight"];

    private TrainingSource()
    {
    }

    /// <summary>Blobs that the worker reads, by the names above.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>What may not be deleted meanwhile.</summary>
    public required IReadOnlyList<string> Uses { get; init; }

    /// <summary>What the result's reader should know, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Where all rows had a say in what is learned from.</summary>
    public IReadOnlyList<PreparationLeak> Leaks { get; init; } = [];

    private StepPlan[] Steps { get; init; } = [];

    private SplitPlan? Split { get; init; }

    /// <summary>The dataset that the rows are of.</summary>
    public required Dataset Root { get; init; }

    /// <param name="connection">Where datasets are looked up.</param>
    /// <param name="dataset">Ready.</param>
    /// <param name="isAsItIs">Whether a derived dataset is learned from as it stands, whatever its steps saw of test rows.</param>
    /// <param name="preset">The preset that the training takes; null for none.</param>
    /// <exception cref="ConflictException">A part of its split is gone or not ready, or a preset, which is made for tables as they were read, meets a derived one.</exception>
    public static TrainingSource Of(IDbConnection connection, Dataset dataset, bool isAsItIs = false, string? preset = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        Dataset[] chain = [.. Chain(connection, dataset)];
        if (chain.Length > 1 && preset is not null)
        {
            throw new ConflictException($"The preset '{preset}' knows tables as they were read, and '{dataset.Name}' was made from one. Train on '{chain[^1].Name}', or without the preset.");
        }

        return chain.Length == 1 ? new TrainingSource { Inputs = new Dictionary<string, string> { [Table] = dataset.FrameBlob! }, Uses = [Storage.Uses.OfDataset(dataset.Id)], Root = dataset }
            : isAsItIs ? AsItIs(connection, chain)
            : Refitted(connection, chain);
    }

    /// <summary>The same rows for models that are fitted already: they carry the steps that they need.</summary>
    public TrainingSource ForFittedModels() => this with { Steps = [], Notes = [], Leaks = [] };

    /// <summary>A training's plan with the recorded steps, and the structure of the recorded split where the plan names none.</summary>
    /// <exception cref="ConflictException">The plan names a column that only the steps make.</exception>
    public JsonObject Into(JsonObject plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var whole = (JsonObject)plan.DeepClone();
        if (Split is not null)
        {
            whole["group"] ??= Split.Group;
            whole["time"] ??= Split.Time;
        }

        if (Steps.Length > 0)
        {
            CheckColumns(whole);
            whole["dataset_steps"] = JsonText.NodeOf(Steps);
        }

        return whole;
    }

    /// <summary>Puts into a job's payload what its worker needs to know besides.</summary>
    public void Tell(JsonObject payload, IReadOnlyList<string> notes, IReadOnlyList<PreparationLeak> leaks)
    {
        ArgumentNullException.ThrowIfNull(payload);
        if (notes.Count + Notes.Count > 0)
        {
            payload["notes"] = JsonText.NodeOf(notes.Concat(Notes));
        }

        if (leaks.Count + Leaks.Count > 0)
        {
            payload["leaks"] = JsonText.NodeOf(leaks.Concat(Leaks));
        }
    }

    private void CheckColumns(JsonObject plan)
    {
        IEnumerable<string?> named = [.. NamingMembers.Select(member => plan[member]?.GetValue<string>()), .. (plan["drop"] as JsonArray ?? []).Select(name => name?.GetValue<string>())];
        string[] made = [.. named.OfType<string>().Where(name => Root.Columns.All(column => column.Name != name))];
        if (made.Length > 0)
        {
            throw new ConflictException($"'{made[0]}' is made by the steps of a derived dataset, which are fitted again on the rows of '{Root.Name}', where it is not. Train on the dataset as it is ('as_is'), or leave the column out by a step.");
        }
    }

    /// <summary>The dataset, what it was made from, and so on to one that was read.</summary>
    private static IEnumerable<Dataset> Chain(IDbConnection connection, Dataset dataset)
    {
        yield return dataset;
        for (Dataset at = dataset; at.Derivation is { } derivation;)
        {
            at = DatasetLibrary.Get(connection, derivation.ParentId);
            yield return at;
        }
    }

    private static TrainingSource Refitted(IDbConnection connection, Dataset[] chain)
    {
        Dataset root = chain[^1];
        StepPlan[] steps = [.. chain.Reverse().SelectMany(dataset => dataset.Derivation?.Steps ?? [])];
        var inputs = new Dictionary<string, string> { [Table] = root.FrameBlob! };
        var notes = new List<string>();
        var leaks = new List<PreparationLeak>();
        Dataset? part = chain.FirstOrDefault(dataset => dataset.Derivation?.Split is not null);
        if (part is not null)
        {
            inputs[TableRows] = part.RowsBlob!;
            AddParts(connection, part, notes, (kind, other) => inputs[kind == SplitPart.Test ? TestRows : ValidationRows] = other.RowsBlob!);
        }

        string[] learned = [.. Told(chain).Select(step => step.Step).Where(TableDerivation.LearnsFromRows).Distinct()];
        if (steps.Length > 0)
        {
            notes.Add($"Dataset '{chain[0].Name}' was made from '{root.Name}' by {string.Join(", ", steps.Select(step => step.Step))}: the training went back to the rows of '{root.Name}' and fitted these steps on its training rows only.");
        }

        if (learned.Length > 0)
        {
            leaks.Add(new PreparationLeak(
                LeakSeverity.Notice,
                $"Dataset '{chain[0].Name}' was made by steps that were computed on all of its rows: {string.Join(", ", learned)}. For this training they were fitted again on training rows only.",
                "Nothing needs to be done. The dataset itself shows values that test rows had a say in."));
        }

        int lost = part is null ? 0 : chain.SkipWhile(dataset => dataset != part).Where(dataset => dataset.Derivation is { Split: null }).Sum(dataset => dataset.Derivation!.RowsBefore - dataset.RowCount);
        if (lost > 0)
        {
            notes.Add($"{lost} rows of '{root.Name}' were left out before it was split: they are in no part of the split, and the test says nothing about rows like them.");
        }

        return new TrainingSource { Inputs = inputs, Uses = [.. chain.Select(dataset => Storage.Uses.OfDataset(dataset.Id))], Notes = notes, Leaks = leaks, Steps = steps, Split = part?.Derivation?.Split?.Plan, Root = root };
    }

    private static TrainingSource AsItIs(IDbConnection connection, Dataset[] chain)
    {
        Dataset dataset = chain[0];
        var inputs = new Dictionary<string, string> { [Table] = dataset.FrameBlob! };
        var notes = new List<string>();
        if (dataset.Derivation?.Split is not null)
        {
            AddParts(connection, dataset, notes, (kind, other) => inputs[kind == SplitPart.Test ? TestTable : ValidationTable] = other.FrameBlob!);
        }

        PreparationLeak[] leaks = [.. Told(chain).Where(step => TableDerivation.LearnsFromRows(step.Step)).Select(step => Leak(dataset, step))];
        notes.AddRange(leaks.Select(leak => $"Leak warning: {leak.Message}"));
        return new TrainingSource { Inputs = inputs, Uses = [.. chain.Select(one => Storage.Uses.OfDataset(one.Id))], Notes = notes, Leaks = leaks, Split = dataset.Derivation?.Split?.Plan, Root = dataset };
    }

    private static PreparationLeak Leak(Dataset dataset, DerivedStep step) => new(
        step.Target is null ? LeakSeverity.Warning : LeakSeverity.Critical,
        step.Target is string target
            ? $"Dataset '{dataset.Name}' was trained on as it is: its step {step.Step} chose columns by '{target}' of {step.FittedRows} rows, test rows among them."
            : $"Dataset '{dataset.Name}' was trained on as it is: its step {step.Step} was fitted on {step.FittedRows} rows, test rows among them.",
        "Train without 'as_is', so that the step is fitted again on training rows only.");

    private static IEnumerable<DerivedStep> Told(Dataset[] chain) => chain.Reverse().SelectMany(dataset => dataset.Derivation?.Done ?? []);

    /// <summary>The other parts of the split that a dataset learns from.</summary>
    private static void AddParts(IDbConnection connection, Dataset dataset, List<string> notes, Action<SplitPart, Dataset> add)
    {
        DatasetSplit split = dataset.Derivation!.Split!;
        if (split.Part != SplitPart.Train)
        {
            notes.Add($"Dataset '{dataset.Name}' is the {JsonText.NameOf(split.Part)} part of a split, and was learned from here: it is no longer a test of models that are compared with this one.");
            return;
        }

        foreach ((SplitPart kind, string? id) in new[] { (SplitPart.Test, split.TestId), (SplitPart.Validation, split.ValidationId) })
        {
            if (id is not null)
            {
                Dataset other = DatasetTable.Find(connection, id) ?? throw new ConflictException($"The {JsonText.NameOf(kind)} part of the split that '{dataset.Name}' belongs to has been deleted. Split the rows again.");
                other.ThrowIfNotReady();
                add(kind, other);
            }
        }

        notes.Add($"The rows were split before the training, and it used that split as it is. {split.Text}".TrimEnd());
    }
}
