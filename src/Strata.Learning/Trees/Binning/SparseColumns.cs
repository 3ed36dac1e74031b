using Strata.Learning.Data;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Binning;

/// <summary>
/// The columns of a table that are nearly always the same, such as those of one-hot codes. A row lists only the sums that it adds to, so that building histograms
/// takes time by what differs, whatever the number of columns; the common bin's sum is the node's minus the others.
/// </summary>
internal sealed unsafe class SparseColumns : IDisposable
{
    /// <summary>A word's index is two bytes.</summary>
    private const int MostWords = 1 << 16;

    /// <summary>Rows that are looked at to see whether a column is sparse, and the least share of them in its common bin.</summary>
    private const int LookedAtRows = 1024;
    private const double LeastCommonShare = 0.8;

    /// <summary>How many columns' work must be saved for the second layout to pay.</summary>
    private const double LeastSaving = 12;

    /// <summary>Entries past the last row that kernels may read.</summary>
    private const int Slack = 64;

    private readonly AlignedBuffer<ushort> entries;
    private readonly AlignedBuffer<uint> starts;
    private readonly Dictionary<int, SparseColumn> byColumn;

    /// <param name="columns">The columns with their words placed, in that order.</param>
    /// <param name="wordCount">Words of all of them.</param>
    /// <param name="rowCount">Rows of the table.</param>
    private SparseColumns(SparseColumn[] columns, int wordCount, int rowCount)
    {
        (Columns, byColumn) = (columns, columns.ToDictionary(column => column.Column));
        WordCount = (wordCount + 7) / 8 * 8;
        starts = new AlignedBuffer<uint>((long)rowCount + 1 + Slack, hugePages: true);
        long count = 0;
        foreach (SparseColumn column in columns)
        {
            count += column.Rows.Length;
            foreach (uint row in column.Rows)
            {
                Starts[row + 1]++;
            }
        }

        for (int row = 0; row < rowCount; row++)
        {
            Starts[row + 1] += Starts[row];
        }

        entries = new AlignedBuffer<ushort>(count + Slack, hugePages: true);
        FillRows(columns, rowCount);
    }

    public IReadOnlyList<SparseColumn> Columns { get; }

    /// <summary>Words of one node's sums, rounded up to eight.</summary>
    public int WordCount { get; }

    /// <summary>The words of row <c>r</c>, ascending, are <c>Entries[Starts[r]] .. Entries[Starts[r + 1]]</c>.</summary>
    public ushort* Entries => entries.Pointer;

    public uint* Starts => starts.Pointer;

    public SparseColumn? TryGet(int column) => byColumn.GetValueOrDefault(column);

    /// <summary>The common bin of each column that looks sparse; nothing when they are too few to pay.</summary>
    /// <param name="binsOfSample">The bins of a column's rows at even steps.</param>
    /// <param name="columns">The table's columns.</param>
    /// <param name="rowCount">Rows of the table.</param>
    /// <param name="hasMissing">Whether a column has missing values.</param>
    public static byte?[] Choose(Func<int, int[], byte[]> binsOfSample, IReadOnlyList<FeatureBins> columns, int rowCount, Func<int, bool> hasMissing)
    {
        var common = new byte?[columns.Count];
        if (columns.Count < LeastSaving || rowCount == 0)
        {
            return common;
        }

        int[] sample = [.. Enumerable.Range(0, Math.Min(rowCount, LookedAtRows)).Select(i => (int)((long)i * rowCount / Math.Min(rowCount, LookedAtRows)))];
        int words = 0;
        double saving = 0;
        var counts = new int[FeatureBins.Most];
        for (int column = 0; column < columns.Count; column++)
        {
            Array.Clear(counts);
            foreach (byte bin in binsOfSample(column, sample))
            {
                counts[bin]++;
            }

            int most = counts.Max();
            int needed = columns[column].BinCount - (hasMissing(column) ? 1 : 2);
            if (most >= LeastCommonShare * sample.Length && words + needed <= MostWords)
            {
                common[column] = (byte)Array.IndexOf(counts, most);
                words += needed;
                saving += 2.0 * most / sample.Length - 1;
            }
        }

        return saving >= LeastSaving ? common : new byte?[columns.Count];
    }

