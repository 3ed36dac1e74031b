using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Linear;

/// <summary>What every fit of a number begins with and ends in: checked columns, target and weights, their standardisation, and the report on the finished model.</summary>
internal sealed class NumberRows
{
    private readonly TrainingTable table;
    private readonly FitContext context;

    private NumberRows(TrainingTable table, FitContext context, double[] target, bool hasIntercept)
    {
        (this.table, this.context, Target, HasIntercept) = (table, context, target, hasIntercept);
        Matrix = DesignMatrix.Of(table.Features, context.ParallelOptions);
        Scaling = Standardization.Of(Matrix, table.Weights, hasIntercept, context.ParallelOptions);
        TargetMean = hasIntercept ? WeightedMean(target, Weights) : 0;
    }

    public DesignMatrix Matrix { get; }

    public double[] Target { get; }

    /// <summary>One a row, or null for one each.</summary>
    public double[]? Weights => table.Weights;

    public double TotalWeight => Scaling.TotalWeight;

    public bool HasIntercept { get; }

    /// <summary>Of the columns; its means are 0 without an intercept.</summary>
    public Standardization Scaling { get; }

    /// <summary>The weighted mean of the target, 0 without an intercept.</summary>
    public double TargetMean { get; }

    public ParallelOptions Threads => context.ParallelOptions;

    /// <exception cref="DataException">The target is of classes, a number is not usable, or there is nothing to learn.</exception>
    public static NumberRows Of(TrainingTable table, FitContext context, string title, bool hasIntercept)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
        var target = table.Target as NumberTarget
            ?? throw new DataException($"{title} predicts numbers, but target '{table.Target.Name}' holds classes; take logistic regression.");
        if (FiniteNumbers.FirstBeyond(target.Values) is >= 0 and int row)
        {
            throw new DataException(FiniteNumbers.Problem(target.Name, row, target.Values[row]));
        }

        table.RequireSomethingToLearn();
        return new NumberRows(table, context, target.Values, hasIntercept);
    }

    /// <summary>The root of the weighted mean square of the target around its mean; 1 where it does not vary.</summary>
    public double TargetSpread()
    {
        double square = LinearKernels.SquaredDistances(Target, TargetMean, Weights) / TotalWeight, spread = Math.Sqrt(square);
        return spread > 1e-13 * Math.Abs(TargetMean) && spread > 1e-200 ? spread : 1;
    }

    /// <summary>The roots of the weights of the rows from <paramref name="start"/> on.</summary>
    public void RootsOfWeights(DesignBlock block, int start, Span<double> roots)
    {
        for (int i = 0; i < roots.Length; i++)
        {
            roots[i] = Weights is null ? 1 : Math.Sqrt(Weights[start + i]);
        }
    }

    /// <summary>The model, after its error on training and watched rows was reported.</summary>
    /// <param name="algorithm">Its name in the catalog.</param>
    /// <param name="link">What predictions are of the raw score.</param>
    /// <param name="coefficients">Of the columns as they are.</param>
    /// <param name="intercept">Of the raw score.</param>
    /// <param name="ending">How the solver ended.</param>
    public LinearNumberModel Finish(string algorithm, NumberLink link, double[] coefficients, double intercept, SolverEnding ending)
    {
        var model = new LinearNumberModel(algorithm, link, ModelSignature.Of(table), coefficients, intercept, FeatureMeans(), ending);
        Report(model);
        return model;
    }

    public RidgeModel FinishRidge(double[] coefficients, double intercept, IReadOnlyList<string> notes)
    {
        var model = new RidgeModel(ModelSignature.Of(table), coefficients, intercept, FeatureMeans(), notes);
        Report(model);
        return model;
    }

    private double[] FeatureMeans() => HasIntercept ? Scaling.Means : Standardization.Of(Matrix, Weights, centered: true, Threads).Means;

    private void Report(LinearModel model)
    {
        if (context.Progress is not null)
        {
            var metrics = new Dictionary<string, double> { ["train_rmse"] = Rmse(model, table) };
            if (context.Watched is { RowCount: > 0, Target: NumberTarget } watched)
            {
                metrics["watched_rmse"] = Rmse(model, watched);
            }

            context.Progress.Report(new FitProgress(0, 1, metrics));
        }

        context.Cancellation.ThrowIfCancellationRequested();
    }

    private double Rmse(LinearModel model, TrainingTable rows)
    {
        double[] truth = ((NumberTarget)rows.Target).Values, values = model.Predict(rows.Features, context).Values;
        return Math.Sqrt(WeightedMean([.. truth.Zip(values, (y, value) => (y - value) * (y - value))], rows.Weights));
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
}
