using Strata.Tensors.Kernels;

namespace Strata.Learning.Vectors;

/// <summary>
/// Solves a <see cref="MarginProblem"/> by sequential minimal optimisation (Platt 1999) as LIBSVM does (Chang and Lin 2011): two coefficients at a time, chosen by
/// second-order information; points that are settled at a bound are set aside on the way and looked at again before the end. The result does not depend on threads.
/// </summary>
internal sealed class MarginSolver
{
    /// <summary>Two points so much alike that the function hardly bends between them are taken to bend it so much.</summary>
    public const double LeastCurvature = 1e-12;

    private const int LookEvery = 1000;
    private readonly MarginProblem problem;
    private readonly KernelFunction kernel;
    private readonly double tolerance;
    private readonly long cacheBytes;
    private readonly ThreadTeam? team;
    private readonly CancellationToken cancellation;
    private readonly double[] coefficients;
    private readonly int[] all;
    private Active active;
    private bool hasLookedAgain;

    /// <param name="problem">What to solve.</param>
    /// <param name="kernel">Between its points.</param>
    /// <param name="tolerance">Largest violation of the conditions of the optimum, in units of the targets.</param>
    /// <param name="cacheBytes">Room for kernel rows.</param>
    /// <param name="team">Shares the work on long rows; null for one thread.</param>
    /// <param name="cancellation">Looked at many times a second.</param>
    /// <param name="shared">Rows of the kernel between the same points that other problems use too, with room for all; null for rows of its own.</param>
    public MarginSolver(MarginProblem problem, KernelFunction kernel, double tolerance, long cacheBytes, ThreadTeam? team, CancellationToken cancellation, KernelCache? shared = null)
    {
        (this.problem, this.kernel, this.tolerance, this.cacheBytes, this.team, this.cancellation) = (problem, kernel, tolerance, cacheBytes, team, cancellation);
        coefficients = new double[problem.RowCount];
        all = [.. Enumerable.Range(0, problem.RowCount)];
        active = new Active(this, shared ?? CacheOf(all), all, (double[])problem.Targets.Clone());
    }

    public MarginSolution Solve(int maxIterations)
    {
        int iteration = 0, nextLook = LookEvery;
        (int i, double rise, double fall) = active.Look();
        while (true)
        {
            // Of very many points a step takes milliseconds.
            cancellation.ThrowIfCancellationRequested();

            bool isSettled = rise - fall <= tolerance, isClose = rise - fall <= 10 * tolerance && !hasLookedAgain;
            if (active.IsPart && (isSettled || isClose))
            {
                hasLookedAgain = true;
                nextLook = iteration + LookEvery;
                LookAtAllAgain();
                (i, rise, fall) = active.Look();
                continue;
            }

            if (isSettled || iteration >= maxIterations)
            {
                break;
            }

            if (iteration >= nextLook)
            {
                nextLook += LookEvery;
                if (SetAside(rise, fall))
                {
                    (i, rise, fall) = active.Look();
                }
            }

            int j = active.Partner(i, rise);
            if (j < 0)
            {
                break;
            }

            (i, rise, fall) = active.Step(i, j);
            iteration++;
        }

        if (active.IsPart)
        {
            LookAtAllAgain();
            (_, rise, fall) = active.Look();
        }

        active.KeepCoefficients();
        var residuals = new double[problem.RowCount];
        active.CopyResiduals(residuals);
        return new MarginSolution(coefficients, active.Intercept(rise, fall), active.Objective(), iteration, Math.Max(0, rise - fall), residuals);
    }

    /// <summary>Goes on without the points that no pair can want, when they are many.</summary>
    private bool SetAside(double rise, double fall)
    {
        // Where every kernel row has room, taking points back costs more than passing over all of them.
        int[] places = active.HoldsAll ? [] : active.PlacesInPlay(rise, fall);
        if (active.HoldsAll || places.Length > 0.8 * active.Count || places.Length < 2)
        {
            return false;
        }

        active.KeepCoefficients();
        active = active.Only(places);
        return true;
    }

    /// <summary>Takes all points back, the residuals of those set aside computed afresh from the support vectors.</summary>
    private void LookAtAllAgain()
    {
        active.KeepCoefficients();
        var residuals = new double[problem.RowCount];
        active.CopyResiduals(residuals);
        int[] aside = [.. all.Except(active.Chosen)];
        var points = new KernelPoints(problem.Points, problem.FeatureCount, kernel, aside);
        var sums = new double[points.PaddedCount];
        var row = new double[points.PaddedCount];
        for (int s = 0; s < coefficients.Length; s++)
        {
            if (coefficients[s] == 0)
            {
                continue;
            }

            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<double> point = problem.Points.AsSpan(s * problem.FeatureCount, problem.FeatureCount);
            points.Row(point, KernelPoints.Square(point), 0, row);
            VectorKernels.AddScaled(row, coefficients[s], sums);
        }

        for (int at = 0; at < aside.Length; at++)
        {
            residuals[aside[at]] = problem.Targets[aside[at]] - sums[at];
        }

        active = new Active(this, CacheOf(all), all, residuals);
    }

