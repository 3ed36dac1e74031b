using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Learning.Validation;

namespace Strata.Learning.Explanation;

/// <summary>What a column's importance is measured by.</summary>
public enum ImportanceKind
{
    /// <summary>How much predictions worsen when the column's values are shuffled: what counts in use, and works for every model.</summary>
    Permutation,

    /// <summary>How much the trees' splits on it lowered the training loss; favours columns of many values.</summary>
    Gain,

    /// <summary>How much training weight the trees' splits on it saw.</summary>
    Cover,

    /// <summary>How many of the trees' splits are on it.</summary>
    Splits,
}

/// <summary>How much each original column matters to a model. What trees say of themselves needs no rows; for the rest see <see cref="PermutationImportance"/>.</summary>
public static class Importance
{
    /// <summary>The kinds that a model answers; all but permutation need no rows.</summary>
    public static IReadOnlyList<ImportanceKind> KindsOf(IModel model) =>
        LearnerOf(model) is ITreeModel ? [ImportanceKind.Permutation, ImportanceKind.Gain, ImportanceKind.Cover, ImportanceKind.Splits] : [ImportanceKind.Permutation];

    /// <summary>Sums over all splits of the trees, in original columns, the most important first; empty for a model that is not of trees.</summary>
    /// <param name="model">A model of trees, or a pipeline that ends in one.</param>
    /// <param name="kind">Any but <see cref="ImportanceKind.Permutation"/>.</param>
    public static IReadOnlyList<ColumnImportance> OfTrees(IModel model, ImportanceKind kind)
    {
        TreeImportance measure = kind switch
        {
            ImportanceKind.Gain => TreeImportance.Gain,
            ImportanceKind.Cover => TreeImportance.Cover,
            ImportanceKind.Splits => TreeImportance.Splits,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Permutation importance is measured on rows."),
        };
        if (LearnerOf(model) is not ITreeModel learner)
        {
            return [];
        }

        Dictionary<string, double> sums = model.Signature.Features.Names.ToDictionary(name => name, _ => 0.0, StringComparer.Ordinal);
        double[] ofLearner = learner.Trees.Importance(measure);
        foreach ((int i, string name) in learner.Signature.Features.Names.Index())
        {
            foreach (OriginShare origin in OriginsOf(model, name))
            {
                sums[origin.Column] += origin.Share * ofLearner[i];
            }
        }

        return [.. sums.OrderByDescending(pair => pair.Value).Select(pair => new ColumnImportance(pair.Key, pair.Value, 0))];
    }

    /// <summary>The original columns that some tree splits on: predictions depend on no other. Null where that is not known.</summary>
    internal static HashSet<string>? UsedColumns(IModel model) =>
        LearnerOf(model) is ITreeModel && PipelineOf(model) is not { DependsOnOriginsOnly: false } ? [.. OfTrees(model, ImportanceKind.Splits).Where(column => column.Mean > 0).Select(column => column.Column)] : null;

    private static IModel LearnerOf(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return PipelineOf(model)?.Learner ?? model;
    }

    /// <summary>The pipeline that a model is or finishes; null for a learner alone.</summary>
    internal static PipelineModel? PipelineOf(IModel model) => model as PipelineModel ?? (model as FinishedModel)?.Pipeline;

    private static IReadOnlyList<OriginShare> OriginsOf(IModel model, string learnerColumn) =>
        PipelineOf(model) is PipelineModel pipeline ? pipeline.OriginsOf(learnerColumn) : [new OriginShare(learnerColumn, 1)];
}
