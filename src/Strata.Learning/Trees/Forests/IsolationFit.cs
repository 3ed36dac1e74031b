using Strata.Learning.Data;
using Strata.Tensors;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Forests;

/// <summary>Grows an isolation forest, whole trees in parallel; each tree's chance depends on its number only.</summary>
internal sealed class IsolationFit
{
    /// <summary>Trees per thread between two reports.</summary>
    private const int TreesPerReport = 16;

    /// <summary>Rows scored between two looks at the cancellation.</summary>
    private const int ScoredRows = 8192;

    private readonly IsolationForest recipe;
    private readonly TrainingTable table;
    private readonly FitContext context;
    private readonly ModelSignature signature;

    public IsolationFit(IsolationForest recipe, TrainingTable table, FitContext context)
    {
        (this.recipe, this.table, this.context) = (recipe, table, context);
        context.Cancellation.ThrowIfCancellationRequested();
        table.RequireSomethingToLearn();
        DataException.ThrowIfAny(
        [
            .. table.Target is NoTarget ? [] : new[] { $"An isolation forest learns without a target, but the table has '{table.Target.Name}'." },
            .. table.Features.Columns.Where(column => !column.HasNumbers).Select(column => column is ArrayColumn
                ? $"Column '{column.Name}' holds arrays, which trees cannot cut; {ArrayAdvice.Text}"
                : $"Column '{column.Name}' is text, which trees cannot cut; drop it, read it as a category, or encode it in a preparation step."),
        ]);
        signature = ModelSignature.Of(table);
    }

    public IsolationForestModel Run()
    {
        double[][] columns = [.. table.Features.Columns.Select(Numbers)];
        bool[] isCategory = [.. table.Features.Columns.Select(column => column is CategoryColumn)];
        var draw = new IsolationDraw(table.Weights ?? [.. Enumerable.Repeat(1.0, table.RowCount)]);
        int rowsPerTree = (int)Math.Min(recipe.RowsPerTree, draw.CopyCount);
        var trees = new TreeEnsemble[recipe.Trees];
        using var team = new ThreadTeam(Math.Min(Math.Max(1, context.Threads), recipe.Trees));
        for (int first = 0; first < trees.Length; first += TreesPerReport * team.Size)
        {
            int start = first, count = Math.Min(TreesPerReport * team.Size, trees.Length - first);
            team.Run(count, (item, _) =>
            {
                var random = RandomSource.For(context.Seed, $"isolation tree {start + item}");
                trees[start + item] = new IsolationTree(columns, isCategory, random).Grow(draw.Draw(rowsPerTree, random), recipe.ColumnFraction, 1.0 / trees.Length, context.Cancellation);
            });
            context.Cancellation.ThrowIfCancellationRequested();
            context.Progress?.Report(new FitProgress(first + count - 1, trees.Length, new Dictionary<string, double>()));
        }

        var builder = new TreeEnsembleBuilder(columns.Length, [0]);
        foreach (TreeEnsemble tree in trees)
        {
            builder.AddTrees(tree);
        }

        return WithThreshold(builder.Build());
    }

    private IsolationForestModel WithThreshold(TreeEnsemble trees)
    {
        double[] scores = IsolationForestModel.Scores(RawScores(trees));
        double threshold = recipe.Contamination is double share ? Threshold(scores, share) : 0.5;
        double Above(Func<int, bool> counts) => Enumerable.Range(0, scores.Length).Where(counts).Sum(row => table.Weights?[row] ?? 1);
        return new IsolationForestModel(signature, trees, threshold, Above(row => scores[row] > threshold) / Above(_ => true));
    }

    /// <summary>Of all training rows, some at a time with a look at the cancellation between.</summary>
    private double[] RawScores(TreeEnsemble trees)
    {
        var scores = new double[table.RowCount];
        for (int start = 0; start < scores.Length; start += ScoredRows)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(ScoredRows, scores.Length - start);
            EnsembleScorer.Score(trees, table.Features.Take([.. Enumerable.Range(start, count)]), context.Threads).CopyTo(scores, start);
        }

        return scores;
    }

    /// <summary>The least score with at most the share of the training weight above it.</summary>
    private double Threshold(double[] scores, double share)
    {
        int[] rows = [.. Enumerable.Range(0, scores.Length).OrderByDescending(row => scores[row])];
        double allowed = share * (table.Weights?.Sum() ?? scores.Length), above = 0;
        foreach (int row in rows)
        {
            above += table.Weights?[row] ?? 1;
            if (above > allowed)
            {
                return scores[row];
            }
        }

        return 0;
    }

    /// <summary>Infinities as the greatest numbers there are, so that a cut can be drawn between them and others.</summary>
    private static double[] Numbers(Column column)
    {
        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = Math.Clamp(numbers[row], double.MinValue, double.MaxValue);
        }

        return numbers;
    }
}
