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

    public MarginSolution Solution { get; private set; } = new([], 0, 0, 0, 0);

    /// <summary>For two classes the second against the first; else every class against each that follows it.</summary>
    public static IEnumerable<(int Positive, int Negative)> All(int classCount) => classCount == 2
        ? [(1, 0)]
        : from i in Enumerable.Range(0, classCount) from j in Enumerable.Range(i + 1, classCount - i - 1) select (i, j);

    /// <summary>On all rows of the pair.</summary>
    public void Solve(PairSolver solver) => Solution = Solve(solver, Places);

    /// <summary>On the fold's training rows, for decision values of its test rows.</summary>
    public void Solve(PairSolver solver, RowSplit fold)
    {
        int[] learned = [.. fold.Train.Where(IsOfPair)], tested = [.. fold.Test.Where(IsOfPair)];
        var machine = VectorMachine.Of(rows, [(learned, Solve(solver, learned))]);
        double[] points = [.. tested.SelectMany(row => rows.Points.AsSpan(row * rows.ColumnCount, rows.ColumnCount).ToArray())];
        double[] decisions = machine.Decisions(points, tested.Length, threads: 1, solver.Cancellation);
        for (int i = 0; i < tested.Length; i++)
        {
            (heldOut[tested[i]], isHeldOut[tested[i]]) = (decisions[i], true);
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
            double[] points = [.. tested.SelectMany(row => rows.Points.AsSpan(row * rows.ColumnCount, rows.ColumnCount).ToArray())];
            scores = VectorMachine.Of(rows, [(Places, Solution)]).Decisions(points, tested.Length, threads: 1);
        }

        return PlattSigmoid.Fit(scores, [.. tested.Select(row => codes[row] == Positive)], [.. tested.Select(row => rows.Weights[row])]);
    }

    public IEnumerable<string> Notes(IReadOnlyList<string> classes, double tolerance) => Solution.Violation <= tolerance
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"The support vector machine of '{classes[Positive]}' and '{classes[Negative]}' stopped after {Solution.Iterations} steps before it converged: it misses the optimum's conditions by {Solution.Violation:0.0e0}, the tolerance is {tolerance:0.0e0}. Scale the columns, allow more steps or take a smaller C.")];

    private bool IsOfPair(int row) => codes[row] == Positive || codes[row] == Negative;

    private MarginSolution Solve(PairSolver solver, int[] places)
    {
        int count = places.Length, positives = places.Count(row => codes[row] == Positive);
        if (positives == 0 || positives == count)
        {
            // One class, or none: everything is of it.
            return new MarginSolution(new double[count], count == 0 ? 0 : positives > 0 ? 1 : -1, 0, 0, 0);
        }

        var problem = new MarginProblem(
            [.. places.SelectMany(row => rows.Points.AsSpan(row * rows.ColumnCount, rows.ColumnCount).ToArray())],
            rows.ColumnCount,
            [.. places.Select(row => codes[row] == Positive ? 1.0 : -1)],
            [.. places.Select(row => codes[row] == Positive ? 0 : -solver.C * rows.Weights[row])],
            [.. places.Select(row => codes[row] == Positive ? solver.C * rows.Weights[row] : 0)],
            Epsilon: 0);
        return new MarginSolver(problem, rows.Function, solver.Tolerance, solver.CacheBytes, solver.Team, solver.Cancellation).Solve(solver.MaxIterations);
    }
}
