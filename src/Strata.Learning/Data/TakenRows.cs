namespace Strata.Learning.Data;

/// <summary>Rows that are taken from a table, and for each row of the table where it goes: made once for all of its sparse columns.</summary>
public sealed class TakenRows
{
    private readonly int[] starts, places;

    /// <param name="rows">0-based, in the order in which they are taken; a row may repeat.</param>
    /// <param name="of">The number of rows to take from.</param>
    public TakenRows(ReadOnlySpan<int> rows, int of)
    {
        Count = rows.Length;
        starts = new int[of + 1];
        foreach (int row in rows)
        {
            starts[row + 1]++;
        }

        for (int row = 0; row < of; row++)
        {
            starts[row + 1] += starts[row];
        }

        places = new int[rows.Length];
        int[] next = [.. starts];
        Ascend = true;
        for (int i = 0; i < rows.Length; i++)
        {
            places[next[rows[i]]++] = i;
            Ascend &= i == 0 || rows[i] >= rows[i - 1];
        }
    }

    /// <summary>How many rows are taken.</summary>
    public int Count { get; }

    /// <summary>Whether rows are taken in their order.</summary>
    public bool Ascend { get; }

    /// <summary>The places, ascending, at which a row is taken.</summary>
    public ReadOnlySpan<int> PlacesOf(int row) => places.AsSpan(starts[row], starts[row + 1] - starts[row]);
}