    /// <summary>How many bins for values each sparse column may have so that all of them have words; null where they have.</summary>
    public static int? MostBinsEach(IReadOnlyList<FeatureBins> columns, Frame frame)
    {
        if (columns.Sum(column => (long)column.BinCount) <= MostWords)
        {
            return null;
        }

        // Of a column's bins one is the common value's, and one of missing values; both need no word where nothing is missing.
        FeatureBins[] sparse = [.. columns.Where(column => !column.IsCategory && IsSparse(frame.Columns[column.Feature]))];
        int free = sparse.Any(column => frame.Columns[column.Feature].MissingCount > 0) ? 1 : 2;
        int[] words = [.. sparse.Select(column => column.BinCount - free).Order()];
        long left = MostWords;
        for (int i = 0; i < words.Length; i++)
        {
            long share = left / (words.Length - i);
            if (words[i] > share)
            {
                return (int)Math.Max(2, share + free - 1);
            }

            left -= words[i];
        }

        return null;
    }

    /// <summary>Whether a column of numbers looks nearly always the same, however it is stored.</summary>
    public static bool IsSparse(Column column)
    {
        if (column is SparseNumberColumn)
        {
            return true;
        }

        int count = Math.Min(column.Count, LookedAtRows);
        double[] sample = [.. Enumerable.Range(0, count).Select(i => column.NumberAt((int)((long)i * column.Count / count))).Order()];
        double middle = count == 0 ? double.NaN : sample[count / 2];
        return sample.Count(value => value.Equals(middle)) >= LeastCommonShare * count;
    }

    /// <summary>Puts columns of one word first, each kind in the order of columns, and lists their words by row.</summary>
    public static SparseColumns Of(IEnumerable<SparseColumn> columns, IReadOnlyList<FeatureBins> bins, int rowCount)
    {
        var words = columns.ToDictionary(column => column, column => SparseColumn.WordsOf(bins[column.Column], column.CommonBin, column.Bins));
        SparseColumn[] placed = [.. words.Keys.OrderBy(column => IsSingle(column, words[column], bins) ? 0 : 1).ThenBy(column => column.Column)];
        int first = 0;
        foreach (SparseColumn column in placed)
        {
            column.Place(first, words[column]);
            first += words[column].Length;
        }

        return new SparseColumns(placed, first, rowCount) { SingleCount = placed.Count(column => IsSingle(column, words[column], bins)) };
    }

    /// <summary>How many of the first columns are numbers with one word each.</summary>
    public int SingleCount { get; private init; }

    /// <summary>A row's bin in a sparse column.</summary>
    public byte BinAt(SparseColumn column, uint row)
    {
        var words = new ReadOnlySpan<ushort>(Entries + Starts[row], (int)(Starts[row + 1] - Starts[row]));
        int at = words.BinarySearch((ushort)column.FirstWord);
        at = at < 0 ? ~at : at;
        return at < words.Length && words[at] - column.FirstWord is int word && word < column.BinOfWord.Length ? column.BinOfWord[word] : column.CommonBin;
    }

    public void Dispose()
    {
        entries.Dispose();
        starts.Dispose();
    }

    private static bool IsSingle(SparseColumn column, byte[] words, IReadOnlyList<FeatureBins> bins) => words.Length == 1 && !bins[column.Column].IsCategory;

    private void FillRows(SparseColumn[] columns, int rowCount)
    {
        using var next = new AlignedBuffer<uint>(rowCount + 1L);
        Buffer.MemoryCopy(Starts, next.Pointer, (rowCount + 1L) * sizeof(uint), (rowCount + 1L) * sizeof(uint));
        foreach (SparseColumn column in columns)
        {
            var wordOf = new ushort[FeatureBins.Most];
            foreach (byte bin in column.BinOfWord)
            {
                wordOf[bin] = (ushort)column.WordOf(bin);
            }

            for (int i = 0; i < column.Rows.Length; i++)
            {
                Entries[next.Pointer[column.Rows[i]]++] = wordOf[column.Bins[i]];
            }
        }
    }
}
