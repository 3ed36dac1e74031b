using Strata.Learning.Data;

namespace Strata.Learning.Linear;

/// <summary>
/// Linear classification with an L2 penalty: minimises C times the weighted sum of log losses plus half the squared coefficients; intercepts are free. Two
/// classes share one score; more have a score each (softmax). Takes complete numbers only. The result is the same for any number of threads.
/// </summary>
public sealed record LogisticRegression : IRecipe<LogisticRegressionModel>
{
    internal const string AlgorithmName = "logistic_regression";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("C, the inverse of the penalty's strength: smaller holds the coefficients closer to zero.", Min = 1e-10, Max = 1e10, SearchMin = 1e-4, SearchMax = 1e4, LogScale = true)]
    public double InverseRegularization { get; init; } = 1;

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
        var objective = new LogisticObjective(matrix, target.Codes, target.Classes.Count, weights, scaling, FitIntercept, 1 / (InverseRegularization * scaling.TotalWeight), context.ParallelOptions);
        var curves = new LogisticCurves(objective, table.Features.Schema, context, MaxIterations);
        Lbfgs.Result result = new Lbfgs(objective, Tolerance, MaxIterations).Minimize(Start(objective, context), curves.Report);
        context.Cancellation.ThrowIfCancellationRequested();
        double[] means = FitIntercept && weights == table.Weights ? scaling.Means : Standardization.Of(matrix, table.Weights, centered: true, context.ParallelOptions).Means;
        return ModelOf(table, objective, result, means);
    }

    /// <summary>Of very many rows, a sample leads close to the optimum for a small part of the work.</summary>
    private double[] Start(LogisticObjective objective, FitContext context) => objective.OnSample() is LogisticObjective sample
        ? new Lbfgs(sample, Math.Max(Tolerance, 1e-4), MaxIterations).Minimize(sample.Start(), (_, _) => context.Cancellation.ThrowIfCancellationRequested()).At
        : objective.Start();

    private LogisticRegressionModel ModelOf(TrainingTable table, LogisticObjective objective, Lbfgs.Result result, double[] means)
    {
        bool converged = result.LargestGradient <= Tolerance;
        string note = $"Logistic regression stopped after {result.Iterations} steps before it converged: the gradient is {result.LargestGradient:0.0e0}, the tolerance {Tolerance:0.0e0}. Scale the columns or allow more steps.";
        (double[] coefficients, double[] intercepts) = objective.Split(result.At);
        return new LogisticRegressionModel(ModelSignature.Of(table), coefficients, intercepts, means, converged, result.Iterations, converged ? [] : [note]);
    }
}
