using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Solves a <see cref="HingeProblem"/> by a primal-dual interior point method with Mehrotra's (1992) predictor and corrector, as Portnoy and Koenker (1997) for quantiles
/// and Ferris and Munson (2002) for support vector machines: some twenty steps whatever the data, each with one weighted Gram matrix of the columns.
/// </summary>
internal sealed class InteriorPoint
{
    private const double StepShare = 0.9995;
    private const int MostFruitless = 25;
    private readonly HingeProblem problem;
    private readonly ParallelOptions threads;
    private readonly int rowCount, lineCount, columnCount;
    private readonly double[] targets, signs, range, low;
    private readonly double[] x, s, w, v, scores;
    private readonly double[] dx, dw, dv, g, weightOfLine;
    private readonly SquareMatrix? quadratic;
    private double[] left = [];

    public InteriorPoint(HingeProblem problem, ParallelOptions threads)
    {
        (this.problem, this.threads) = (problem, threads);
        (rowCount, columnCount) = (problem.RowCount, problem.ColumnCount);
        int coefficientLines = problem.Absolute > 0 ? columnCount : 0;
        lineCount = problem.Lines.Count * rowCount + coefficientLines;
        (targets, signs, range, low) = (new double[lineCount], new double[lineCount], new double[lineCount], new double[lineCount]);
        for (int k = 0; k < problem.Lines.Count; k++)
        {
            RowLines lines = problem.Lines[k];
            lines.Targets.CopyTo(targets, k * rowCount);
            lines.Signs.CopyTo(signs, k * rowCount);
            lines.Low.CopyTo(low, k * rowCount);
            for (int row = 0; row < rowCount; row++)
            {
                range[k * rowCount + row] = lines.High[row] - lines.Low[row];
            }
        }

        for (int j = 0; j < coefficientLines; j++)
        {
            int line = lineCount - columnCount + j;
            (signs[line], low[line], range[line]) = (1, -problem.Absolute, 2 * problem.Absolute);
        }

        if (problem.Penalty is not null)
        {
            problem.Penalty.AddTo(quadratic = new SquareMatrix(columnCount + 1));
            Mirror(quadratic);
        }

        (x, s, w, v, scores) = (new double[lineCount], new double[lineCount], new double[lineCount], new double[lineCount], new double[lineCount]);
        (dx, dw, dv, g, weightOfLine) = (new double[lineCount], new double[lineCount], new double[lineCount], new double[lineCount], new double[lineCount]);
    }

    /// <summary>The variables of standardised columns and, last, the score of a row of means.</summary>
    public double[] At { get; private set; } = [];

    /// <summary>How strongly each row's first line, and so on, pulls: a, from Low to High.</summary>
    public double[] Pulls => [.. x.Select((value, line) => low[line] + value)];

    /// <summary>The value of the problem's function at <see cref="At"/>.</summary>
    public double Objective { get; private set; }

    /// <summary>Returns the last complementarity in parts of the objective, and how many steps were taken.</summary>
    public (double Gap, int Iterations) Solve(double[] start, double tolerance, int maxIterations)
    {
        At = (double[])start.Clone();
        Begin();
        double[] best = (double[])At.Clone();
        double bestGap = double.PositiveInfinity, bestObjective = Objective;
        int iteration = 0, fruitless = 0;
        while (true)
        {
            double gap = Gap();
            if (gap < bestGap)
            {
                (best, bestGap, bestObjective) = ((double[])At.Clone(), gap, Objective);
                fruitless = 0;
            }
            else
            {
                fruitless++;
            }

            if (bestGap <= tolerance || iteration >= maxIterations || fruitless >= MostFruitless)
            {
                break;
            }

            threads.CancellationToken.ThrowIfCancellationRequested();
            Step();
            iteration++;
        }

        (At, Objective) = (best, bestObjective);
        return (bestGap, iteration);
    }

    /// <summary>Without a quadratic penalty the minimum is at a corner: moves there when the corner near by is not worse.</summary>
    public bool MoveToVertex()
    {
        int[] order = [.. Enumerable.Range(0, lineCount).Where(line => range[line] > 0)];
        double[] sureness = [.. order.Select(line => -Math.Min(x[line], s[line]) / range[line] / (1e-300 + w[line] + v[line]))];
        Array.Sort(sureness, order);
        if (Vertex.Through(problem, order.Take(4 * (columnCount + 1))) is not double[] corner || !corner.All(double.IsFinite))
        {
            return false;
        }

        (double[] before, double value) = (At, Objective);
        At = corner;
        Score(At, scores);
        Objective = Value();
        if (Objective <= value + 1e-12 * Math.Abs(value))
        {
            return true;
        }

        (At, Objective) = (before, value);
        Score(At, scores);
        return false;
    }

