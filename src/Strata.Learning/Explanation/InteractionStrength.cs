using Strata.Learning.Data;
using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

/// <summary>How strongly the columns of a model work together: the mean size of their interactions over rows and outputs.</summary>
/// <param name="Columns">The columns that do most, the first most of all.</param>
/// <param name="Values">[columns][columns], in units of the raw score: on the diagonal what a column does alone, elsewhere a pair's whole effect.</param>
/// <param name="RowCount">How many rows it was measured on.</param>
public sealed record InteractionStrength(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double>> Values, int RowCount)
{
    /// <summary>Numbers worked out at a time: 64 MiB.</summary>
    private const long MostNumbers = 8L << 20;

    /// <summary>Nodes times depth times rows that take about a second; large forests would take minutes.</summary>
    private const long MostSteps = 2_000_000_000;

    private const int MostRows = 200, FewestRows = 20;

    /// <summary>Measures it on the first rows; null for a model that is not of trees or whose preparation mixes columns, or of so many columns or nodes that few rows would be left.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Rows as the model takes them.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <param name="mostColumns">So many of the columns that do most.</param>
    public static InteractionStrength? Of(IModel model, Frame rows, FitContext context, int mostColumns = 10)
    {
        ArgumentNullException.ThrowIfNull(rows);
        IModel learner = Importance.PipelineOf(model)?.Learner ?? model;
        if (learner is not ITreeModel trees || !Explainer.CanExplain(model))
        {
            return null;
        }

        long perRow = trees.Trees.OutputCount * (long)trees.Trees.FeatureCount * trees.Trees.FeatureCount;
        long steps = Math.Max(1, trees.Trees.NodeCount * (long)trees.Trees.Depth());
        int count = (int)Math.Min(Math.Min(rows.RowCount, MostRows), Math.Min(MostNumbers / Math.Max(1, perRow), MostSteps / steps));
        if (count < Math.Min(rows.RowCount, FewestRows) || count == 0)
        {
            return null;
        }

        Interactions interactions = Explainer.Interactions(model, rows.Take([.. Enumerable.Range(0, count)]), context);
        double[] sizes = interactions.MeanSize();
        int all = interactions.Columns.Count;
        double Size(int a, int b) => a == b ? sizes[a * all + a] : sizes[a * all + b] + sizes[b * all + a];
        int[] chosen = [.. Enumerable.Range(0, all).OrderByDescending(column => sizes.AsSpan(column * all, all).ToArray().Sum()).Take(mostColumns)];
        return new InteractionStrength([.. chosen.Select(column => interactions.Columns[column])], [.. chosen.Select(a => (IReadOnlyList<double>)[.. chosen.Select(b => Size(a, b))])], count);
    }
}
