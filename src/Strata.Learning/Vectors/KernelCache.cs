using Strata.Tensors.Kernels;

namespace Strata.Learning.Vectors;

/// <summary>Rows of the kernel matrix of some points, computed when first asked for and kept, in single precision, as long as there is room.</summary>
internal sealed class KernelCache
{
    /// <summary>From so many products on a row is worth sharing among threads.</summary>
    private const long SharedFrom = 400_000;

    private readonly KernelPoints points;
    private readonly double[] source;
    private readonly int[] chosen;
    private readonly ThreadTeam? team;
    private readonly float[]?[] rows;
    private readonly long[] lastUse;
    private readonly Stack<float[]> spare = [];
    private readonly int mostRows;
    private int kept;
    private long clock;

    /// <param name="source">All points, row-major [points, features].</param>
    /// <param name="featureCount">Of each point.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="chosen">Which of them make the matrix.</param>
    /// <param name="bytes">Room for rows.</param>
    /// <param name="team">Shares the work on long rows; null for one thread.</param>
    public KernelCache(double[] source, int featureCount, KernelFunction kernel, int[] chosen, long bytes, ThreadTeam? team)
    {
        (this.source, this.chosen, this.team) = (source, chosen, team);
        points = new KernelPoints(source, featureCount, kernel, chosen);
        rows = new float[chosen.Length][];
        lastUse = new long[chosen.Length];
        HoldsAll = HoldsAllOf(chosen.Length, bytes);
        mostRows = (int)Math.Clamp(bytes / (sizeof(float) * (long)Math.Max(1, points.PaddedCount)), 4, Math.Max(4, chosen.Length));
    }

    /// <summary>Whether there is room for every row: then none is dropped, and several threads may ask for rows at once.</summary>
    public bool HoldsAll { get; }

    public int PaddedCount => points.PaddedCount;

    /// <summary>Whether the rows of so many points have room.</summary>
    public static bool HoldsAllOf(int count, long bytes) => sizeof(float) * (count + 2.0 * KernelPoints.Unit) * count <= bytes;

    public double Diagonal(int i) => points.Diagonal(i);

    /// <summary>The kernel of point i with all. At least the three rows asked for last are still there.</summary>
    public float[] Row(int i)
    {
        if (HoldsAll)
        {
            // Two threads that come at once compute the same numbers; either's will do.
            return Volatile.Read(ref rows[i]) ?? Keep(i);
        }

        lastUse[i] = ++clock;
        return rows[i] ??= Compute(i);
    }

    /// <summary>Takes over the rows of a cache of more points: those of the points kept here, shortened to them.</summary>
    /// <param name="wider">The cache of more points.</param>
    /// <param name="places">Where this one's points stand in the wider one.</param>
    public void TakeFrom(KernelCache wider, int[] places)
    {
        for (int i = 0; i < places.Length && kept < mostRows; i++)
        {
            if (wider.rows[places[i]] is not float[] row)
            {
                continue;
            }

            var shorter = new float[PaddedCount];
            for (int j = 0; j < places.Length; j++)
            {
                shorter[j] = row[places[j]];
            }

            (rows[i], lastUse[i]) = (shorter, wider.lastUse[places[i]]);
            kept++;
        }

        clock = wider.clock;
    }

    private float[] Keep(int i)
    {
        float[] row = Filled(i, Unfilled());
        Volatile.Write(ref rows[i], row);
        return row;
    }

    private float[] Compute(int i)
    {
        if (kept == mostRows)
        {
            DropOldest();
        }

        kept++;
        return Filled(i, spare.TryPop(out float[]? old) ? old : Unfilled());
    }

    private float[] Unfilled() => GC.AllocateUninitializedArray<float>(PaddedCount);

    private float[] Filled(int i, float[] row)
    {
        int features = points.FeatureCount;
        if (team is null || (long)PaddedCount * features < SharedFrom)
        {
            Fill(i, 0, PaddedCount, row);
            return row;
        }

        int pieces = 4 * team.Size, length = ((PaddedCount + pieces - 1) / pieces + 15) & ~15;
        team.Run((PaddedCount + length - 1) / length, (piece, _) => Fill(i, piece * length, Math.Min(PaddedCount, (piece + 1) * length), row));
        return row;
    }

    private void Fill(int i, int start, int end, float[] row)
    {
        ReadOnlySpan<double> point = source.AsSpan(chosen[i] * points.FeatureCount, points.FeatureCount);
        points.Row(point, KernelPoints.Square(point), start, row.AsSpan(start, end - start));
        if (i >= start && i < end)
        {
            row[i] = (float)points.Diagonal(i);
        }
    }

    /// <summary>Drops a quarter of the rows, those unused for longest.</summary>
    private void DropOldest()
    {
        int[] held = [.. Enumerable.Range(0, rows.Length).Where(i => rows[i] is not null).OrderBy(i => lastUse[i])];
        int drop = Math.Max(1, Math.Min(held.Length / 4, held.Length - 3));
        foreach (int i in held.AsSpan(0, drop))
        {
            spare.Push(rows[i]!);
            rows[i] = null;
        }

        kept -= drop;
    }
}