    private static void Mirror(SquareMatrix matrix)
    {
        for (int i = 0; i < matrix.Size; i++)
        {
            for (int j = 0; j < i; j++)
            {
                matrix[j, i] = matrix[i, j];
            }
        }
    }

    private void Begin()
    {
        Score(At, scores);
        double size = 0;
        int live = 0;
        for (int line = 0; line < lineCount; line++)
        {
            double error = Error(line);
            if (range[line] > 0)
            {
                size += Math.Abs(error);
                live++;
            }
        }

        double room = Math.Max(1e-3, size / Math.Max(1, live));
        for (int line = 0; line < lineCount; line++)
        {
            double error = Error(line);
            // Pulls that cancel one another where that is known: at zero, when zero lies within.
            double zero = -low[line];
            x[line] = zero > 0.05 * range[line] && zero < 0.95 * range[line] ? zero : range[line] / 2;
            s[line] = range[line] - x[line];
            w[line] = Math.Max(error, 0) + room;
            v[line] = Math.Max(-error, 0) + room;
        }

        Objective = Value();
    }

    private double Error(int line) => targets[line] - signs[line] * scores[line];

    /// <summary>A unit for the objective that does not vanish when it does.</summary>
    private double Scale()
    {
        double sum = 0;
        for (int line = 0; line < lineCount; line++)
        {
            sum += range[line] * Math.Abs(targets[line]);
        }

        return 1e-3 * sum;
    }

    private double Complementarity()
    {
        double sum = 0;
        for (int line = 0; line < lineCount; line++)
        {
            sum += range[line] > 0 ? x[line] * v[line] + s[line] * w[line] : 0;
        }

        return sum;
    }

    /// <summary>The largest of complementarity and the two kinds of infeasibility, each in its unit.</summary>
    private double Gap()
    {
        left = Left();
        double unbalanced = left.Max(Math.Abs) / range.Sum();
        return Math.Max(Math.Max(Complementarity() / (1e-300 + Math.Abs(Objective) + Scale()), Infeasibility()), unbalanced);
    }

    /// <summary>How far errors are from the difference of their multipliers, in parts of their mean size.</summary>
    private double Infeasibility()
    {
        double off = 0, size = 1e-300;
        for (int line = 0; line < lineCount; line++)
        {
            if (range[line] > 0)
            {
                off += range[line] * Math.Abs(Error(line) - w[line] + v[line]);
                size += range[line] * (1e-3 + Math.Abs(Error(line)));
            }
        }

        return off / size;
    }

    private double Value()
    {
        double sum = 0;
        for (int line = 0; line < lineCount; line++)
        {
            double error = Error(line);
            sum += error > 0 ? (low[line] + range[line]) * error : low[line] * error;
        }

        return sum + (problem.Penalty?.Add(At, new double[At.Length]) ?? 0);
    }

    private void Step()
    {
        for (int line = 0; line < lineCount; line++)
        {
            weightOfLine[line] = range[line] > 0 ? 1 / (w[line] / s[line] + v[line] / x[line]) : 0;
        }

        Cholesky factor = RefinedSolution.Factor(Matrix(), threads);
        double[] step = Direction(factor, corrected: false, 0);
        (double primal, double dual) = Lengths();
        double before = Complementarity(), after = 0;
        int live = 0;
        for (int line = 0; line < lineCount; line++)
        {
            if (range[line] > 0)
            {
                live += 2;
                after += (x[line] + primal * dx[line]) * (v[line] + dual * dv[line]) + (s[line] - primal * dx[line]) * (w[line] + dual * dw[line]);
            }
        }

        double share = after / before, center = share * share * share * before / Math.Max(1, live);
        step = Direction(factor, corrected: true, center);
        (primal, dual) = Lengths();
        for (int line = 0; line < lineCount; line++)
        {
            x[line] += primal * dx[line];
            s[line] -= primal * dx[line];
            w[line] += dual * dw[line];
            v[line] += dual * dv[line];
        }

        VectorKernels.AddScaled(step, dual, At);
        Score(At, scores);
        Objective = Value();
    }

    /// <summary>Q plus the Gram matrix of all lines under their weights.</summary>
    private SquareMatrix Matrix()
    {
        SquareMatrix matrix = Gram.Of(problem.Matrix, problem.Scaling, (block, start, roots, ones) =>
        {
            for (int i = 0; i < roots.Length; i++)
            {
                double weight = 0;
                for (int k = 0; k < problem.Lines.Count; k++)
                {
                    weight += weightOfLine[k * rowCount + start + i];
                }

                roots[i] = Math.Sqrt(weight);
            }

            ones.Fill(1);
        }, further: 1, threads);
        problem.Penalty?.AddTo(matrix);
        for (int j = 0; problem.Absolute > 0 && j < columnCount; j++)
        {
            double spread = problem.Scaling.Spreads[j];
            matrix[j, j] += weightOfLine[lineCount - columnCount + j] / (spread * spread);
        }

        if (!problem.HasIntercept)
        {
            matrix.Row(columnCount, columnCount).Clear();
            matrix[columnCount, columnCount] = 1;
        }

        return matrix;
    }

