using Strata.Learning.Data;

namespace Strata.Learning.Neighbors;

/// <summary>
/// Finds the nearest of many points of few entries exactly: lists of the points that have an entry in a column give a first distance to all of them at once, and
/// those that may be among the nearest are measured as points in full are, term by term in the order of the columns.
/// </summary>
internal sealed class SparseNeighborIndex : INeighborIndex
{
    private const int JobQueries = 32;

    /// <summary>Rounding of first distances, in parts of the sum of the points' own sizes.</summary>
    private const double Slack = 1e-12;
    private readonly SparseRows points, byColumn;
    private readonly NeighborMetric metric;
    private readonly double[] common, sizes, alongPoints;
    private readonly double sizeOfCommon;

    /// <param name="points">As they are.</param>
    /// <param name="metric">How distances are measured.</param>
    public SparseNeighborIndex(SparseRows points, NeighborMetric metric)
    {
        (this.metric, common) = (metric, points.Common ?? new double[points.ColumnCount]);
        this.points = points = InPlace(points);
        byColumn = points.Transposed();
        sizeOfCommon = common.Sum(value => value * value);
        sizes = [.. Enumerable.Range(0, points.RowCount).Select(row => SizeOf(points, row))];
        alongPoints = metric == NeighborMetric.Cosine ? [.. Enumerable.Range(0, points.RowCount).Select(row => AlongCommon(points, row))] : [];
    }

    public int Count => points.RowCount;

    public void Search(Frame queries, int most, ParallelOptions threads, NeighborsFound found)
    {
        SparseRows rows = InPlace(SparseRows.Of(queries).Besides(points.Common));
        most = Math.Min(most, Count);
        Parallel.For(0, (rows.RowCount + JobQueries - 1) / JobQueries, threads, job =>
        {
            var sums = new double[Count];
            var list = new NearestList(most);
            var distances = new double[most];
            for (int query = job * JobQueries; query < Math.Min(rows.RowCount, (job + 1) * JobQueries); query++)
            {
                threads.CancellationToken.ThrowIfCancellationRequested();
                Collect(rows, query, sums, list);
                (ReadOnlyMemory<double> measured, ReadOnlyMemory<int> nearest) = list.Sort();
                for (int k = 0; k < measured.Length; k++)
                {
                    distances[k] = metric == NeighborMetric.Euclidean ? Math.Sqrt(measured.Span[k]) : measured.Span[k];
                }

                found(query, distances.AsSpan(0, measured.Length), nearest.Span);
                list.Clear();
            }
        });
    }

    private void Collect(SparseRows queries, int query, double[] sums, NearestList list)
    {
        Array.Clear(sums);
        double size = SizeOf(queries, query);
        for (int at = queries.Starts[query]; at < queries.Starts[query + 1]; at++)
        {
            int column = queries.Columns[at];
            double center = common[column], distance = queries.Values[at] - center;
            for (int i = byColumn.Starts[column]; i < byColumn.Starts[column + 1]; i++)
            {
                double other = byColumn.Values[i] - center;
                sums[byColumn.Columns[i]] += metric == NeighborMetric.Manhattan ? Math.Abs(distance - other) - Math.Abs(distance) - Math.Abs(other) : distance * other;
            }
        }

        double along = metric == NeighborMetric.Cosine ? AlongCommon(queries, query) : 0;
        for (int point = 0; point < sums.Length; point++)
        {
            if (metric == NeighborMetric.Cosine)
            {
                list.Offer(Cosine(sums[point], size, along, point), point);
                continue;
            }

            double both = size + sizes[point], first = both + (metric == NeighborMetric.Euclidean ? -2 : 1) * sums[point];
            if (first <= list.Farthest * (1 + Slack) + Slack * both)
            {
                list.Offer(Measure(queries, query, point), point);
            }
        }
    }

    /// <summary>For a cosine beside common values of 0 the rows of length one or zero, to the last bit as points in full; else the rows as they are.</summary>
    private SparseRows InPlace(SparseRows rows)
    {
        if (metric != NeighborMetric.Cosine || rows.Common is not null)
        {
            return rows;
        }

        var values = new double[rows.EntryCount];
        for (int row = 0; row < rows.RowCount; row++)
        {
            double largest = 0, square = 0;
            foreach (double value in rows.ValuesOf(row))
            {
                largest = Math.Max(largest, Math.Abs(value));
            }

            foreach (double value in rows.ValuesOf(row))
            {
                square += value / largest * (value / largest);
            }

            double length = Math.Sqrt(square);
            for (int at = rows.Starts[row]; largest > 0 && at < rows.Starts[row + 1]; at++)
            {
                values[at] = rows.Values[at] / largest / length;
            }
        }

        return new SparseRows(rows.ColumnCount, rows.Starts, rows.Columns, values);
    }

    /// <summary>1 - pq / |p| |q|, of p = c + d and q = c + e: pq = cc + cd + ce + de; 1 where a row is all zeros.</summary>
    private double Cosine(double product, double size, double along, int point)
    {
        if (points.Common is null)
        {
            return Math.Max(0, 1 - product);
        }

        double one = sizeOfCommon + 2 * along + size, other = sizeOfCommon + 2 * alongPoints[point] + sizes[point];
        return one > 0 && other > 0 ? Math.Max(0, 1 - (sizeOfCommon + along + alongPoints[point] + product) / Math.Sqrt(one) / Math.Sqrt(other)) : 1;
    }

    /// <summary>The distances of a row's entries from the common values, times these.</summary>
    private double AlongCommon(SparseRows rows, int row)
    {
        double sum = 0;
        for (int at = rows.Starts[row]; at < rows.Starts[row + 1] && points.Common is not null; at++)
        {
            sum += common[rows.Columns[at]] * (rows.Values[at] - common[rows.Columns[at]]);
        }

        return sum;
    }

    /// <summary>Of the distances of its entries from the common values: the sum of their magnitudes, or of their squares.</summary>
    private double SizeOf(SparseRows rows, int row)
    {
        double sum = 0;
        for (int at = rows.Starts[row]; at < rows.Starts[row + 1]; at++)
        {
            double distance = rows.Values[at] - common[rows.Columns[at]];
            sum += metric == NeighborMetric.Manhattan ? Math.Abs(distance) : distance * distance;
        }

        return sum;
    }

    /// <summary>Squared for the Euclidean distance.</summary>
    private double Measure(SparseRows queries, int query, int point)
    {
        ReadOnlySpan<int> own = queries.ColumnsOf(query), other = points.ColumnsOf(point);
        ReadOnlySpan<double> values = queries.ValuesOf(query), otherValues = points.ValuesOf(point);
        double sum = 0;
        for (int i = 0, k = 0; i < own.Length || k < other.Length;)
        {
            int column = Math.Min(i < own.Length ? own[i] : int.MaxValue, k < other.Length ? other[k] : int.MaxValue);
            double one = i < own.Length && own[i] == column ? values[i++] : common[column];
            double distance = one - (k < other.Length && other[k] == column ? otherValues[k++] : common[column]);
            sum += metric == NeighborMetric.Euclidean ? distance * distance : Math.Abs(distance);
        }

        return sum;
    }
}
