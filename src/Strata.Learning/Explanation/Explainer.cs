using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

/// <summary>Says how much each original column moved each raw score of a model.</summary>
public static class Explainer
{
    /// <summary>Whether <see cref="Explain"/> knows the kind of model; permutation importance works for every kind.</summary>
    public static bool CanExplain(IModel model) => For(model) is not null;

    /// <summary>For every row and output, bias plus contributions is the raw score, to rounding error.</summary>
    /// <param name="model">A model of trees, a linear one, or a pipeline that ends in one.</param>
    /// <param name="rows">Columns are found by name and brought to the model's types first.</param>
    /// <param name="threads">At most so many run at once.</param>
    /// <exception cref="DataException">A column is missing or of another kind, or no rule for this kind of model is known.</exception>
    public static Contributions Explain(IModel model, Frame rows, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        return For(model) is { } explain
            ? explain(rows, threads)
            : throw new DataException($"A '{model.Algorithm}' model has no exact contributions a row; permutation importance says which columns it uses.");
    }

    /// <summary>The one table of model kinds.</summary>
    private static Func<Frame, int, Contributions>? For(IModel model) => model switch
    {
        PipelineModel pipeline => For(pipeline.Learner) is { } explain
            ? (rows, threads) => pipeline.InOriginalColumns(explain(pipeline.Prepare(rows), threads))
            : null,
        ITreeModel trees => (rows, threads) => TreeContributions.Of(trees, rows, threads),
        LinearModel linear => (rows, threads) => LinearContributions.Of(linear, rows, threads),
        _ => null,
    };
}
