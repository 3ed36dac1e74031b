using Strata.Tensors;

namespace Strata.Learning.Clusters;

/// <summary>Moves centres to the means of the rows nearest to them until they stay (Lloyd 1982).</summary>
/// <param name="Centers">Row-major [clusters, columns].</param>
/// <param name="Nearest">Of each row, the centre nearest to it.</param>
/// <param name="Inertia">The weighted sum of squared distances of the rows from their centres.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Converged">Whether the centres stayed.</param>
internal sealed record Lloyd(double[] Centers, int[] Nearest, double Inertia, int Iterations, bool Converged)
{
    /// <summary>The best of several starts; clusters are numbered by their centres' first column, then the next.</summary>
    /// <param name="rows">What to group.</param>
    /// <param name="clusters">How many.</param>
    /// <param name="starts">How many starts.</param>
    /// <param name="maxIterations">The most steps of each.</param>
    /// <param name="tolerance">A start ends when its centres moved, all together and squared, by no more than this part of the mean variance of a column.</param>
    /// <param name="context">Seed, threads, cancellation and progress.</param>
    public static Lloyd Best(ClusterRows rows, int clusters, int starts, int maxIterations, double tolerance, FitContext context)
    {
        double least = tolerance * rows.Moments().Variances.Average();
        Lloyd? best = null;
        for (int start = 0; start < starts; start++)
        {
            var random = RandomSource.For(context.Seed, $"k-means start {start}");
            Lloyd found = From(CenterSeeds.Draw(rows, clusters, random, context.Cancellation), rows, maxIterations, least, context.ParallelOptions);
            best = best is null || found.Inertia < best.Inertia ? found : best;
            context.Progress?.Report(new FitProgress(start, starts, new Dictionary<string, double> { ["inertia"] = best.Inertia }));
            context.Cancellation.ThrowIfCancellationRequested();
        }

        return best!.Ordered(rows.ColumnCount);
    }

    private static Lloyd From(double[] centers, ClusterRows rows, int maxIterations, double least, ParallelOptions threads)
    {
        var nearest = new int[rows.Count];
        var squares = new double[rows.Count];
        nearest.AsSpan().Fill(-1);
        bool converged = false;
        int iteration = 0;
        while (!converged && iteration < maxIterations)
        {
            iteration++;
            bool changed = Assign(rows, centers, nearest, squares, threads);
            double[] moved = Means(rows, centers, nearest, squares, threads);
            double shift = moved.Zip(centers, (to, from) => (to - from) * (to - from)).Sum();
            centers = moved;
            converged = !changed || shift <= least;
        }

        Assign(rows, centers, nearest, squares, threads);
        return new Lloyd(centers, nearest, squares.Select((square, row) => square * rows.Weights[row]).Sum(), iteration, converged);
    }

    private static bool Assign(ClusterRows rows, double[] centers, int[] nearest, double[] squares, ParallelOptions threads)
    {
        var tiles = new PointTiles(centers, rows.ColumnCount);
        int changed = 0;
        RowShares.ForEach(rows.Count, threads, (_, start, end) =>
        {
            int own = 0;
            for (int row = start; row < end; row++)
            {
                (int center, squares[row]) = tiles.Nearest(rows.Row(row));
                own += nearest[row] == center ? 0 : 1;
                nearest[row] = center;
            }

            Interlocked.Add(ref changed, own);
        });
        return changed > 0;
    }

    /// <summary>The mean of each centre's rows; a centre without rows takes the row that is farthest from its own.</summary>
    private static double[] Means(ClusterRows rows, double[] centers, int[] nearest, double[] squares, ParallelOptions threads)
    {
        int columns = rows.ColumnCount, clusters = centers.Length / columns;
        var parts = new double[RowShares.Count(rows.Count)][];
        RowShares.ForEach(rows.Count, threads, (part, start, end) =>
        {
            var sums = new double[clusters * (columns + 1)];
            for (int row = start; row < end; row++)
            {
                Span<double> into = sums.AsSpan(nearest[row] * (columns + 1), columns + 1);
                ReadOnlySpan<double> values = rows.Row(row), center = centers.AsSpan(nearest[row] * columns, columns);
                for (int j = 0; j < columns; j++)
                {
                    into[j] += rows.Weights[row] * (values[j] - center[j]);
                }

                into[columns] += rows.Weights[row];
            }

            parts[part] = sums;
        });
        double[] means = (double[])centers.Clone(), weights = new double[clusters];
        for (int k = 0; k < clusters; k++)
        {
            weights[k] = parts.Sum(part => part[k * (columns + 1) + columns]);
            for (int j = 0; weights[k] > 0 && j < columns; j++)
            {
                means[k * columns + j] += parts.Sum(part => part[k * (columns + 1) + j]) / weights[k];
            }
        }

        int[] empty = [.. Enumerable.Range(0, clusters).Where(k => weights[k] == 0)];
        if (empty.Length > 0)
        {
            int[] farthest = [.. Enumerable.Range(0, rows.Count).OrderByDescending(row => squares[row]).Take(empty.Length)];
            for (int i = 0; i < farthest.Length; i++)
            {
                rows.Row(farthest[i]).CopyTo(means.AsSpan(empty[i] * columns));
            }
        }

        return means;
    }

    private Lloyd Ordered(int columns)
    {
        int[] order = [.. Enumerable.Range(0, Centers.Length / columns)];
        Array.Sort(order, (a, b) => Centers.AsSpan(a * columns, columns).SequenceCompareTo(Centers.AsSpan(b * columns, columns)));
        var placeOf = new int[order.Length];
        var centers = new double[Centers.Length];
        for (int place = 0; place < order.Length; place++)
        {
            placeOf[order[place]] = place;
            Centers.AsSpan(order[place] * columns, columns).CopyTo(centers.AsSpan(place * columns));
        }

        return this with { Centers = centers, Nearest = [.. Nearest.Select(center => placeOf[center])] };
    }
}
