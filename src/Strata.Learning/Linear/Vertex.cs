using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// The corner of a problem of straight lines on which a solution nearly lies: as many rows and coefficients as there are variables have no error there, and linear
/// equations give it to the last digit.
/// </summary>
internal static class Vertex
{
    private const int MostVariables = 512;

    /// <summary>The variables of the corner through the lines that come first, leaving out those that depend on lines before them; null where there are too few.</summary>
    /// <param name="problem">Of straight lines only.</param>
    /// <param name="lines">Lines by how surely they pass through the solution: row k of set n is n * rows + k, then come the coefficients.</param>
    public static double[]? Through(HingeProblem problem, IEnumerable<int> lines)
    {
        int columns = problem.ColumnCount, size = problem.HasIntercept ? columns + 1 : columns;
        if (size > MostVariables)
        {
            return null;
        }

        var chosen = new List<(double[] Row, double Target)>();
        var directions = new List<double[]>();
        foreach (int line in lines)
        {
            (double[] row, double target) = Equation(problem, line, size);
            var rest = (double[])row.Clone();
            double length = Math.Sqrt(VectorKernels.Dot(row, row));
            for (int pass = 0; pass < 2; pass++)
            {
                foreach (double[] direction in directions)
                {
                    VectorKernels.AddScaled(direction, -VectorKernels.Dot(direction, rest), rest);
                }
            }

            double left = Math.Sqrt(VectorKernels.Dot(rest, rest));
            if (left > 1e-7 * length)
            {
                directions.Add([.. rest.Select(value => value / left)]);
                chosen.Add((row, target));
            }

            if (chosen.Count == size)
            {
                double[] solution = Solve(chosen);
                return problem.HasIntercept ? solution : [.. solution, 0];
            }
        }

        return null;
    }

    private static (double[] Row, double Target) Equation(HingeProblem problem, int line, int size)
    {
        var row = new double[size];
        int columns = problem.ColumnCount, set = line / problem.RowCount, at = line % problem.RowCount;
        if (set >= problem.Lines.Count)
        {
            row[line - problem.Lines.Count * problem.RowCount] = 1;
            return (row, 0);
        }

        var block = new DesignBlock(columns);
        int start = at / problem.Matrix.BlockRows * problem.Matrix.BlockRows;
        problem.Matrix.Read(start, Math.Min(problem.Matrix.BlockRows, problem.RowCount - start), block);
        for (int j = 0; j < columns; j++)
        {
            row[j] = (block.Column(j)[at - start] - problem.Scaling.Means[j]) / problem.Scaling.Spreads[j];
        }

        if (size > columns)
        {
            row[columns] = 1;
        }

        return (row, problem.Lines[set].Targets[at] * problem.Lines[set].Signs[at]);
    }

    /// <summary>Gaussian elimination with row exchanges.</summary>
    private static double[] Solve(List<(double[] Row, double Target)> equations)
    {
        double[][] rows = [.. equations.Select(equation => (double[])equation.Row.Clone())];
        double[] targets = [.. equations.Select(equation => equation.Target)];
        int n = rows.Length;
        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(rows[i][k]));
            (rows[k], rows[pivot], targets[k], targets[pivot]) = (rows[pivot], rows[k], targets[pivot], targets[k]);
            for (int i = k + 1; i < n; i++)
            {
                double factor = rows[i][k] / rows[k][k];
                VectorKernels.AddScaled(rows[k].AsSpan(k), -factor, rows[i].AsSpan(k));
                targets[i] -= factor * targets[k];
            }
        }

        for (int k = n - 1; k >= 0; k--)
        {
            targets[k] = (targets[k] - VectorKernels.Dot(rows[k].AsSpan(k + 1), targets.AsSpan(k + 1))) / rows[k][k];
        }

        return targets;
    }
}
