using System.Numerics;
using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Neighbors;

/// <summary>Finds the nearest of many points exactly, by looking at all of them: bounds in single precision first, the promising ones in double.</summary>
internal sealed class NeighborIndex : INeighborIndex
{
    private const int JobQueries = 96, ChunkFloats = 1 << 16;
    private readonly double[] points;
    private readonly NeighborMetric metric;
    private readonly int columns;
    private readonly DistanceBounds bounds;

    /// <param name="points">Row-major [points, columns].</param>
    /// <param name="columns">Of each point; at least one.</param>
    /// <param name="metric">How distances are measured.</param>
    public NeighborIndex(double[] points, int columns, NeighborMetric metric)
    {
        this.points = metric == NeighborMetric.Cosine ? OfUnitLength(points, columns) : points;
        (this.metric, this.columns) = (metric, columns);
        bounds = new DistanceBounds(this.points, columns, metric);
    }

    public int Count => points.Length / columns;

    public void Search(Frame queries, int most, ParallelOptions threads, NeighborsFound found) => Search(CompleteNumbers.RowMajor(queries), most, threads, found);

    /// <param name="queries">Row-major [queries, columns].</param>
    /// <param name="most">How many of the nearest to find; all where there are fewer.</param>
    /// <param name="threads">Who shares the queries.</param>
    /// <param name="found">Called for each query, at once for several, with its number, distances from the nearest on, and points.</param>
    public void Search(double[] queries, int most, ParallelOptions threads, NeighborsFound found)
    {
        queries = metric == NeighborMetric.Cosine ? OfUnitLength(queries, columns) : queries;
        int count = queries.Length / columns, jobs = (count + JobQueries - 1) / JobQueries;
        most = Math.Min(most, Count);
        void Run(int job) => SearchSome(queries, job * JobQueries, Math.Min(JobQueries, count - job * JobQueries), most, found, threads.CancellationToken);
        if (jobs == 1)
        {
            Run(0);
        }
        else
        {
            Parallel.For(0, jobs, threads, Run);
        }
    }

    /// <summary>As <see cref="NeighborMetric"/> says.</summary>
    private double Shown(double measured) => metric == NeighborMetric.Euclidean ? Math.Sqrt(measured) : measured;

    private void SearchSome(double[] queries, int first, int count, int most, NeighborsFound found, CancellationToken cancellation)
    {
        NearestList[] lists = [.. Enumerable.Range(0, count).Select(_ => new NearestList(most))];
        var blocks = new QueryBlock[(count + DistanceBounds.Queries - 1) / DistanceBounds.Queries];
        for (int b = 0; b < blocks.Length; b++)
        {
            int from = b * DistanceBounds.Queries, size = Math.Min(DistanceBounds.Queries, count - from);
            blocks[b] = new QueryBlock(this, queries, first + from, lists.AsSpan(from, size).ToArray());
        }

        int chunk = Math.Max(1, ChunkFloats / (DistanceBounds.TilePoints * columns));
        for (int tile = 0; tile < bounds.TileCount; tile += chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            int end = Math.Min(bounds.TileCount, tile + chunk);
            foreach (QueryBlock block in blocks)
            {
                block.Look(tile, end);
            }
        }

        var distances = new double[most];
        for (int i = 0; i < count; i++)
        {
            (ReadOnlyMemory<double> measured, ReadOnlyMemory<int> rows) = lists[i].Sort();
            for (int k = 0; k < measured.Length; k++)
            {
                distances[k] = Shown(measured.Span[k]);
            }

            found(first + i, distances.AsSpan(0, measured.Length), rows.Span);
        }
    }

