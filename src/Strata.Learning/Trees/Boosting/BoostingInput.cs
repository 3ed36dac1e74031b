using Strata.Learning.Data;
using Strata.Learning.Losses;

namespace Strata.Learning.Trees.Boosting;

/// <summary>What a fit needs of its table: targets, weights and the part kept aside.</summary>
internal static class BoostingInput
{
    /// <summary>The weights, padded by zeros; one each where the table has none.</summary>
    public static float[] Weights(TrainingTable table)
    {
        var weights = new float[LossBlock.Padded(table.RowCount)];
        for (int row = 0; row < table.RowCount; row++)
        {
            weights[row] = table.Weights is null ? 1 : (float)table.Weights[row];
        }

        return weights;
    }

    /// <summary>What the recipe lets each row count for because of its class; null where all count for one.</summary>
    /// <param name="weights">A weight a row, padded.</param>
    /// <param name="target">The rows' classes.</param>
    /// <param name="codeOf">The signature's code for each of the target's codes.</param>
    /// <param name="recipe">Says how classes count.</param>
    public static float[]? ClassFactors(float[] weights, Target target, int[] codeOf, GradientBoosting recipe)
    {
        if (target is not ClassTarget classes || (recipe.ClassWeights == ClassBalance.None && recipe.ScalePositive == 1))
        {
            return null;
        }

        var sums = new double[codeOf.Max() + 1];
        for (int row = 0; row < classes.Count; row++)
        {
            sums[codeOf[classes.Codes[row]]] += weights[row];
        }

        double all = sums.Sum();
        int present = sums.Count(sum => sum > 0);
        double[] ofClass =
        [
            .. sums.Select(sum => recipe.ClassWeights switch
            {
                ClassBalance.Balanced when sum > 0 => all / (present * sum),
                ClassBalance.Lifted when sum > 0 => sums.Max() / sum,
                _ => 1,
            }),
        ];
        if (target.Task == LearningTask.BinaryClassification && ofClass.Length > 1)
        {
            ofClass[1] *= recipe.ScalePositive;
        }

        var factors = new float[weights.Length];
        for (int row = 0; row < classes.Count; row++)
        {
            factors[row] = (float)ofClass[codeOf[classes.Codes[row]]];
        }

        return factors;
    }

    /// <summary>The weights of some rows, and zero for all others; the weights themselves where these rows are all that have any.</summary>
    public static float[] Only(float[] weights, RowSplit split, int[] rows)
    {
        if (rows.Length == split.Train.Length + split.Test.Length)
        {
            return weights;
        }

        var only = new float[weights.Length];
        foreach (int row in rows)
        {
            only[row] = weights[row];
        }

        return only;
    }

    /// <summary>The rows of weight above zero, ascending.</summary>
    /// <param name="weights">A weight a row, perhaps padded.</param>
    /// <param name="count">How many rows there are.</param>
    public static int[] Weighty(float[] weights, int count)
    {
        var rows = new int[count - weights.AsSpan(0, count).Count(0f)];
        int place = 0;
        for (int row = 0; row < count; row++)
        {
            if (weights[row] > 0)
            {
                rows[place++] = row;
            }
        }

        return rows;
    }

    /// <summary>The rows of weight above zero, divided into those to learn from and those to stop early by.</summary>
    public static RowSplit Split(TrainingTable table, float[] weights, GradientBoosting recipe, FitContext context)
    {
        if (table.Features.ColumnCount == 0)
        {
            throw new DataException("There are no columns to learn from.");
        }

        int[] weighty = Weighty(weights, table.RowCount);
        if (weighty.Length == 0)
        {
            throw new DataException(table.RowCount == 0 ? "There are no rows to learn from." : "Every row has weight zero (or one too small for single precision); at least one must count.");
        }

        if (recipe.EarlyStoppingRounds == 0 || context.Validation is { RowCount: > 0 })
        {
            return new RowSplit(weighty, []);
        }

        if (weighty.Length == table.RowCount)
        {
            return RowSplits.HoldOut(table, recipe.ValidationFraction, context.Seed).Split;
        }

        var (split, _) = RowSplits.HoldOut(table.Take(weighty), recipe.ValidationFraction, context.Seed);
        return new RowSplit([.. split.Train.Select(i => weighty[i])], [.. split.Test.Select(i => weighty[i])]);
    }

    /// <summary>Targets as the loss takes them; numbers are centred, so that single precision serves their differences and not their size.</summary>
    public static (double Centre, float[] Targets) Targets(Target target, int[] codeOf, ILoss loss, float[] weights, double[]? startScores)
    {
        double centre = 0;
        if (target is NumberTarget numbers && loss.IsShiftInvariant)
        {
            double sum = 0, all = 0;
            for (int row = 0; row < numbers.Count; row++)
            {
                sum += numbers.Values[row] * weights[row];
                all += weights[row];
            }

            centre = startScores?[0] ?? sum / all;
        }

        return (centre, LabelledRows.PaddedTargets(target, codeOf, centre));
    }

    /// <summary>The recipe's base score in every output, or the best constants.</summary>
    public static double[] BaseScores(GradientBoosting recipe, ILoss loss, float[] targets, float[] weights, double centre) => recipe.BaseScore is double given
        ? [.. Enumerable.Repeat(given, loss.OutputCount)]
        : [.. loss.InitialScores(targets, weights).Select(score => score + centre)];
}
