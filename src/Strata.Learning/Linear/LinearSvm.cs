using Strata.Learning.Data;
using Strata.Learning.Losses;

namespace Strata.Learning.Linear;

/// <summary>What a row inside the margin costs, by how far it is in.</summary>
public enum MarginLoss
{
    /// <summary>The square of the distance.</summary>
    Squared,

    /// <summary>The distance.</summary>
    Absolute,
}

/// <summary>
/// Classification by the plane with the widest margin: minimises half the squared coefficients plus C times the weighted sum of hinges or squared hinges, several classes
/// each against the rest, as LIBLINEAR and scikit-learn's LinearSVC, the intercept penalised as they do unless told otherwise. Probabilities come from scores of internal
/// folds (Platt). Takes complete numbers only. The result is the same for any number of threads.
/// </summary>
public sealed record LinearSvm : IRecipe<LinearMarginModel>
{
    internal const string AlgorithmName = "linear_svm";
    private const string Title = "Linear support vector machine";
    private const int FoldCount = 5;

    public string Algorithm => AlgorithmName;

    [Hyperparameter("C, what a row on the wrong side costs: smaller gives a wider margin.", Min = 1e-10, Max = 1e10, SearchMin = 1e-4, SearchMax = 1e3, LogScale = true)]
    public double C { get; init; } = 1;

    [Hyperparameter("What a row inside the margin costs, by how far it is in.")]
    public MarginLoss Loss { get; init; } = MarginLoss.Squared;

    [Hyperparameter("How classes of unequal size count.")]
    public ClassWeighting ClassWeight { get; init; } = ClassWeighting.None;

    [Hyperparameter("Whether scores are turned into probabilities by five internal folds; without, they are taken for log-odds, and only their order means something.")]
    public bool CalibrateProbabilities { get; init; } = true;

    [Hyperparameter("Whether scores have an intercept.", Advanced = true)]
    public bool FitIntercept { get; init; } = true;

    [Hyperparameter("Whether the intercept is penalised like a coefficient.", Advanced = true)]
    public bool PenalizeIntercept { get; init; } = true;

    [Hyperparameter("The most steps of the solver.", Min = 1, Max = 1_000_000, Advanced = true)]
    public int MaxIterations { get; init; } = 1000;

    [Hyperparameter("The solver stops when no component of the mean gradient, by standardised columns, is larger (squared), or at this complementarity gap in parts of the objective (absolute).", Min = 1e-13, Max = 0.1, LogScale = true, Advanced = true)]
    public double Tolerance { get; init; } = 1e-7;

    public LinearMarginModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        var target = table.Target as ClassTarget
            ?? throw new DataException($"A linear support vector machine predicts classes, but target '{table.Target.Name}' holds numbers; take linear_svr.");
        table.RequireSomethingToLearn();
        context.Cancellation.ThrowIfCancellationRequested();
        double[]? weights = ClassWeights.Of(ClassWeight, target, table.Weights);
        var notes = new List<string>();
        (double[] coefficients, double[] intercepts) = Planes(table, weights, notes, context);
        bool converged = notes.Count == 0;
        PlattSigmoid[] sigmoids = [.. intercepts.Select(_ => PlattSigmoid.Plain)];
        if (CalibrateProbabilities)
        {
            sigmoids = Calibrate(table, weights, notes, context);
        }

