using System.Runtime.CompilerServices;
using Strata.Learning.Data;
using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

/// <summary>Shapley values of a model of trees, in the columns that the trees see.</summary>
internal sealed class TreeContributions(ITreeModel model) : IExplanation
{
    /// <summary>What is worked out once for an ensemble is kept as long as the ensemble lives, so that explaining single rows is quick.</summary>
    private static readonly ConditionalWeakTable<TreeEnsemble, TreeShap> Known = [];

    public Contributions Contributions(Frame rows, ExplanationOptions options)
    {
        Frame frame = model.Signature.Features.Conform(rows);
        double[][] columns = FrameNumbers.Of(frame);
        if (options.Method == ExplanationMethod.Path)
        {
            TreeShap paths = Paths();
            return Told(frame, paths.Contributions(columns, frame.RowCount, options.Context), paths.Bias);
        }

        Frame background = model.Signature.Features.Conform(options.BackgroundFor(rows));
        var mixtures = new InterventionalShap(model.Trees, FrameNumbers.Of(background), background.RowCount, options.Context);
        return Told(frame, mixtures.Contributions(columns, frame.RowCount, options.Context), mixtures.Bias);
    }

    public Interactions Interactions(Frame rows, FitContext context)
    {
        Frame frame = model.Signature.Features.Conform(rows);
        TreeShap paths = Paths();
        double[] values = paths.Interactions(FrameNumbers.Of(frame), frame.RowCount, context);
        return new Interactions([.. frame.Names], model.Signature.OutputNames, frame.RowCount, values, Repeated(paths.Bias, frame.RowCount));
    }

    private TreeShap Paths() => Known.GetValue(model.Trees, trees => new TreeShap(trees));

    private Contributions Told(Frame frame, double[] values, IReadOnlyList<double> bias) =>
        new([.. frame.Names], model.Signature.OutputNames, frame.RowCount, values, Repeated(bias, frame.RowCount));

    private static double[] Repeated(IReadOnlyList<double> bias, int rows) => [.. Enumerable.Range(0, rows).SelectMany(_ => bias)];
}
