using Strata.Learning.Data;
using Strata.Learning.Losses;

namespace Strata.Learning.Vectors;

/// <summary>
/// Classification by the widest margin between rows, in the space that a kernel spans: minimises |w|² / 2 plus C times the weighted sum of how far rows are on the wrong
/// side of the margin. Several classes are told apart one against one. Probabilities come from decision values of internal folds (Platt) and are coupled over pairs;
/// the class of the largest probability is predicted. Takes complete numbers only, best on one scale. The result is the same for any number of threads.
/// </summary>
public sealed record Svm : IRecipe<SvmModel>
{
    internal const string AlgorithmName = "svm";
    private const int FoldCount = 5;

    public string Algorithm => AlgorithmName;

    [Hyperparameter("C, what a row on the wrong side costs: smaller gives a smoother boundary.", Min = 1e-10, Max = 1e10, SearchMin = 1e-2, SearchMax = 1e3, LogScale = true)]
    public double C { get; init; } = 1;

    [Hyperparameter("How alike two rows are.")]
    public Kernel Kernel { get; init; } = Kernel.Rbf;

    [Hyperparameter("How fast likeness falls with distance; empty for 1 / (columns times variance).", Min = 1e-12, Max = 1e12, SearchMin = 1e-4, SearchMax = 10, LogScale = true)]
    public double? Gamma { get; init; }

    [Hyperparameter("The degree of the polynomial kernel.", Min = 1, Max = 20, SearchMin = 2, SearchMax = 5)]
    public int Degree { get; init; } = 3;

    [Hyperparameter("The constant in the polynomial kernel: larger gives lower powers more say.", Min = -1e6, Max = 1e6, Advanced = true)]
    public double Coef0 { get; init; }

    [Hyperparameter("How classes of unequal size count.")]
    public ClassWeighting ClassWeight { get; init; } = ClassWeighting.None;

    [Hyperparameter("Whether decision values are turned into probabilities by five internal folds; without, they are taken for log-odds, and only their order means something.")]
    public bool CalibrateProbabilities { get; init; } = true;

    [Hyperparameter("The solver stops when the conditions of the optimum are missed by no more.", Min = 1e-12, Max = 0.5, LogScale = true, Advanced = true)]
    public double Tolerance { get; init; } = 1e-3;

    [Hyperparameter("The most pairs of coefficients that are changed, for each two classes.", Min = 1, Max = 2_000_000_000, Advanced = true)]
    public int MaxIterations { get; init; } = 100_000_000;

    [Hyperparameter("Room for rows of the kernel matrix, in megabytes.", Min = 1, Max = 65_536, Advanced = true)]
    public int CacheMegabytes { get; init; } = 400;

    public SvmModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        var target = table.Target as ClassTarget
            ?? throw new DataException($"A support vector machine for classes cannot predict target '{table.Target.Name}', which holds numbers; take svr.");
        table.RequireSomethingToLearn();
        VectorRows rows = VectorRows.Of(table, ClassWeights.Of(ClassWeight, target, table.Weights), (Kernel, Gamma, Degree, Coef0), context);
        rows.CheckKernel();
        int[] codes = [.. rows.Rows.Select(row => target.Codes[row])];
        var notes = new List<string>();
        ClassPair[] pairs = [.. ClassPair.All(target.Classes.Count).Select(pair => new ClassPair(pair.Positive, pair.Negative, rows, codes))];
        IReadOnlyList<RowSplit> folds = CalibrateProbabilities ? Folds(table.Take(rows.Rows), context.Seed, notes) : [];
        Solve(pairs, folds, context);
        PlattSigmoid[] sigmoids = [.. pairs.Select(pair => CalibrateProbabilities ? pair.Sigmoid() : PlattSigmoid.Plain)];
        notes.AddRange(pairs.SelectMany(pair => pair.Notes(target.Classes, Tolerance)));
        var machine = VectorMachine.Of(rows, [.. pairs.Select(pair => (pair.Places, pair.Solution))]);
        var model = new SvmModel(ModelSignature.Of(table), machine, sigmoids, [.. pairs.Select(pair => pair.Solution.Objective)], pairs.All(pair => pair.Solution.Violation <= Tolerance), notes);
        context.Progress?.Report(new FitProgress(0, 1, new Dictionary<string, double> { ["support_vectors"] = model.VectorCount }));
        context.Cancellation.ThrowIfCancellationRequested();
        return model;
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
            return [];
        }
    }

    /// <summary>The pairs on all their rows and on those of each fold are independent of one another.</summary>
    private void Solve(ClassPair[] pairs, IReadOnlyList<RowSplit> folds, FitContext context)
    {
        int parts = folds.Count + 1;
        long cacheBytes = (long)CacheMegabytes << 20;
        var solver = new PairSolver(Tolerance, MaxIterations, C, context.Cancellation);
        if (pairs.Length * parts == 1)
        {
            using var team = new Strata.Tensors.Kernels.ThreadTeam(Math.Max(1, context.Threads));
            pairs[0].Solve(solver with { CacheBytes = cacheBytes, Team = team });
            return;
        }

        PairSolver shared = solver with { CacheBytes = cacheBytes / Math.Max(1, Math.Min(context.Threads, pairs.Length * parts)) };
        if (folds.Count > 0)
        {
            foreach (ClassPair pair in pairs)
            {
                pair.Share(cacheBytes / pairs.Length);
            }
        }

        Parallel.For(0, pairs.Length * parts, context.ParallelOptions, number =>
        {
            (int pair, int part) = (number / parts, number % parts);
            if (part == 0)
            {
                pairs[pair].Solve(shared);
            }
            else
            {
                pairs[pair].Solve(shared, folds[part - 1]);
            }
        });
    }
}

/// <summary>How the problem of each pair is solved.</summary>
internal sealed record PairSolver(double Tolerance, int MaxIterations, double C, CancellationToken Cancellation)
{
    public long CacheBytes { get; init; }

    /// <summary>Null for one thread.</summary>
    public Strata.Tensors.Kernels.ThreadTeam? Team { get; init; }
}