        DesignMatrix matrix = DesignMatrix.Of(table.Features, context.ParallelOptions);
        double[] means = Standardization.Of(matrix, table.Weights, centered: true, context.ParallelOptions).Means;
        var model = new LinearMarginModel(AlgorithmName, ModelSignature.Of(table), coefficients, intercepts, means, sigmoids, converged, [.. notes.Distinct()]);
        context.Progress?.Report(new FitProgress(0, 1, new Dictionary<string, double> { ["scores"] = intercepts.Length }));
        context.Cancellation.ThrowIfCancellationRequested();
        return model;
    }

    /// <summary>Coefficients [outputs, columns] and intercepts of the planes that tell the classes apart.</summary>
    private (double[] Coefficients, double[] Intercepts) Planes(TrainingTable table, double[]? weights, List<string> notes, FitContext context)
    {
        var target = (ClassTarget)table.Target;
        DesignMatrix matrix = DesignMatrix.Of(table.Features, context.ParallelOptions);
        Standardization scaling = Standardization.Of(matrix, weights, FitIntercept, context.ParallelOptions);
        int outputs = target.Task.OutputCount(target.Classes.Count), columns = matrix.ColumnCount;
        var coefficients = new double[outputs * columns];
        var intercepts = new double[outputs];
        for (int k = 0; k < outputs; k++)
        {
            int code = outputs == 1 ? 1 : k;
            double[] sides = [.. target.Codes.Select(one => one == code ? 1.0 : -1)];
            double[] at = Loss == MarginLoss.Squared ? Squared(matrix, scaling, sides, weights, notes, context) : Absolute(matrix, scaling, sides, weights, notes, context);
            intercepts[k] = at[columns];
            for (int j = 0; j < columns; j++)
            {
                double coefficient = coefficients[k * columns + j] = at[j] / scaling.Spreads[j];
                intercepts[k] -= scaling.Means[j] * coefficient;
            }
        }

        return (coefficients, intercepts);
    }

    private double[] Squared(DesignMatrix matrix, Standardization scaling, double[] sides, double[]? weights, List<string> notes, FitContext context)
    {
        double strength = 1 / (C * scaling.TotalWeight);
        var penalty = new QuadraticPenalty(scaling, strength, FitIntercept && PenalizeIntercept ? strength : 0);
        var objective = new PointObjective(matrix, new SquaredHingePoints(), sides, weights, scaling, FitIntercept, penalty, context.ParallelOptions);
        Lbfgs.Result result = new Lbfgs(objective, Tolerance, MaxIterations).Minimize(new double[objective.Size], (_, _) => context.Cancellation.ThrowIfCancellationRequested());
        notes.AddRange(SolverEnding.Of(Title, result.LargestGradient <= Tolerance, result.Iterations, "the gradient", result.LargestGradient, Tolerance).Notes);
        return result.At;
    }

    private double[] Absolute(DesignMatrix matrix, Standardization scaling, double[] sides, double[]? weights, List<string> notes, FitContext context)
    {
        var lines = new RowLines(sides, [.. sides.Select(_ => 1.0)], new double[sides.Length], [.. sides.Select((_, row) => weights?[row] ?? 1)]);
        // The whole divided by C, so that pulls are of one size.
        var penalty = new QuadraticPenalty(scaling, 1 / C, FitIntercept && PenalizeIntercept ? 1 / C : 0);
        var solver = new InteriorPoint(new HingeProblem(matrix, scaling, FitIntercept, [lines], penalty, Absolute: 0), context.ParallelOptions);
        (double gap, int iterations) = solver.Solve(new double[matrix.ColumnCount + 1], Tolerance, MaxIterations);
        notes.AddRange(SolverEnding.Of(Title, gap <= Tolerance, iterations, "the complementarity gap", gap, Tolerance).Notes);
        return solver.At;
    }

    /// <summary>The sigmoid of each score, from the scores of rows that internal folds held out.</summary>
    private PlattSigmoid[] Calibrate(TrainingTable table, double[]? weights, List<string> notes, FitContext context)
    {
        var target = (ClassTarget)table.Target;
        int outputs = target.Task.OutputCount(target.Classes.Count);
        var (scores, tested) = (new List<double>[outputs], new List<int>());
        for (int k = 0; k < outputs; k++)
        {
            scores[k] = [];
        }

        foreach (RowSplit fold in Folds(table, context.Seed, notes))
        {
            double[]? foldWeights = weights is null ? null : [.. fold.Train.Select(row => weights[row])];
            if (foldWeights?.Sum() <= 0)
            {
                continue;
            }

            (double[] coefficients, double[] intercepts) = Planes(table.Take(fold.Train), foldWeights, [], context);
            var model = new LinearMarginModel(AlgorithmName, ModelSignature.Of(table), coefficients, intercepts, new double[table.Features.ColumnCount], [.. intercepts.Select(_ => PlattSigmoid.Plain)], true, []);
            double[] held = model.Predict(table.Features.Take(fold.Test), context).RawScores;
            for (int i = 0; i < held.Length; i++)
            {
                scores[i % outputs].Add(held[i]);
            }

            tested.AddRange(fold.Test);
        }

        double[] counted = weights is null ? [] : [.. tested.Select(row => weights[row])];
        return [.. scores.Select((values, k) => PlattSigmoid.Fit(values.ToArray(), [.. tested.Select(row => target.Codes[row] == (outputs == 1 ? 1 : k))], counted))];
    }

    private static IReadOnlyList<RowSplit> Folds(TrainingTable table, ulong seed, List<string> notes)
    {
        try
        {
            return RowSplits.Folds(table, FoldCount, seed).Folds;
        }
        catch (DataException e)
        {
            notes.Add($"Probabilities are drawn from the training rows themselves and are too sure, because there were no internal folds: {e.Message}");
            int[] all = [.. Enumerable.Range(0, table.RowCount)];
            return [new RowSplit(all, all)];
        }
    }
}
