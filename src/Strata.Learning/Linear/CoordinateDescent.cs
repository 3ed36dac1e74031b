using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Minimises uᵀG u / 2 - cᵀu + sum over j of (a_j |u_j| + b_j u_j² / 2) one coordinate at a time (Friedman, Hastie and Tibshirani 2010), sweeping over the coordinates
/// that are not zero until they rest and then over all. Once the set of these and their signs stand, the solution on them is that of linear equations.
/// </summary>
/// <param name="gram">G.</param>
/// <param name="products">c.</param>
/// <param name="absolute">a, one a coordinate, at least 0.</param>
/// <param name="square">b, one a coordinate, at least 0.</param>
/// <param name="threads">For cancellation, and for the linear equations.</param>
internal sealed class CoordinateDescent(GramColumns gram, double[] products, double[] absolute, double[] square, ParallelOptions threads)
{
    private const int MostExact = 4096;
    private GramRest rest = gram.RestOf(products);

    public double[] At { get; } = new double[gram.Size];

    /// <summary>Sweeps so far.</summary>
    public int Sweeps { get; private set; }

    /// <summary>The quadratic model of another function around a point: its gradient there is <paramref name="gradient"/>, its curvature G.</summary>
    public static CoordinateDescent OfModel(GramColumns gram, double[] around, double[] gradient, double[] absolute, ParallelOptions threads)
    {
        var model = new CoordinateDescent(gram, ProductsOf(gram, around, gradient), absolute, new double[gram.Size], threads);
        around.CopyTo(model.At, 0);
        return model;
    }

    /// <summary>The solution of least squares: descends until the duality gap, in parts of the target's mean square, is small, and makes the solution exact where that can be done.</summary>
    /// <param name="targetSquare">The mean square of the centred target.</param>
    /// <param name="tolerance">The gap to come down to.</param>
    /// <param name="maxSweeps">When to give up.</param>
    /// <returns>The last gap, and whether the solution is exact.</returns>
    public (double Gap, bool IsExact) SolveLeastSquares(double targetSquare, double tolerance, int maxSweeps)
    {
        double unit = targetSquare > 0 ? targetSquare : 1, wanted = tolerance;
        Refresh();
        int last = Sweeps + maxSweeps;
        for (int attempt = 0; ; attempt++)
        {
            double gap = Descend(() => Gap(targetSquare) / unit, wanted, last);
            if (gap <= wanted && TryExact())
            {
                return (Math.Max(0, Gap(targetSquare) / unit), true);
            }

            if (gap > wanted || attempt == 5)
            {
                return (gap, TryExact());
            }

            wanted /= 100;
        }
    }

    /// <summary>The solution of a quadratic model, to a change of the coordinates that is small beside the first one.</summary>
    public void SolveModel(int maxSweeps)
    {
        Refresh();
        double first = Sweep(activeOnly: false);
        for (int sweep = 0; sweep < maxSweeps && !TryExact(); sweep += 10)
        {
            double change = first;
            for (int inner = 0; inner < 10 && change > 1e-12 * first; inner++)
            {
                change = Sweep(activeOnly: inner % 5 != 4);
            }

            if (change <= 1e-12 * first && Sweep(activeOnly: false) <= 1e-12 * first)
            {
                return;
            }
        }
    }

    private static double[] ProductsOf(GramColumns gram, double[] around, double[] gradient)
    {
        GramRest products = gram.RestOf([.. gradient.Select(slope => -slope)]);
        for (int j = 0; j < around.Length; j++)
        {
            if (around[j] != 0)
            {
                products.Move(j, -around[j]);
            }
        }

        return [.. Enumerable.Range(0, around.Length).Select(j => products[j])];
    }

    /// <summary>What is left of c: c - G u.</summary>
    private void Refresh()
    {
        rest = gram.RestOf(products);
        for (int j = 0; j < At.Length; j++)
        {
            if (At[j] != 0)
            {
                rest.Move(j, At[j]);
            }
        }
    }

