using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Linear;

/// <summary>
/// Linear regression with an L2 penalty: minimises the weighted sum of squared errors plus alpha times the squared coefficients; the intercept is free.
/// Takes complete numbers only, and any number of columns. The result is the same for any number of threads.
/// </summary>
public sealed record Ridge : IRecipe<RidgeModel>
{
    internal const string AlgorithmName = "ridge";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("The penalty's strength: larger holds the coefficients closer to zero.", Min = 0, SearchMin = 1e-4, SearchMax = 1e4, LogScale = true)]
    public double Alpha { get; init; } = 1;

    [Hyperparameter("Whether predictions have an intercept.", Advanced = true)]
    public bool FitIntercept { get; init; } = true;

    public RidgeModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
        var target = table.Target as NumberTarget
            ?? throw new DataException($"Ridge regression predicts numbers, but target '{table.Target.Name}' holds classes; take logistic regression.");
        if (FiniteNumbers.FirstBeyond(target.Values) is >= 0 and int row)
        {
            throw new DataException(FiniteNumbers.Problem(target.Name, row, target.Values[row]));
        }

        table.RequireSomethingToLearn();
        DesignMatrix matrix = DesignMatrix.Of(table.Features, context.ParallelOptions);
        Standardization scaling = Standardization.Of(matrix, table.Weights, FitIntercept, context.ParallelOptions);
        double targetMean = FitIntercept ? WeightedMean(target.Values, table.Weights) : 0;
        double[] coefficients = new RidgeSolver(matrix, target.Values, table.Weights, scaling, targetMean, Alpha, context.ParallelOptions).Coefficients();
        double intercept = targetMean - LinearKernels.Dot(scaling.Means, coefficients);
        double[] means = FitIntercept ? scaling.Means : Standardization.Of(matrix, table.Weights, centered: true, context.ParallelOptions).Means;
        var model = new RidgeModel(ModelSignature.Of(table), coefficients, intercept, means, []);
        Report(model, table, context);
        context.Cancellation.ThrowIfCancellationRequested();
        return model;
    }

    private static double WeightedMean(double[] values, double[]? weights)
    {
        double sum = 0, total = 0;
        for (int row = 0; row < values.Length; row++)
        {
            double weight = weights?[row] ?? 1;
            sum += weight * values[row];
            total += weight;
        }

        return sum / total;
    }

    private static void Report(RidgeModel model, TrainingTable table, FitContext context)
    {
        if (context.Progress is null)
        {
            return;
        }

        var metrics = new Dictionary<string, double> { ["train_rmse"] = Rmse(model, table, context) };
        if (context.Watched is { RowCount: > 0, Target: NumberTarget } watched)
        {
            metrics["watched_rmse"] = Rmse(model, watched, context);
        }

        context.Progress.Report(new FitProgress(0, 1, metrics));
    }

    private static double Rmse(RidgeModel model, TrainingTable table, FitContext context)
    {
        double[] truth = ((NumberTarget)table.Target).Values, values = model.Predict(table.Features, context.Threads).Values;
        return Math.Sqrt(WeightedMean([.. truth.Zip(values, (y, value) => (y - value) * (y - value))], table.Weights));
    }
}
