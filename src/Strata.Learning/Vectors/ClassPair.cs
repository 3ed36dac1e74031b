using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Losses;

namespace Strata.Learning.Vectors;

/// <summary>Two classes told apart by the rows of both. Positive decision values speak for the first.</summary>
internal sealed class ClassPair
{
    private readonly VectorRows rows;
    private readonly int[] codes;
    private readonly double[] heldOut;
    private readonly bool[] isHeldOut;
    private KernelCache? shared;

    /// <param name="positive">Code of the class of positive decision values.</param>
    /// <param name="negative">Code of the other.</param>
    /// <param name="rows">All rows, of other classes, too.</param>
    /// <param name="codes">The class of each.</param>
    public ClassPair(int positive, int negative, VectorRows rows, int[] codes)
    {
        (Positive, Negative, this.rows, this.codes) = (positive, negative, rows, codes);
        Places = [.. Enumerable.Range(0, codes.Length).Where(i => codes[i] == positive || codes[i] == negative)];
        (heldOut, isHeldOut) = (new double[codes.Length], new bool[codes.Length]);
    }

    public int Positive { get; }

    public int Negative { get; }

    /// <summary>Which of the rows are of the two classes.</summary>
    public int[] Places { get; }

    public MarginSolution Solution { get; private set; } = new([], 0, 0, 0, 0, []);

    /// <summary>For two classes the second against the first; else every class against each that follows it.</summary>
    public static IEnumerable<(int Positive, int Negative)> All(int classCount) => classCount == 2
        ? [(1, 0)]
        : from i in Enumerable.Range(0, classCount) from j in Enumerable.Range(i + 1, classCount - i - 1) select (i, j);

    /// <summary>Has all problems of the pair share the rows of the kernel, where there is room for every row.</summary>
    /// <param name="bytes">Room for kernel rows.</param>
    public void Share(long bytes)
    {
        if (KernelCache.HoldsAllOf(Places.Length, bytes))
        {
            shared = new KernelCache(PointsOf(Places), rows.ColumnCount, rows.Function, [.. Enumerable.Range(0, Places.Length)], bytes, team: null);
        }
    }

    /// <summary>On all rows of the pair.</summary>
    public void Solve(PairSolver solver) => Solution = Solve(solver, Places, Places, shared);

    /// <summary>On the fold's training rows, for decision values of its test rows.</summary>
    public void Solve(PairSolver solver, RowSplit fold)
    {
        if (shared is not null)
        {
            SolveAmongAll(solver, fold);
            return;
        }

        int[] learned = [.. fold.Train.Where(IsOfPair)], tested = [.. fold.Test.Where(IsOfPair)];
        var machine = VectorMachine.Of(rows, [(learned, Solve(solver, learned, learned, cache: null))]);
        double[] decisions = machine.Decisions(PointsOf(tested), tested.Length, threads: 1, solver.Cancellation);
        for (int i = 0; i < tested.Length; i++)
        {
            (heldOut[tested[i]], isHeldOut[tested[i]]) = (decisions[i], true);
        }
    }

    /// <summary>The same with all rows of the pair as points, those that the fold does not learn from held at coefficient 0: kernel rows are those of the other problems, and what a test row's decision value lacks of its target is its residual.</summary>
    private void SolveAmongAll(PairSolver solver, RowSplit fold)
    {
        HashSet<int> learned = [.. fold.Train], tested = [.. fold.Test];
        MarginSolution solution = Solve(solver, Places, [.. Places.Where(learned.Contains)], shared);
        for (int i = 0; i < Places.Length; i++)
        {
            if (tested.Contains(Places[i]))
            {
                double side = codes[Places[i]] == Positive ? 1 : -1, sum = solution.Residuals.Length == 0 ? 0 : side - solution.Residuals[i];
                (heldOut[Places[i]], isHeldOut[Places[i]]) = (sum + solution.Intercept, true);
            }
        }
    }

    /// <summary>Of the held-out decision values, or without folds of the training rows' own.</summary>
    public PlattSigmoid Sigmoid()
    {
        int[] tested = [.. Places.Where(row => isHeldOut[row])];
        double[] scores;
        if (tested.Length > 0)
        {
            scores = [.. tested.Select(row => heldOut[row])];
        }
        else
        {
            tested = Places;
            scores = VectorMachine.Of(rows, [(Places, Solution)]).Decisions(PointsOf(tested), tested.Length, threads: 1);
        }

        return PlattSigmoid.Fit(scores, [.. tested.Select(row => codes[row] == Positive)], [.. tested.Select(row => rows.Weights[row])]);
    }

    public IEnumerable<string> Notes(IReadOnlyList<string> classes, double tolerance) => Solution.Violation <= tolerance
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"The support vector machine of '{classes[Positive]}' and '{classes[Negative]}' stopped after {Solution.Iterations} steps before it converged: it misses the optimum's conditions by {Solution.Violation:0.0e0}, the tolerance is {tolerance:0.0e0}. Scale the columns, allow more steps or take a smaller C.")];

    private bool IsOfPair(int row) => codes[row] == Positive || codes[row] == Negative;

    /// <summary>Row-major [rows, columns].</summary>
    private double[] PointsOf(int[] places)
    {
        int columns = rows.ColumnCount;
        var points = new double[places.Length * columns];
        for (int i = 0; i < places.Length; i++)
        {
            rows.Points.AsSpan(places[i] * columns, columns).CopyTo(points.AsSpan(i * columns));
        }

        return points;
    }

    /// <param name="solver">How.</param>
    /// <param name="places">The rows that are points of the problem.</param>
    /// <param name="learned">Those of them, in the same order, whose coefficients may leave 0.</param>
    /// <param name="cache">Kernel rows between the points; null for rows of the problem's own.</param>
    private MarginSolution Solve(PairSolver solver, int[] places, int[] learned, KernelCache? cache)
    {
        int positives = learned.Count(row => codes[row] == Positive);
        if (positives == 0 || positives == learned.Length)
        {
            // One class, or none: everything is of it.
            return new MarginSolution(new double[places.Length], learned.Length == 0 ? 0 : positives > 0 ? 1 : -1, 0, 0, 0, []);
        }

        double[] low = new double[places.Length], high = new double[places.Length], sides = [.. places.Select(row => codes[row] == Positive ? 1.0 : -1)];
        for (int i = 0, next = 0; i < places.Length && next < learned.Length; i++)
        {
            if (places[i] == learned[next])
            {
                double most = solver.C * rows.Weights[learned[next++]];
                (low[i], high[i]) = sides[i] > 0 ? (0.0, most) : (-most, 0.0);
            }
        }

        var problem = new MarginProblem(cache is null ? PointsOf(places) : [], rows.ColumnCount, sides, low, high, Epsilon: 0);
        return new MarginSolver(problem, rows.Function, solver.Tolerance, solver.CacheBytes, solver.Team, solver.Cancellation, cache).Solve(solver.MaxIterations);
    }
}