    private KernelCache CacheOf(int[] chosen) => new(problem.Points, problem.FeatureCount, kernel, chosen, cacheBytes, team);

    /// <summary>The points in play, side by side, with their residuals and ranges.</summary>
    private sealed class Active
    {
        private readonly MarginSolver solver;
        private readonly KernelCache cache;
        private readonly double[] residuals, up, down, diagonal, coefficients;

        public Active(MarginSolver solver, KernelCache cache, int[] chosen, double[] residuals)
        {
            (this.solver, this.cache, Chosen) = (solver, cache, chosen);
            int padded = cache.PaddedCount;
            (this.residuals, up, down, diagonal, coefficients) = (new double[padded], new double[padded], new double[padded], new double[padded], new double[chosen.Length]);
            up.AsSpan().Fill(double.NegativeInfinity);
            down.AsSpan().Fill(double.PositiveInfinity);
            residuals.CopyTo(this.residuals, 0);
            for (int i = 0; i < chosen.Length; i++)
            {
                diagonal[i] = cache.Diagonal(i);
                coefficients[i] = solver.coefficients[chosen[i]];
                Mark(i);
            }
        }

        public bool HoldsAll => cache.HoldsAll;

        public int[] Chosen { get; }

        public int Count => Chosen.Length;

        public bool IsPart => Count < solver.problem.RowCount;

        public (int At, double Rise, double Fall) Look()
        {
            var zeros = new float[cache.PaddedCount];
            return PairSearch.Update(residuals, 0, zeros, zeros, up, down);
        }

        public int Partner(int i, double rise) => PairSearch.Partner(rise, diagonal[i], residuals, down, cache.Row(i), diagonal);

        /// <summary>Raises coefficient i and lowers coefficient j by what minimises the function between them, within ranges and up to where a sign would change.</summary>
        public (int At, double Rise, double Fall) Step(int i, int j)
        {
            float[] rowI = cache.Row(i), rowJ = cache.Row(j);
            double curvature = Math.Max(diagonal[i] + diagonal[j] - 2 * rowI[j], LeastCurvature);
            double step = (residuals[i] + up[i] - residuals[j] - down[j]) / curvature;
            double top = coefficients[i] < 0 ? Math.Min(0, High(i)) : High(i), bottom = coefficients[j] > 0 ? Math.Max(0, Low(j)) : Low(j);
            double roomI = top - coefficients[i], roomJ = coefficients[j] - bottom;
            step = Math.Min(step, Math.Min(roomI, roomJ));
            coefficients[i] = step == roomI ? top : coefficients[i] + step;
            coefficients[j] = step == roomJ ? bottom : coefficients[j] - step;
            Mark(i);
            Mark(j);
            return PairSearch.Update(residuals, step, rowI, rowJ, up, down);
        }

        /// <summary>The points that a pair may still want: that can rise and win as much as the smallest fall, or fall and lose no more than the largest rise.</summary>
        public int[] PlacesInPlay(double rise, double fall) =>
            [.. Enumerable.Range(0, Count).Where(i => residuals[i] + up[i] >= fall || residuals[i] + down[i] <= rise)];

        public Active Only(int[] places)
        {
            int[] chosen = [.. places.Select(place => Chosen[place])];
            KernelCache own = solver.CacheOf(chosen);
            own.TakeFrom(cache, places);
            return new Active(solver, own, chosen, [.. places.Select(place => residuals[place])]);
        }

        public void KeepCoefficients()
        {
            for (int i = 0; i < Count; i++)
            {
                solver.coefficients[Chosen[i]] = coefficients[i];
            }
        }

        public void CopyResiduals(double[] to)
        {
            for (int i = 0; i < Count; i++)
            {
                to[Chosen[i]] = residuals[i];
            }
        }

        /// <summary>The mean residual at the edge of the tube of the points within their ranges, else the middle of what remains possible.</summary>
        public double Intercept(double rise, double fall)
        {
            double sum = 0;
            int free = 0;
            for (int i = 0; i < Count; i++)
            {
                if (up[i] == down[i])
                {
                    sum += residuals[i] + up[i];
                    free++;
                }
            }

            return free > 0 ? sum / free
                : double.IsInfinity(rise) ? double.IsInfinity(fall) ? 0 : fall
                : double.IsInfinity(fall) ? rise
                : (rise + fall) / 2;
        }

        public double Objective()
        {
            double sum = 0;
            for (int i = 0; i < Count; i++)
            {
                sum += Math.Abs(coefficients[i]) * solver.problem.Epsilon - coefficients[i] * (residuals[i] + solver.problem.Targets[Chosen[i]]) / 2;
            }

            return sum;
        }

        private double Low(int i) => solver.problem.Low[Chosen[i]];

        private double High(int i) => solver.problem.High[Chosen[i]];

        private void Mark(int i)
        {
            double value = coefficients[i], epsilon = solver.problem.Epsilon;
            up[i] = value >= High(i) ? double.NegativeInfinity : value >= 0 ? -epsilon : epsilon;
            down[i] = value <= Low(i) ? double.PositiveInfinity : value <= 0 ? epsilon : -epsilon;
        }
    }
}
