namespace Strata.Learning.Trees.Binning;

/// <summary>A column of which nearly every row has the same bin: only the other rows are kept.</summary>
/// <param name="column">Index among the binned columns.</param>
/// <param name="commonBin">The bin of all rows that are not listed.</param>
/// <param name="rows">The other rows, ascending.</param>
/// <param name="bins">Their bins.</param>
internal sealed class SparseColumn(int column, byte commonBin, uint[] rows, byte[] bins)
{
    private byte[] binOfWord = [];

    public int Column { get; } = column;

    public byte CommonBin { get; } = commonBin;

    public uint[] Rows { get; } = rows;

    public byte[] Bins { get; } = bins;

    /// <summary>Where its sums begin among those of all sparse columns, one word for each bin but the common one.</summary>
    public int FirstWord { get; private set; }

    /// <summary>The bin of each of its words, ascending.</summary>
    public ReadOnlySpan<byte> BinOfWord => binOfWord;

    /// <summary>The words it needs: no row of a table without missing values is in bin 0.</summary>
    public static byte[] WordsOf(FeatureBins bins, byte commonBin, ReadOnlySpan<byte> binsOfRows)
    {
        int first = commonBin == 0 || binsOfRows.IndexOf((byte)0) >= 0 ? 0 : 1;
        return [.. Enumerable.Range(first, bins.BinCount - first).Select(bin => (byte)bin).Where(bin => bin != commonBin)];
    }

    public void Place(int firstWord, byte[] words) => (FirstWord, binOfWord) = (firstWord, words);

    public int WordOf(byte bin) => FirstWord + binOfWord.AsSpan().IndexOf(bin);
}
