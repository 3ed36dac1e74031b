using System.Numerics;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Clusters;

/// <summary>Points sorted by their first column: those within a radius of a row stand in a window around it.</summary>
internal sealed class NearWindow
{
    private readonly double[] first;
    private readonly PointTiles tiles;
    private readonly double radius;

    /// <param name="points">Row-major [points, columns], sorted by the first column.</param>
    /// <param name="columns">Of each point.</param>
    /// <param name="radius">Points at this distance are still near.</param>
    public NearWindow(double[] points, int columns, double radius)
    {
        this.radius = radius;
        first = new double[points.Length / columns];
        for (int point = 0; point < first.Length; point++)
        {
            first[point] = points[point * columns];
        }

        tiles = new PointTiles(points, columns);
    }

    /// <summary>Calls for every point within the radius of a row, in their order.</summary>
    public void Visit(ReadOnlySpan<double> row, Action<int> visit)
    {
        (int start, int end) = TilesAround(row[0]);
        Vector512<double> limit = Vector512.Create(radius * radius);
        for (int tile = start; tile < end; tile++)
        {
            ulong near = Vector512.LessThanOrEqual(tiles.Squares(row, tile), limit).ExtractMostSignificantBits();
            for (; near != 0; near &= near - 1)
            {
                int point = tile * PointTiles.Size + BitOperations.TrailingZeroCount(near);
                if (point < first.Length)
                {
                    visit(point);
                }
            }
        }
    }

    /// <summary>The nearest point within the radius, of equally near ones the first, and its squared distance; -1 for none.</summary>
    public (int Point, double Square) Nearest(ReadOnlySpan<double> row)
    {
        (int start, int end) = TilesAround(row[0]);
        int nearest = -1;
        double least = radius * radius;
        for (int tile = start; tile < end; tile++)
        {
            Vector512<double> squares = tiles.Squares(row, tile);
            if (!Vector512.LessThanOrEqualAny(squares, Vector512.Create(least)))
            {
                continue;
            }

            for (int i = 0; i < PointTiles.Size && tile * PointTiles.Size + i < first.Length; i++)
            {
                if (squares[i] < least || (nearest < 0 && squares[i] <= least))
                {
                    (nearest, least) = (tile * PointTiles.Size + i, squares[i]);
                }
            }
        }

        return (nearest, least);
    }

    private (int Start, int End) TilesAround(double value)
    {
        // A little wider than the radius: the sum that decides rounds in its own way.
        double reach = radius * (1 + 1e-9) + 1e-9 * Math.Abs(value);
        return (Below(value - reach) / PointTiles.Size, (Below(value + reach) + PointTiles.Size) / PointTiles.Size is int end && end < tiles.TileCount ? end : tiles.TileCount);
    }

    /// <summary>How many points' first column is smaller.</summary>
    private int Below(double value)
    {
        int low = 0, high = first.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = first[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