    /// <summary>What the pulls leave of stationarity: sum of σ a φ - Q u.</summary>
    private double[] Left()
    {
        double[] sums = Products(line => low[line] + x[line]);
        if (quadratic is not null)
        {
            for (int j = 0; j <= columnCount; j++)
            {
                sums[j] -= VectorKernels.Dot(quadratic.Row(j, columnCount + 1), At);
            }
        }

        return sums;
    }

    /// <summary>The Newton step to complementarity <paramref name="center"/>, with the product of the affine steps taken off when it is the corrector's.</summary>
    private double[] Direction(Cholesky factor, bool corrected, double center)
    {
        for (int line = 0; line < lineCount; line++)
        {
            if (range[line] > 0)
            {
                double atTop = center - (corrected ? -dx[line] * dw[line] : 0) - w[line] * s[line], atBottom = center - (corrected ? dx[line] * dv[line] : 0) - v[line] * x[line];
                // Kept for the steps of the multipliers.
                (dw[line], dv[line]) = (atTop, atBottom);
                g[line] = Error(line) - w[line] + v[line] - atTop / s[line] + atBottom / x[line];
            }
        }

        double[] step = Products(line => weightOfLine[line] * g[line]);
        VectorKernels.AddScaled(left, 1, step);
        if (!problem.HasIntercept)
        {
            step[columnCount] = 0;
        }

        factor.Solve(step);
        Score(step, dx);
        for (int line = 0; line < lineCount; line++)
        {
            if (range[line] > 0)
            {
                dx[line] = weightOfLine[line] * (g[line] - signs[line] * dx[line]);
                dw[line] = (dw[line] + w[line] * dx[line]) / s[line];
                dv[line] = (dv[line] - v[line] * dx[line]) / x[line];
            }
            else
            {
                dx[line] = 0;
            }
        }

        return step;
    }

    /// <summary>How far pulls and multipliers may go and stay positive; with a quadratic penalty both go as far as either may.</summary>
    private (double Primal, double Dual) Lengths()
    {
        double primal = 1 / StepShare, dual = 1 / StepShare;
        for (int line = 0; line < lineCount; line++)
        {
            if (range[line] > 0)
            {
                primal = dx[line] < 0 ? Math.Min(primal, -x[line] / dx[line]) : dx[line] > 0 ? Math.Min(primal, s[line] / dx[line]) : primal;
                dual = dw[line] < 0 ? Math.Min(dual, -w[line] / dw[line]) : dual;
                dual = dv[line] < 0 ? Math.Min(dual, -v[line] / dv[line]) : dual;
            }
        }

        (primal, dual) = (StepShare * primal, StepShare * dual);
        double both = Math.Min(primal, dual);
        return quadratic is null ? (primal, dual) : (both, both);
    }

    /// <summary>The score of every line's row or coefficient.</summary>
    private void Score(double[] at, double[] to)
    {
        double[] coefficients = [.. problem.Scaling.Spreads.Select((spread, j) => at[j] / spread)];
        double center = at[columnCount] - VectorKernels.Dot(problem.Scaling.Means, coefficients);
        RowChunks.Of(problem.Matrix).ForEach(threads, (_, start, end) =>
        {
            var block = new DesignBlock(columnCount);
            for (int row = start; row < end; row += problem.Matrix.BlockRows)
            {
                problem.Matrix.Read(row, Math.Min(problem.Matrix.BlockRows, end - row), block);
                Span<double> part = to.AsSpan(row, block.Count);
                part.Fill(center);
                LinearKernels.AddScores(block, coefficients, part);
                for (int k = 1; k < problem.Lines.Count; k++)
                {
                    part.CopyTo(to.AsSpan(k * rowCount + row));
                }
            }
        });
        if (problem.Absolute > 0)
        {
            coefficients.CopyTo(to, lineCount - columnCount);
        }
    }

    /// <summary>The sum over lines of a value times sign times row.</summary>
    private double[] Products(Func<int, double> value)
    {
        (double[] sums, double total) = ColumnSums.WithTotal(problem.Matrix, problem.Scaling, (start, values) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                double sum = 0;
                for (int k = 0; k < problem.Lines.Count; k++)
                {
                    int line = k * rowCount + start + i;
                    sum += signs[line] * value(line);
                }

                values[i] = sum;
            }
        }, new double[columnCount], threads);
        var products = new double[columnCount + 1];
        for (int j = 0; j < columnCount; j++)
        {
            double own = problem.Absolute > 0 ? value(lineCount - columnCount + j) : 0;
            products[j] = (sums[j] + own) / problem.Scaling.Spreads[j];
        }

        products[columnCount] = problem.HasIntercept ? total : 0;
        return products;
    }
}
