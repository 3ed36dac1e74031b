using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Vectors;

/// <summary>
/// Regression by a flat function in the space that a kernel spans: minimises |w|² / 2 plus C times the weighted sum of errors beyond epsilon. Takes complete numbers
/// only, best on one scale; epsilon and C are in the target's unit. The result is the same for any number of threads.
/// </summary>
public sealed record Svr : IRecipe<SvrModel>
{
    internal const string AlgorithmName = "svr";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("C, what an error of one costs: smaller gives a smoother function.", Min = 1e-10, Max = 1e10, SearchMin = 1e-2, SearchMax = 1e3, LogScale = true)]
    public double C { get; init; } = 1;

    [Hyperparameter("Errors up to here cost nothing, in the target's unit.", Min = 0, Max = 1e140, SearchMin = 1e-3, SearchMax = 1, LogScale = true)]
    public double Epsilon { get; init; } = 0.1;

    [Hyperparameter("How alike two rows are.")]
    public Kernel Kernel { get; init; } = Kernel.Rbf;

    [Hyperparameter("How fast likeness falls with distance; empty for 1 / (columns times variance).", Min = 1e-12, Max = 1e12, SearchMin = 1e-4, SearchMax = 10, LogScale = true)]
    public double? Gamma { get; init; }

    [Hyperparameter("The degree of the polynomial kernel.", Min = 1, Max = 20, SearchMin = 2, SearchMax = 5)]
    public int Degree { get; init; } = 3;

    [Hyperparameter("The constant in the polynomial kernel: larger gives lower powers more say.", Min = -1e6, Max = 1e6, Advanced = true)]
    public double Coef0 { get; init; }

    [Hyperparameter("The solver stops when the conditions of the optimum are missed by no more, in the target's unit.", Min = 1e-12, Max = 1e6, LogScale = true, Advanced = true)]
    public double Tolerance { get; init; } = 1e-3;

    [Hyperparameter("The most pairs of coefficients that are changed.", Min = 1, Max = 2_000_000_000, Advanced = true)]
    public int MaxIterations { get; init; } = 100_000_000;

    [Hyperparameter("Room for rows of the kernel matrix, in megabytes.", Min = 1, Max = 65_536, Advanced = true)]
    public int CacheMegabytes { get; init; } = 400;

    public SvrModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        var target = table.Target as NumberTarget
            ?? throw new DataException($"Support vector regression predicts numbers, but target '{table.Target.Name}' holds classes; take svm.");
        table.RequireSomethingToLearn();
        if (FiniteNumbers.FirstBeyond(target.Values) is >= 0 and int bad)
        {
            throw new DataException(FiniteNumbers.Problem(target.Name, bad, target.Values[bad]));
        }

        VectorRows rows = VectorRows.Of(table, table.Weights, (Kernel, Gamma, Degree, Coef0), context);
        rows.CheckKernel();
        MarginSolution solution = Solve(rows, [.. rows.Rows.Select(row => target.Values[row])], context);
        var machine = VectorMachine.Of(rows, [([.. Enumerable.Range(0, rows.Count)], solution)]);
        bool converged = solution.Violation <= Tolerance;
        string note = string.Create(CultureInfo.InvariantCulture, $"Support vector regression stopped after {solution.Iterations} steps before it converged: it misses the optimum's conditions by {solution.Violation:0.0e0}, the tolerance is {Tolerance:0.0e0}. Scale columns and target, allow more steps or take a smaller C.");
        var model = new SvrModel(ModelSignature.Of(table), machine, solution.Objective, converged, converged ? [] : [note]);
        context.Progress?.Report(new FitProgress(0, 1, new Dictionary<string, double> { ["support_vectors"] = model.VectorCount }));
        context.Cancellation.ThrowIfCancellationRequested();
        return model;
    }

    private MarginSolution Solve(VectorRows rows, double[] targets, FitContext context)
    {
        using var team = new Strata.Tensors.Kernels.ThreadTeam(Math.Max(1, context.Threads));
        double[] high = [.. rows.Weights.Select(weight => C * weight)];
        var problem = new MarginProblem(rows.Points, rows.ColumnCount, targets, [.. high.Select(value => -value)], high, Epsilon);
        return new MarginSolver(problem, rows.Function, Tolerance, (long)CacheMegabytes << 20, team, context.Cancellation).Solve(MaxIterations);
    }
}
