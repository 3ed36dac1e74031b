using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Clusters;

/// <summary>Points in tiles of eight, column by column, so that one vector operation measures eight of them.</summary>
internal sealed class PointTiles
{
    public const int Size = 8;
    private readonly double[] tiles;
    private readonly int columns;

    /// <param name="points">Row-major [points, columns].</param>
    /// <param name="columns">Of each point.</param>
    public PointTiles(ReadOnlySpan<double> points, int columns)
    {
        this.columns = columns;
        Count = points.Length / columns;
        TileCount = (Count + Size - 1) / Size;
        tiles = new double[TileCount * Size * columns];
        for (int i = 0; i < points.Length; i++)
        {
            int point = i / columns;
            tiles[(point / Size * columns + i % columns) * Size + point % Size] = points[i];
        }
    }

    public int Count { get; }

    public int TileCount { get; }

    /// <summary>The squared distances of a row from the eight points of a tile; of places without a point, from zero.</summary>
    public Vector512<double> Squares(ReadOnlySpan<double> row, int tile)
    {
        ref double points = ref tiles[tile * Size * columns];
        Vector512<double> sum = Vector512<double>.Zero;
        for (int j = 0; j < row.Length; j++)
        {
            Vector512<double> difference = Vector512.LoadUnsafe(ref points, (nuint)(j * Size)) - Vector512.Create(row[j]);
            sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
        }

        return sum;
    }

    /// <summary>The nearest point, of equally near ones the first, and the squared distance from it.</summary>
    public (int Point, double Square) Nearest(ReadOnlySpan<double> row)
    {
        int nearest = 0;
        double least = double.PositiveInfinity;
        Span<double> squares = stackalloc double[Size];
        for (int tile = 0; tile < TileCount; tile++)
        {
            Squares(row, tile).StoreUnsafe(ref MemoryMarshal.GetReference(squares));
            for (int i = 0; i < Size && tile * Size + i < Count; i++)
            {
                if (squares[i] < least)
                {
                    (nearest, least) = (tile * Size + i, squares[i]);
                }
            }
        }

        return (nearest, least);
    }
}
