namespace Strata.Learning.Clusters;

/// <summary>A radius for rows of which nobody says how near is near: the distance within which nine in ten rows have enough others (the k-distance of Ester and others 1996).</summary>
internal static class UsualRadius
{
    private const int MostAsked = 500;
    private const double Share = 0.9;

    /// <param name="rows">At least one; so many of them, spread evenly, are asked how far the others are.</param>
    /// <param name="minRows">How many rows, itself included, are enough; by weight.</param>
    /// <param name="threads">Who shares the work; the radius is the same for any number of them.</param>
    public static double Of(ClusterRows rows, int minRows, ParallelOptions threads)
    {
        var tiles = new PointTiles(rows.Values, rows.ColumnCount);
        int asked = Math.Min(MostAsked, rows.Count);
        var reaches = new (double Square, double Weight)[asked];
        Parallel.For(0, asked, threads, i =>
        {
            int row = (int)((long)i * rows.Count / asked);
            reaches[i] = (Reach(rows, tiles, row, minRows, threads.CancellationToken), rows.Weights[row]);
        });
        Array.Sort(reaches);
        double enough = Share * reaches.Sum(reach => reach.Weight), below = 0;
        int at = 0;
        while (at < asked - 1 && below + reaches[at].Weight < enough)
        {
            below += reaches[at++].Weight;
        }

        return reaches[at].Square > 0 ? Math.Sqrt(reaches[at].Square) * (1 + 1e-9) : 1e-12;
    }

    /// <summary>The squared distance within which a row has enough others.</summary>
    private static double Reach(ClusterRows rows, PointTiles tiles, int row, int minRows, CancellationToken cancellation)
    {
        // The farthest first.
        var near = new PriorityQueue<double, double>();
        double weight = 0, farthest = double.PositiveInfinity;
        for (int tile = 0; tile < tiles.TileCount; tile++)
        {
            if (tile % 1024 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            var squares = tiles.Squares(rows.Row(row), tile);
            for (int k = 0; k < PointTiles.Size && tile * PointTiles.Size + k < rows.Count; k++)
            {
                if (weight >= minRows && squares[k] >= farthest)
                {
                    continue;
                }

                double own = rows.Weights[tile * PointTiles.Size + k];
                near.Enqueue(own, -squares[k]);
                weight += own;
                while (weight - near.Peek() >= minRows)
                {
                    weight -= near.Dequeue();
                }

                near.TryPeek(out _, out double last);
                farthest = -last;
            }
        }

        return farthest;
    }
}