    /// <summary>Squared for the Euclidean distance.</summary>
    private double Measure(ReadOnlySpan<double> query, int point)
    {
        ReadOnlySpan<double> other = points.AsSpan(point * columns, columns);
        double sum = 0;
        switch (metric)
        {
            case NeighborMetric.Euclidean:
                for (int k = 0; k < other.Length; k++)
                {
                    sum += (query[k] - other[k]) * (query[k] - other[k]);
                }

                return sum;
            case NeighborMetric.Manhattan:
                for (int k = 0; k < other.Length; k++)
                {
                    sum += Math.Abs(query[k] - other[k]);
                }

                return sum;
            default:
                for (int k = 0; k < other.Length; k++)
                {
                    sum += query[k] * other[k];
                }

                return Math.Max(0, 1 - sum);
        }
    }

    private static double[] OfUnitLength(double[] points, int columns)
    {
        var scaled = new double[points.Length];
        for (int start = 0; start < points.Length; start += columns)
        {
            ReadOnlySpan<double> point = points.AsSpan(start, columns);
            double largest = 0, square = 0;
            foreach (double value in point)
            {
                largest = Math.Max(largest, Math.Abs(value));
            }

            foreach (double value in point)
            {
                square += value / largest * (value / largest);
            }

            double length = Math.Sqrt(square);
            for (int k = 0; largest > 0 && k < columns; k++)
            {
                scaled[start + k] = point[k] / largest / length;
            }
        }

        return scaled;
    }

    /// <summary>Up to six queries that look at every point together.</summary>
    private sealed class QueryBlock
    {
        private readonly NeighborIndex index;
        private readonly double[] queries;
        private readonly int first;
        private readonly NearestList[] lists;
        private readonly float[] block, thresholds = new float[DistanceBounds.Queries];
        private readonly double[] constants = new double[DistanceBounds.Queries];
        private readonly bool[] isFar = new bool[DistanceBounds.Queries];

        public QueryBlock(NeighborIndex index, double[] queries, int first, NearestList[] lists)
        {
            (this.index, this.queries, this.first, this.lists) = (index, queries, first, lists);
            block = new float[index.columns * DistanceBounds.Queries];
            thresholds.AsSpan().Fill(-float.MaxValue);
            for (int i = 0; i < lists.Length; i++)
            {
                isFar[i] = !index.bounds.TryPrepare(Query(i), block, i, out constants[i]);
                thresholds[i] = isFar[i] ? -float.MaxValue : float.MaxValue;
            }
        }

        public void Look(int tile, int end)
        {
            for (int i = 0; i < lists.Length; i++)
            {
                for (int point = tile * DistanceBounds.TilePoints; isFar[i] && point < Math.Min(index.Count, end * DistanceBounds.TilePoints); point++)
                {
                    lists[i].Offer(index.Measure(Query(i), point), point);
                }
            }

            Span<uint> masks = stackalloc uint[DistanceBounds.Queries];
            for (; tile < end; tile++)
            {
                if (index.bounds.Candidates(tile, block, thresholds, masks))
                {
                    for (int i = 0; i < lists.Length; i++)
                    {
                        if (masks[i] != 0)
                        {
                            Measure(i, tile * DistanceBounds.TilePoints, masks[i]);
                        }
                    }
                }
            }
        }

        private void Measure(int i, int start, uint mask)
        {
            ReadOnlySpan<double> query = Query(i);
            for (; mask != 0; mask &= mask - 1)
            {
                int point = start + BitOperations.TrailingZeroCount(mask);
                if (point < index.Count)
                {
                    lists[i].Offer(index.Measure(query, point), point);
                }
            }

            thresholds[i] = index.bounds.Threshold(lists[i].Farthest, constants[i]);
        }

        private ReadOnlySpan<double> Query(int i) => queries.AsSpan((first + i) * index.columns, index.columns);
    }
}

/// <summary>Takes the neighbours of one query.</summary>
/// <param name="query">Its number.</param>
/// <param name="distances">From the nearest on.</param>
/// <param name="points">The numbers of the points.</param>
internal delegate void NeighborsFound(int query, ReadOnlySpan<double> distances, ReadOnlySpan<int> points);
