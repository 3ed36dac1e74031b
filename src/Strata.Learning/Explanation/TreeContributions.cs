using System.Runtime.CompilerServices;
using Strata.Learning.Data;
using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

/// <summary>Shapley values of a model of trees, in the columns that the trees see.</summary>
internal static class TreeContributions
{
    /// <summary>What is worked out once for an ensemble is kept as long as the ensemble lives, so that explaining single rows is quick.</summary>
    private static readonly ConditionalWeakTable<TreeEnsemble, TreeShap> Known = [];

    public static Contributions Of(ITreeModel model, Frame rows, int threads)
    {
        TreeShap shap = Known.GetValue(model.Trees, trees => new TreeShap(trees));
        Frame frame = model.Signature.Features.Conform(rows);
        double[] bias = [.. Enumerable.Range(0, frame.RowCount).SelectMany(_ => shap.Bias)];
        return new Contributions(
            [.. model.Signature.Features.Names], model.Signature.OutputNames, frame.RowCount, shap.Contributions(FrameNumbers.Of(frame), frame.RowCount, threads), bias);
    }
}
