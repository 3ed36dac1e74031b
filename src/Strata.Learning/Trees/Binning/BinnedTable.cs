using System.Buffers;
using Strata.Learning.Data;
using Strata.Tensors;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Binning;

/// <summary>
/// The bins of a frame's columns, stored twice: row by row for histograms (one cache line a row while there are few columns), column by column for partitioning.
/// Many columns that are nearly always the same may be kept as <see cref="Sparse"/> instead.
/// </summary>
internal sealed unsafe class BinnedTable : IDisposable
{
    /// <summary>Rows that bins are cut from when there are more.</summary>
    private const int SampleRows = 200_000;

    /// <summary>Rows per piece of the row-major copy.</summary>
    private const int CopyRows = 4096;

    /// <summary>Up to so many rows a weight in single precision counts them exactly.</summary>
    private const int MostExactCount = 1 << 24;

    /// <summary>Bytes after a column that a vector gather may touch.</summary>
    private const int Slack = 64;

    private readonly AlignedBuffer<byte> rows, columns;
    private readonly long pitch;
    private readonly int[] placeOfDense;

    private BinnedTable(IReadOnlyList<FeatureBins> bins, int[] dense, int rowCount)
    {
        (Bins, Dense, RowCount) = (bins, dense, rowCount);
        placeOfDense = new int[bins.Count];
        Array.Fill(placeOfDense, -1);
        for (int place = 0; place < dense.Length; place++)
        {
            placeOfDense[dense[place]] = place;
        }

        int padded = (dense.Length + 3) / 4 * 4;
        Stride = padded <= 64 ? (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, padded)) : (padded + 31) / 32 * 32;
        pitch = (long)rowCount + Slack;
        rows = new AlignedBuffer<byte>((long)rowCount * Stride + Slack, hugePages: true);
        columns = new AlignedBuffer<byte>(pitch * Math.Max(1, dense.Length), hugePages: true);
    }

    /// <summary>The columns that can be split on, in frame order.</summary>
    public IReadOnlyList<FeatureBins> Bins { get; }

    public int RowCount { get; }

    public int ColumnCount => Bins.Count;

    /// <summary>The columns that are stored in full, ascending.</summary>
    public int[] Dense { get; }

    /// <summary>The other columns, or null when there are none.</summary>
    public SparseColumns? Sparse { get; private set; }

    /// <summary>Bytes between the starts of two rows in <see cref="Rows"/>.</summary>
    public int Stride { get; }

    /// <summary>[rows, Stride], of the dense columns; a column past the last has bin 0.</summary>
    public byte* Rows => rows.Pointer;

    /// <summary>The bins of a dense column, by row.</summary>
    public byte* Column(int column) => columns.Pointer + placeOfDense[column] * pitch;

    public bool IsDense(int column) => placeOfDense[column] >= 0;

    public byte BinAt(int row, int column) =>
        placeOfDense[column] is >= 0 and int place ? Rows[(long)row * Stride + place] : Sparse!.BinAt(Sparse.TryGet(column)!, (uint)row);

    /// <summary>The bins of each column that has at least two different ones (missing counts as one) among the training rows; constant columns have nothing to split.</summary>
    /// <exception cref="DataException">A column is text.</exception>
    public static IReadOnlyList<FeatureBins> FindBins(Frame frame, int[] training, float[]? weights, int most, ulong seed, ThreadTeam team)
    {
        RefuseText(frame);
        int[] sample = Sample(training, seed);
        float[] sampleWeights = weights is null ? [] : [.. sample.Select(row => weights[row])];
        TakenRows? taken = frame.Columns.Any(column => column is SparseNumberColumn) ? new TakenRows(sample, frame.RowCount) : null;
        var found = new FeatureBins?[frame.ColumnCount];
        team.Run(frame.ColumnCount, (i, _) =>
        {
            FeatureBins bins = Find(i, most);
            bool anyMissing = frame.Columns[i].MissingCount > 0 && training.Any(frame.Columns[i].IsMissing);
            found[i] = bins.BinCount - 1 + (anyMissing ? 1 : 0) >= 2 ? bins : null;
        });
        FeatureBins[] kept = [.. found.OfType<FeatureBins>()];
        if (SparseColumns.MostBinsEach(kept, frame) is int few && few < most)
        {
            team.Run(kept.Length, (i, _) => kept[i] = kept[i].IsCategory || kept[i].BinCount <= few + 1 || !SparseColumns.IsSparse(frame.Columns[kept[i].Feature]) ? kept[i] : Find(kept[i].Feature, few));
        }

        return kept;

        FeatureBins Find(int i, int atMost) => frame.Columns[i] switch
        {
            CategoryColumn category => OfLevels(i, category, training, weights, atMost),
            SparseNumberColumn sparse => OfEntries(i, (SparseNumberColumn)sparse.Take(taken!), sampleWeights, atMost),
            _ => OfNumbers(i, frame.Columns[i], sample, sampleWeights, atMost),
        };
    }

    /// <summary>As of all numbers: the common value stands once, with the weight of all its rows.</summary>
    private static FeatureBins OfEntries(int feature, SparseNumberColumn column, float[] sampleWeights, int most)
    {
        if (sampleWeights.Length > 0 && column.Count > MostExactCount)
        {
            return OfNumbers(feature, column, [.. Enumerable.Range(0, column.Count)], sampleWeights, most);
        }

        double others = sampleWeights.Length == 0 ? column.Count - column.Rows.Length : 0;
        for (int row = 0, next = 0; row < sampleWeights.Length; row++)
        {
            bool isEntry = next < column.Rows.Length && column.Rows[next] == row;
            next += isEntry ? 1 : 0;
            others += isEntry ? 0 : sampleWeights[row];
        }

        double[] values = others > 0 ? [.. column.Values, column.Common] : [.. column.Values];
        float[] weights = sampleWeights.Length == 0 ? [.. column.Values.Select(_ => 1f)] : [.. column.Rows.Select(row => sampleWeights[row])];
        return FeatureBins.OfNumbers(feature, values, others > 0 ? [.. weights, (float)others] : weights, most);
    }

    /// <summary>Puts every row's values into the given bins.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="bins">The bins of the columns.</param>
    /// <param name="team">Who does it.</param>
    /// <param name="maySparse">Whether columns that are nearly always the same may be kept as <see cref="Sparse"/>.</param>
    public static BinnedTable Of(Frame frame, IReadOnlyList<FeatureBins> bins, ThreadTeam team, bool maySparse = false)
    {
        byte?[] common = maySparse
            ? SparseColumns.Choose((column, rows) => [.. rows.Select(row => bins[column].BinOf(frame.Columns[bins[column].Feature].NumberAt(row)))], bins, frame.RowCount, column => frame.Columns[bins[column].Feature].MissingCount > 0)
            : new byte?[bins.Count];
        int[] all = [.. Enumerable.Range(0, bins.Count)], sparse = [.. all.Where(column => common[column] is not null)];
        var table = new BinnedTable(bins, [.. all.Where(column => common[column] is null)], frame.RowCount);
        team.Run(table.Dense.Length, (i, _) => Fill(bins[table.Dense[i]], frame.Columns[bins[table.Dense[i]].Feature], table.Column(table.Dense[i])));
        var copy = new RowMajorCopy(table);
        team.Run(ref copy, (frame.RowCount + CopyRows - 1) / CopyRows);
        if (sparse.Length > 0)
        {
            var found = new SparseColumn[sparse.Length];
            var scratch = new byte[team.Size][];
            team.Run(sparse.Length, (i, member) => found[i] = OthersOf(frame, bins[sparse[i]], sparse[i], common[sparse[i]]!.Value, scratch[member] ??= new byte[frame.RowCount]));
            table.Sparse = SparseColumns.Of(found, bins, frame.RowCount);
        }

        return table;
    }

    public void Dispose()
    {
        rows.Dispose();
        columns.Dispose();
        Sparse?.Dispose();
    }

    private static SparseColumn OthersOf(Frame frame, FeatureBins bins, int column, byte common, byte[] scratch)
    {
        if (frame.Columns[bins.Feature] is SparseNumberColumn entries && bins.BinOf(entries.Common) == common)
        {
            byte[] ofEntries = [.. entries.Values.Select(bins.BinOf)];
            int[] differing = [.. Enumerable.Range(0, ofEntries.Length).Where(i => ofEntries[i] != common)];
            return new SparseColumn(column, common, [.. differing.Select(i => (uint)entries.Rows[i])], [.. differing.Select(i => ofEntries[i])]);
        }

        fixed (byte* filled = scratch)
        {
            Fill(bins, frame.Columns[bins.Feature], filled);
        }

        var (rows, others) = (new List<uint>(), new List<byte>());
        for (int row = scratch.AsSpan().IndexOfAnyExcept(common); row >= 0;)
        {
            rows.Add((uint)row);
            others.Add(scratch[row]);
            int next = scratch.AsSpan(row + 1).IndexOfAnyExcept(common);
            row = next < 0 ? -1 : row + 1 + next;
        }

        return new SparseColumn(column, common, [.. rows], [.. others]);
    }

    private static void RefuseText(Frame frame) => DataException.ThrowIfAny([.. frame.Columns.Where(column => !column.HasNumbers).Select(column => column is ArrayColumn
        ? $"Column '{column.Name}' holds arrays, which trees cannot split on; {ArrayAdvice.Text}"
        : $"Column '{column.Name}' is text, which trees cannot split on; drop it, read it as a category, or encode it in a preparation step.")]);

    /// <summary>Rows spread evenly with a random one out of each stretch, so that no period in the order of rows can hide values.</summary>
    private static int[] Sample(int[] training, ulong seed)
    {
        if (training.Length <= SampleRows)
        {
            return training;
        }

        var random = RandomSource.For(seed, "bins");
        var sample = new int[SampleRows];
        for (int i = 0; i < SampleRows; i++)
        {
            long from = (long)training.Length * i / SampleRows, to = (long)training.Length * (i + 1) / SampleRows;
            sample[i] = training[(int)from + random.NextInt((int)(to - from))];
        }

        return sample;
    }

    private static FeatureBins OfNumbers(int feature, Column column, int[] sample, float[] sampleWeights, int most)
    {
        double[] memory = ArrayPool<double>.Shared.Rent(sample.Length);
        Span<double> values = memory.AsSpan(0, sample.Length);
        if (sample.Length == column.Count && sampleWeights.Length == 0)
        {
            column.CopyNumbers(values);
        }
        else
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = column.NumberAt(sample[i]);
            }
        }

        FeatureBins bins = FeatureBins.OfNumbers(feature, values, [.. sampleWeights], most);
        ArrayPool<double>.Shared.Return(memory);
        return bins;
    }

    private static FeatureBins OfLevels(int feature, CategoryColumn column, int[] training, float[]? weights, int most)
    {
        var mass = new double[column.Levels.Count];
        foreach (int row in training)
        {
            if (column.Codes[row] >= 0)
            {
                mass[column.Codes[row]] += weights?[row] ?? 1;
            }
        }

        return FeatureBins.OfLevels(feature, mass, most);
    }

    private static void Fill(FeatureBins bins, Column column, byte* destination)
    {
        switch (column)
        {
            case Float32Column single:
                BinSearch.Numbers(bins, single.Values, destination);
                break;
            case Float64Column doubles:
                BinSearch.Numbers(bins, doubles.Values, destination);
                break;
            case CategoryColumn category:
                for (int row = 0; row < category.Count; row++)
                {
                    int code = category.Codes[row];
                    destination[row] = (uint)code < (uint)bins.BinOfLevel.Length ? bins.BinOfLevel[code] : (byte)0;
                }

                break;
            default:
                var numbers = new double[column.Count];
                column.CopyNumbers(numbers);
                BinSearch.Numbers(bins, numbers, destination);
                break;
        }
    }

    private readonly struct RowMajorCopy(BinnedTable table) : ITeamWork
    {
        public void Run(int item, int member)
        {
            int from = item * CopyRows, to = Math.Min(table.RowCount, from + CopyRows), stride = table.Stride;
            for (int place = 0; place < table.Dense.Length; place++)
            {
                byte* source = table.Column(table.Dense[place]), target = table.Rows + (long)from * stride + place;
                for (int row = from; row < to; row++, target += stride)
                {
                    *target = source[row];
                }
            }
        }
    }
}
