using Strata.Learning.Data;

namespace Strata.Learning.Linear;

/// <summary>
/// Linear classification with a penalty: minimises C times the weighted sum of log losses plus (1 - ratio) times half the squared coefficients plus ratio times the absolute
/// ones; intercepts are free. Two classes share one score; more have a score each (softmax). With a ratio above 0, coefficients that do not pay are exactly zero.
/// Takes complete numbers only. The result is the same for any number of threads.
/// </summary>
public sealed record LogisticRegression : IRecipe<LogisticRegressionModel>
{
    internal const string AlgorithmName = "logistic_regression";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("C, the inverse of the penalty's strength: smaller holds the coefficients closer to zero.", Min = 1e-10, Max = 1e10, SearchMin = 1e-4, SearchMax = 1e4, LogScale = true)]
    public double InverseRegularization { get; init; } = 1;

    [Hyperparameter("The share of the penalty that is on absolute coefficients: 0 is ridge's, 1 is lasso's and leaves columns out.", Min = 0, Max = 1, SearchMin = 0, SearchMax = 1)]
    public double L1Ratio { get; init; }

    [Hyperparameter("How classes of unequal size count.")]
    public ClassWeighting ClassWeight { get; init; } = ClassWeighting.None;

    [Hyperparameter("Whether scores have an intercept.", Advanced = true)]
    public bool FitIntercept { get; init; } = true;

    [Hyperparameter("The most steps of the solver.", Min = 1, Max = 1_000_000, Advanced = true)]
    public int MaxIterations { get; init; } = 1000;

    [Hyperparameter("The solver stops when no component of the mean gradient, by standardised columns, is larger.", Min = 1e-13, Max = 0.1, LogScale = true, Advanced = true)]
    public double Tolerance { get; init; } = 1e-7;

    public LogisticRegressionModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
        var target = table.Target as ClassTarget
            ?? throw new DataException($"Logistic regression predicts classes, but target '{table.Target.Name}' holds numbers; take ridge regression.");
        table.RequireSomethingToLearn();
        DesignMatrix matrix = DesignMatrix.Of(table.Features, context.ParallelOptions);
        double[]? weights = ClassWeights.Of(ClassWeight, target, table.Weights);
        Standardization scaling = Standardization.Of(matrix, weights, FitIntercept, context.ParallelOptions);
        double strength = 1 / (InverseRegularization * scaling.TotalWeight);
        var objective = new LogisticObjective(matrix, target.Codes, target.Classes.Count, weights, scaling, FitIntercept, (1 - L1Ratio) * strength, isSparse: L1Ratio > 0, context.ParallelOptions);
        var curves = new LogisticCurves(objective, table.Features.Schema, context, MaxIterations);
        Lbfgs.Result result = L1Ratio > 0
            ? new SparseLogistic(objective, Absolute(objective, scaling, L1Ratio * strength), Tolerance, MaxIterations, context.ParallelOptions).Minimize(objective.Start(), curves.Report)
            : new Lbfgs(objective, Tolerance, MaxIterations).Minimize(Start(objective, context), curves.Report);
        context.Cancellation.ThrowIfCancellationRequested();
        double[] means = FitIntercept && weights == table.Weights ? scaling.Means : Standardization.Of(matrix, table.Weights, centered: true, context.ParallelOptions).Means;
        return ModelOf(table, objective, result, means);
    }

    /// <summary>Of very many rows, a sample leads close to the optimum for a small part of the work.</summary>
    private double[] Start(LogisticObjective objective, FitContext context) => objective.OnSample() is LogisticObjective sample
        ? new Lbfgs(sample, Math.Max(Tolerance, 1e-4), MaxIterations).Minimize(sample.Start(), (_, _) => context.Cancellation.ThrowIfCancellationRequested()).At
        : objective.Start();

    /// <summary>Of each variable of standardised columns, what its absolute value costs.</summary>
    private static double[] Absolute(LogisticObjective objective, Standardization scaling, double strength) =>
        [.. Enumerable.Range(0, objective.Outputs).SelectMany(_ => scaling.Spreads.Select(spread => strength / spread).Append(0))];

    private LogisticRegressionModel ModelOf(TrainingTable table, LogisticObjective objective, Lbfgs.Result result, double[] means)
    {
        bool converged = result.LargestGradient <= Tolerance;
        string note = $"Logistic regression stopped after {result.Iterations} steps before it converged: the gradient is {result.LargestGradient:0.0e0}, the tolerance {Tolerance:0.0e0}. Scale the columns or allow more steps.";
        (double[] coefficients, double[] intercepts) = objective.Split(result.At);
        if (intercepts.Length > 1 && FitIntercept)
        {
            // A number added to all intercepts changes no probability: they sum to zero.
            double mean = intercepts.Average();
            intercepts = [.. intercepts.Select(intercept => intercept - mean)];
        }

        return new LogisticRegressionModel(ModelSignature.Of(table), coefficients, intercepts, means, converged, result.Iterations, converged ? [] : [note]);
    }
}
