using Strata.Learning.Data;
using Strata.Learning.Losses;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>From a table to a model by <see cref="StochasticDescent"/>.</summary>
internal static class StochasticFits
{
    /// <summary>Several classes are each told from the rest; scores are taken for log-odds.</summary>
    public static LinearMarginModel Classes(TrainingTable table, FitContext context, string algorithm, StochasticSettings settings, ClassWeighting weighting, bool hasIntercept)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        var target = table.Target as ClassTarget
            ?? throw new DataException($"{settings.Title} predicts classes, but target '{table.Target.Name}' holds numbers; take its regressor.");
        table.RequireSomethingToLearn();
        var descent = new StochasticDescent(table, ClassWeights.Of(weighting, target, table.Weights), hasIntercept, settings, context);
        int outputs = target.Task.OutputCount(target.Classes.Count);
        double[][] sides = [.. Enumerable.Range(0, outputs).Select(k => target.Codes.Select(code => code == (outputs == 1 ? 1 : k) ? 1.0 : -1).ToArray())];
        var notes = new List<string>();
        double[][] solutions = descent.Fit(sides, notes);
        double[] coefficients = [.. solutions.SelectMany(solution => descent.Scaling.Spreads.Select((spread, j) => solution[j] / spread))];
        int columns = descent.Scaling.Spreads.Length;
        double[] intercepts = [.. solutions.Select((solution, k) => solution[^1] - VectorKernels.Dot(descent.Scaling.Means, coefficients.AsSpan(k * columns, columns)))];
        return new LinearMarginModel(algorithm, ModelSignature.Of(table), coefficients, intercepts, Means(table, context), [.. solutions.Select(_ => PlattSigmoid.Plain)], notes.Count == 0, notes);
    }

    /// <summary>The target is standardised on the way.</summary>
    public static LinearNumberModel Numbers(TrainingTable table, FitContext context, string algorithm, StochasticSettings settings, bool hasIntercept)
    {
        NumberRows rows = NumberRows.Of(table, context with { Progress = null }, settings.Title, hasIntercept);
        double unit = rows.TargetSpread();
        var descent = new StochasticDescent(table, table.Weights, hasIntercept, settings with { Width = settings.Width / unit }, context);
        var notes = new List<string>();
        double[] solution = descent.Fit([[.. rows.Target.Select(value => (value - rows.TargetMean) / unit)]], notes)[0];
        double[] coefficients = [.. descent.Scaling.Spreads.Select((spread, j) => unit * solution[j] / spread)];
        double intercept = rows.TargetMean + unit * solution[^1] - VectorKernels.Dot(descent.Scaling.Means, coefficients);
        return rows.Finish(algorithm, NumberLink.Identity, coefficients, intercept, new SolverEnding(notes.Count == 0, 0, notes));
    }

    private static double[] Means(TrainingTable table, FitContext context) =>
        Standardization.Of(DesignMatrix.Of(table.Features, context.ParallelOptions), table.Weights, centered: true, context.ParallelOptions).Means;
}
