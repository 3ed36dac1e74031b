using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Processes;

/// <summary>
/// Regression by a Gaussian process: a smooth curve through the rows, with how sure it is of every prediction. Signal variance, length scale and noise are
/// those under which the rows are most likely. Takes complete numbers only; a row of weight two counts as two measurements. The result does not depend on
/// the order of the rows.
/// </summary>
public sealed record GaussianProcess : IRecipe<GaussianProcessModel>
{
    internal const string AlgorithmName = "gaussian_process", Learner = "a Gaussian process";

    /// <summary>The time grows with the third power of the rows: of these, minutes.</summary>
    public const int MostRows = 2000;

    private const double Tolerance = 1e-6;

    public string Algorithm => AlgorithmName;

    [Hyperparameter("How alike near rows are: the smoothness of the curve.")]
    public ProcessKernel Kernel { get; init; } = ProcessKernel.Rbf;

    [Hyperparameter("The most steps in the search for signal variance, length scale and noise.", Min = 1, Max = 10_000, Advanced = true)]
    public int MaxIterations { get; init; } = 200;

    public GaussianProcessModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
        double[] target = Check(table, context);
        var rows = ProcessRows.Of(table, target);
        int columns = table.Features.ColumnCount;
        if (rows.Means.Length > MostRows)
        {
            throw new DataException($"There are {rows.Means.Length} different rows; a Gaussian process takes {MostRows} at the most, because its time grows with their third power. Take a sample of the rows, or nearest neighbours or boosting.");
        }

        var likelihood = new ProcessLikelihood(Kernel, rows.Points, columns, rows.Means, rows.Weights, rows.Within, context.ParallelOptions);
        var ascent = LikelihoodAscent.From(likelihood, BestStart(likelihood, columns, context), MaxIterations, Tolerance * rows.Means.Length, (step, value) =>
        {
            context.Progress?.Report(new FitProgress(step, MaxIterations + 1, new Dictionary<string, double> { ["log_marginal_likelihood"] = value }));
            context.Cancellation.ThrowIfCancellationRequested();
        });
        if (likelihood.TrySolve(ascent.At) is not (Cholesky, double[] solution))
        {
            throw new DataException("The rows are too alike for a Gaussian process: its matrix cannot be inverted. Leave out columns that hardly vary.");
        }

        string note = string.Create(CultureInfo.InvariantCulture, $"The Gaussian process stopped after {ascent.Steps} steps before its likelihood was at its top; allow more steps.");
        var model = new GaussianProcessModel(ModelSignature.Of(table), Kernel, rows, ascent, solution, ascent.Converged ? [] : [note]);
        context.Progress?.Report(new FitProgress(MaxIterations, MaxIterations + 1, new Dictionary<string, double> { ["log_marginal_likelihood"] = ascent.Value }));
        context.Cancellation.ThrowIfCancellationRequested();
        return model;
    }

    private static double[] Check(TrainingTable table, FitContext context)
    {
        Target.Require(table.Target);
        var target = table.Target as NumberTarget
            ?? throw new DataException($"A Gaussian process predicts numbers, but target '{table.Target.Name}' holds classes; take nearest neighbours or logistic regression.");
        if (FiniteNumbers.FirstBeyond(target.Values) is >= 0 and int row)
        {
            throw new DataException(FiniteNumbers.Problem(target.Name, row, target.Values[row]));
        }

        table.RequireSomethingToLearn();
        CompleteNumbers.Check(table.Features, Learner, context.ParallelOptions);
        return target.Values;
    }

    /// <summary>Of a few length scales, with little or much noise, the one under which the rows are most likely.</summary>
    private static double[] BestStart(ProcessLikelihood likelihood, int columns, FitContext context)
    {
        double[]? best = null;
        double most = double.NegativeInfinity;
        foreach (double scale in new[] { 0.3, 1, 3 })
        {
            foreach (double noise in new[] { 0.01, 0.3 })
            {
                context.Cancellation.ThrowIfCancellationRequested();
                double[] at = [0, Math.Log(scale * Math.Sqrt(columns)), Math.Log(noise)];
                double value = likelihood.Value(at);
                if (best is null || value > most)
                {
                    (best, most) = (at, value);
                }
            }
        }

        return best!;
    }
}