    private double Descend(Func<double> measure, double wanted, int lastSweep)
    {
        while (true)
        {
            double first = Sweep(activeOnly: false), change = first;
            for (int inner = 0; inner < 100 && change > 0.01 * first && Sweeps < lastSweep; inner++)
            {
                change = Sweep(activeOnly: true);
            }

            double now = measure();
            if (now <= wanted || first == 0 || Sweeps >= lastSweep)
            {
                return now;
            }
        }
    }

    /// <summary>Returns the largest change, in units of the root of the function.</summary>
    private double Sweep(bool activeOnly)
    {
        threads.CancellationToken.ThrowIfCancellationRequested();
        Sweeps++;
        double largest = 0;
        for (int j = 0; j < At.Length; j++)
        {
            double before = At[j], diagonal = gram.Diagonal(j), curvature = diagonal + square[j];
            if ((activeOnly && before == 0) || !(curvature > 0))
            {
                continue;
            }

            double pull = rest[j] + diagonal * before;
            double now = Math.CopySign(Math.Max(0, Math.Abs(pull) - absolute[j]), pull) / curvature;
            if (now != before)
            {
                At[j] = now;
                rest.Move(j, now - before);
                largest = Math.Max(largest, Math.Abs(now - before) * Math.Sqrt(curvature));
            }
        }

        return largest;
    }

    /// <summary>
    /// How far the function may still be above its minimum: the distance to the dual point that comes of shrinking the residual until it is feasible
    /// (Kim, Koh, Lustig, Boyd and Gorinevsky 2007), in the function's unit.
    /// </summary>
    private double Gap(double targetSquare)
    {
        double shrink = 1, fitted = 0, left = 0, lengths = 0, squares = 0;
        for (int j = 0; j < At.Length; j++)
        {
            double slope = Math.Abs(rest[j] - square[j] * At[j]);
            if (slope > absolute[j])
            {
                shrink = Math.Min(shrink, absolute[j] / slope);
            }

            fitted += At[j] * products[j];
            left += At[j] * rest[j];
            lengths += absolute[j] * Math.Abs(At[j]);
            squares += square[j] * At[j] * At[j];
        }

        double residual = targetSquare - fitted - left;
        return residual * (1 + shrink * shrink) / 2 + lengths - shrink * (targetSquare - fitted) + squares * (1 + shrink * shrink) / 2;
    }

    /// <summary>Solves for the coordinates that are not zero, and keeps the solution when it is the minimum: no sign changed, and no other coordinate wants to leave zero.</summary>
    private bool TryExact()
    {
        int[] active = [.. Enumerable.Range(0, At.Length).Where(j => At[j] != 0)];
        if (active.Length > MostExact)
        {
            return false;
        }

        SquareMatrix matrix = gram.Among(active);
        var solution = new double[active.Length];
        for (int i = 0; i < active.Length; i++)
        {
            matrix[i, i] += square[active[i]];
            solution[i] = products[active[i]] - Math.CopySign(absolute[active[i]], At[active[i]]);
        }

        if (active.Length > 0)
        {
            if (Cholesky.TryFactor(matrix, threads) is not Cholesky factor)
            {
                return false;
            }

            factor.Solve(solution);
        }

        return Accept(active, solution);
    }

    private bool Accept(int[] active, double[] solution)
    {
        GramRest left = gram.RestOf(products);
        for (int i = 0; i < active.Length; i++)
        {
            if (solution[i] * At[active[i]] <= 0)
            {
                return false;
            }

            left.Move(active[i], solution[i]);
        }

        for (int j = 0; j < At.Length; j++)
        {
            if (At[j] == 0 && Math.Abs(left[j]) > absolute[j] * (1 + 1e-9) + 1e-13 * Math.Abs(products[j]))
            {
                return false;
            }
        }

        for (int i = 0; i < active.Length; i++)
        {
            At[active[i]] = solution[i];
        }

        rest = left;
        return true;
    }
}
