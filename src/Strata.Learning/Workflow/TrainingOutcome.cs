using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.Explanation;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Errors;
using Strata.Learning.Validation.Leaks;

namespace Strata.Learning.Workflow;

/// <summary>What one training gave: the model, how good it is on rows it never saw, what matters to it, and what a person should know.</summary>
public sealed record TrainingOutcome
{
    public required TrainingPlan Plan { get; init; }

    public required IModel Model { get; init; }

    /// <summary>Judged on the test rows only.</summary>
    public required Evaluation Evaluation { get; init; }

    /// <summary>The same recipe on parts of the training rows, for an estimate with its spread; null when not asked for.</summary>
    public CrossValidation? CrossValidated { get; init; }

    /// <summary>How much the main metric falls when a column's test values are shuffled, largest first; empty when not asked for.</summary>
    public required IReadOnlyList<ColumnImportance> Importance { get; init; }

    /// <summary>What the trees say of each column, by kind; empty for a model that is not of trees.</summary>
    public IReadOnlyDictionary<ImportanceKind, IReadOnlyList<ColumnImportance>> TreeImportance => Explanation.Importance.KindsOf(Model)
        .Where(kind => kind != ImportanceKind.Permutation)
        .ToDictionary(kind => kind, kind => Explanation.Importance.OfTrees(Model, kind));

    /// <summary>How strongly columns work together on test rows; null where that is not known or was not asked for.</summary>
    public InteractionStrength? Interactions { get; init; }

    /// <summary>What the model is worth on test rows without each modality that it joins; empty for a model of one, or when not asked for.</summary>
    public IReadOnlyList<ModalityAblation> Modalities { get; init; } = [];

    /// <summary>What the weights that it began from are worth over beginning by chance; null when not asked for.</summary>
    public TransferGain? Transfer { get; init; }

    /// <summary>The test rows: features, target, and their 0-based row numbers in the table they came from.</summary>
    public required PlannedTable Test { get; init; }

    /// <summary>Whether the model has learned from the test rows too, and is judged by models of folds that had not.</summary>
    public bool LearnedFromTest { get; init; }

    public required Predictions TestPredictions { get; init; }

    public required int TrainingRows { get; init; }

    /// <summary>How the rows were split, in words.</summary>
    public required string Split { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The tested rows on which it is clearly worse than on the others, as one or two readable conditions.</summary>
    public IReadOnlyList<ErrorSlice> WorstSlices { get; init; } = [];

    /// <summary>What makes the model look better than it will be in use, before and after training.</summary>
    public required LeakAudit LeakAudit { get; init; }

    /// <summary>The time that fitting took, without reading, testing or explaining.</summary>
    public required TimeSpan FitTime { get; init; }

    public ModelFile ToModelFile(string? title = null, string? preset = null) => new(Model, new ModelCard
    {
        Title = title,
        Preset = preset,
        StrataVersion = typeof(TrainingOutcome).Assembly.GetName().Version?.ToString(3),
        Plan = JsonSerializer.SerializeToNode(Plan with { Threads = null }, ModelFileJson.Options) as JsonObject,
        Split = Split,
        TrainingRows = TrainingRows,
        TestRows = Test.Table.RowCount,
        Metrics = Evaluation.Metrics,
        Notes = [.. Notes, .. LeakAudit.Alarms.Select(finding => finding.Message)],
    });
}
