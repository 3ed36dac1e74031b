using Strata.Learning.Data;
using Strata.Learning.Neural.Tables;

namespace Strata.Learning.Neural.Inputs;

/// <summary>Rows as a network takes them: the table's part encoded, arrays as they came, to be encoded batch by batch.</summary>
internal sealed class EncodedRows(InputEncoding encoding, int count, EncodedTable? table, ArrayColumn[] arrays)
{
    public int Count => count;

    public InputEncoding Encoding => encoding;

    public EncodedTable? Table => table;

    public IReadOnlyList<ArrayColumn> Arrays => arrays;

    /// <summary>The part, by its place among <see cref="InputEncoding.PartNames"/>, that is treated as missing in every row; null for none.</summary>
    public int? Without { get; init; }

    /// <summary>How much there is to read of a row, in numbers of its arrays.</summary>
    public long SizeOf(int row)
    {
        long size = 0;
        foreach (ArrayColumn column in arrays)
        {
            size += column.Values[row]?.Length ?? 0;
        }

        return size;
    }

    /// <summary>The same rows as if one part were missing in all of them.</summary>
    public EncodedRows LeavingOut(int part) => new(encoding, count, table, arrays) { Without = part };
}
