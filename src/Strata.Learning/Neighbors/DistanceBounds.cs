using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Neighbors;

/// <summary>
/// Lower bounds of distances in single precision, for six queries and 32 points at a time: only pairs whose bound is small enough are worth measuring
/// exactly. What rounding can do is taken off the bounds, so that no neighbour is ever missed.
/// </summary>
/// <remarks>
/// Euclidean: |p|² - 2pq, with |p|² made smaller by gamma, beside |distance|² - |q|². Cosine of unit vectors: -pq beside distance - 1. Manhattan: the
/// sum itself less gamma |p|. Gamma bounds the rounding of the inputs and of a sum of so many products (Higham 2002, section 3.1).
/// </remarks>
internal sealed class DistanceBounds
{
    public const int TilePoints = 32, Queries = 6;
    private const double Unit = 1.0 / (1 << 24), Slack = 1e-30, FarthestQuery = 1e15;
    private readonly NeighborMetric metric;
    private readonly float[] tiles, offsets;
    private readonly double[] center;
    private readonly double scale, gamma;

    /// <param name="points">Row-major [points, columns]; for the cosine of length one or zero.</param>
    /// <param name="columns">Of each point.</param>
    /// <param name="metric">How distances are measured.</param>
    public DistanceBounds(double[] points, int columns, NeighborMetric metric)
    {
        (this.metric, ColumnCount) = (metric, columns);
        int count = points.Length / columns;
        TileCount = (count + TilePoints - 1) / TilePoints;
        gamma = (2 * columns + 16) * Unit;
        center = metric == NeighborMetric.Cosine ? new double[columns] : Center(points, columns);
        scale = metric == NeighborMetric.Cosine ? 1 : Scale(points);
        tiles = new float[(long)TileCount * TilePoints * columns];
        offsets = new float[TileCount * TilePoints];
        offsets.AsSpan().Fill(float.PositiveInfinity);
        for (int i = 0; i < count; i++)
        {
            long tile = (long)(i / TilePoints) * TilePoints * columns + i % TilePoints;
            double size = 0;
            for (int k = 0; k < columns; k++)
            {
                double moved = (points[i * columns + k] - center[k]) * scale;
                tiles[tile + k * TilePoints] = (float)moved;
                size += metric == NeighborMetric.Manhattan ? Math.Abs(moved) : moved * moved;
            }

            offsets[i] = MathF.BitDecrement((float)(metric switch
            {
                NeighborMetric.Euclidean => (1 - gamma) * size,
                NeighborMetric.Manhattan => -gamma * size,
                _ => -gamma,
            }));
        }
    }

    public int ColumnCount { get; }

    public int TileCount { get; }

    /// <summary>Writes a query as the kernel reads it, at one of the six places of a block [columns, 6]; false when it is so far away that single precision cannot hold it.</summary>
    /// <param name="query">Its numbers.</param>
    /// <param name="to">The block.</param>
    /// <param name="place">0 to 5.</param>
    /// <param name="constant">What its thresholds need to know of it.</param>
    public bool TryPrepare(ReadOnlySpan<double> query, Span<float> to, int place, out double constant)
    {
        double size = 0, factor = metric switch { NeighborMetric.Euclidean => -2, NeighborMetric.Cosine => -1, _ => 1 };
        constant = 0;
        for (int k = 0; k < query.Length; k++)
        {
            double moved = (query[k] - center[k]) * scale;
            if (!(Math.Abs(moved) < FarthestQuery))
            {
                return false;
            }

            to[k * Queries + place] = (float)(factor * moved);
            size += metric == NeighborMetric.Manhattan ? Math.Abs(moved) : moved * moved;
        }

        constant = Slack + metric switch
        {
            NeighborMetric.Euclidean => -(1 - gamma) * size,
            NeighborMetric.Manhattan => gamma * size,
            _ => gamma - 1,
        };
        return true;
    }

    /// <summary>The largest bound of a point that may lie within a distance (squared for the Euclidean one).</summary>
    public float Threshold(double farthest, double constant)
    {
        double inUnits = metric switch { NeighborMetric.Euclidean => farthest * scale * scale, NeighborMetric.Manhattan => farthest * scale, _ => farthest };
        double threshold = inUnits * (1 + 1e-12) + constant + 4 * Unit * Math.Abs(constant);
        return threshold < float.MaxValue / 2 ? MathF.BitIncrement((float)threshold) : float.MaxValue;
    }

    /// <summary>Of each of six queries, which of a tile's points have a bound at or under its threshold, one bit a point; false when none has.</summary>
    public bool Candidates(int tile, ReadOnlySpan<float> block, ReadOnlySpan<float> thresholds, Span<uint> masks)
    {
        ref float points = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(tiles), (nint)tile * TilePoints * ColumnCount);
        ref float start = ref offsets[tile * TilePoints];
        ref float queries = ref MemoryMarshal.GetReference(block);
        ref float limits = ref MemoryMarshal.GetReference(thresholds);
        ref uint found = ref MemoryMarshal.GetReference(masks);
        return metric == NeighborMetric.Manhattan
            ? Differences(ref points, ref start, ref queries, ref limits, ref found)
            : Products(ref points, ref start, ref queries, ref limits, ref found);
    }

    private static double[] Center(double[] points, int columns)
    {
        var center = new double[columns];
        double count = points.Length / columns;
        for (int i = 0; i < points.Length; i++)
        {
            center[i % columns] += points[i] / count;
        }

        return center;
    }

    /// <summary>A power of two that brings the farthest number to about 1.</summary>
    private double Scale(double[] points)
    {
        double largest = 0;
        for (int i = 0; i < points.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(points[i] - center[i % ColumnCount]));
        }

        return largest > 1e-300 ? Math.ScaleB(1, -Math.ILogB(largest)) : 1;
    }

    private bool Products(ref float points, ref float start, ref float queries, ref float limits, ref uint found)
    {
        Vector512<float> a0 = Vector512.LoadUnsafe(ref start), b0 = Vector512.LoadUnsafe(ref start, 16);
        Vector512<float> a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0;
        for (int k = 0; k < ColumnCount; k++)
        {
            Vector512<float> p = Vector512.LoadUnsafe(ref points), r = Vector512.LoadUnsafe(ref points, 16);
            Vector512<float> q = Vector512.Create(queries);
            a0 = Vector512.FusedMultiplyAdd(p, q, a0);
            b0 = Vector512.FusedMultiplyAdd(r, q, b0);
            q = Vector512.Create(Unsafe.Add(ref queries, 1));
            a1 = Vector512.FusedMultiplyAdd(p, q, a1);
            b1 = Vector512.FusedMultiplyAdd(r, q, b1);
            q = Vector512.Create(Unsafe.Add(ref queries, 2));
            a2 = Vector512.FusedMultiplyAdd(p, q, a2);
            b2 = Vector512.FusedMultiplyAdd(r, q, b2);
            q = Vector512.Create(Unsafe.Add(ref queries, 3));
            a3 = Vector512.FusedMultiplyAdd(p, q, a3);
            b3 = Vector512.FusedMultiplyAdd(r, q, b3);
            q = Vector512.Create(Unsafe.Add(ref queries, 4));
            a4 = Vector512.FusedMultiplyAdd(p, q, a4);
            b4 = Vector512.FusedMultiplyAdd(r, q, b4);
            q = Vector512.Create(Unsafe.Add(ref queries, 5));
            a5 = Vector512.FusedMultiplyAdd(p, q, a5);
            b5 = Vector512.FusedMultiplyAdd(r, q, b5);
            points = ref Unsafe.Add(ref points, TilePoints);
            queries = ref Unsafe.Add(ref queries, Queries);
        }

        return Mask(a0, b0, limits, ref found)
            | Mask(a1, b1, Unsafe.Add(ref limits, 1), ref Unsafe.Add(ref found, 1))
            | Mask(a2, b2, Unsafe.Add(ref limits, 2), ref Unsafe.Add(ref found, 2))
            | Mask(a3, b3, Unsafe.Add(ref limits, 3), ref Unsafe.Add(ref found, 3))
            | Mask(a4, b4, Unsafe.Add(ref limits, 4), ref Unsafe.Add(ref found, 4))
            | Mask(a5, b5, Unsafe.Add(ref limits, 5), ref Unsafe.Add(ref found, 5));
    }

    private bool Differences(ref float points, ref float start, ref float queries, ref float limits, ref uint found)
    {
        Vector512<float> a0 = Vector512.LoadUnsafe(ref start), b0 = Vector512.LoadUnsafe(ref start, 16);
        Vector512<float> a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0;
        for (int k = 0; k < ColumnCount; k++)
        {
            Vector512<float> p = Vector512.LoadUnsafe(ref points), r = Vector512.LoadUnsafe(ref points, 16);
            Vector512<float> q = Vector512.Create(queries);
            a0 += Vector512.Abs(p - q);
            b0 += Vector512.Abs(r - q);
            q = Vector512.Create(Unsafe.Add(ref queries, 1));
            a1 += Vector512.Abs(p - q);
            b1 += Vector512.Abs(r - q);
            q = Vector512.Create(Unsafe.Add(ref queries, 2));
            a2 += Vector512.Abs(p - q);
            b2 += Vector512.Abs(r - q);
            q = Vector512.Create(Unsafe.Add(ref queries, 3));
            a3 += Vector512.Abs(p - q);
            b3 += Vector512.Abs(r - q);
            q = Vector512.Create(Unsafe.Add(ref queries, 4));
            a4 += Vector512.Abs(p - q);
            b4 += Vector512.Abs(r - q);
            q = Vector512.Create(Unsafe.Add(ref queries, 5));
            a5 += Vector512.Abs(p - q);
            b5 += Vector512.Abs(r - q);
            points = ref Unsafe.Add(ref points, TilePoints);
            queries = ref Unsafe.Add(ref queries, Queries);
        }

        return Mask(a0, b0, limits, ref found)
            | Mask(a1, b1, Unsafe.Add(ref limits, 1), ref Unsafe.Add(ref found, 1))
            | Mask(a2, b2, Unsafe.Add(ref limits, 2), ref Unsafe.Add(ref found, 2))
            | Mask(a3, b3, Unsafe.Add(ref limits, 3), ref Unsafe.Add(ref found, 3))
            | Mask(a4, b4, Unsafe.Add(ref limits, 4), ref Unsafe.Add(ref found, 4))
            | Mask(a5, b5, Unsafe.Add(ref limits, 5), ref Unsafe.Add(ref found, 5));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Mask(Vector512<float> first, Vector512<float> second, float limit, ref uint found)
    {
        Vector512<float> limits = Vector512.Create(limit);
        found = (uint)Vector512.LessThanOrEqual(first, limits).ExtractMostSignificantBits()
            | (uint)Vector512.LessThanOrEqual(second, limits).ExtractMostSignificantBits() << 16;
        return found != 0;
    }
}
