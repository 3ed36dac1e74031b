namespace Strata.Learning.Neural.Tables;

/// <summary>Some encoded rows, gathered into memory that is used again for each batch.</summary>
internal sealed class TableBatch
{
    private readonly float[] numbers;
    private readonly int[][] codes;
    private readonly bool[] absent;

    /// <param name="like">What rows will come from.</param>
    /// <param name="most">Rows of the largest batch.</param>
    public TableBatch(EncodedTable like, int most)
    {
        NumberCount = like.NumberCount;
        numbers = new float[most * NumberCount];
        codes = [.. like.Codes.Select(_ => new int[most])];
        absent = new bool[most];
    }

    public int Count { get; private set; }

    public int NumberCount { get; }

    /// <summary>[rows, numbers].</summary>
    public ReadOnlySpan<float> Numbers => numbers.AsSpan(0, Count * NumberCount);

    public ReadOnlySpan<int> Codes(int category) => codes[category].AsSpan(0, Count);

    /// <summary>Rows of which every cell is missing.</summary>
    public Span<bool> Absent => absent.AsSpan(0, Count);

    public void Fill(EncodedTable from, ReadOnlySpan<int> rows)
    {
        Count = rows.Length;
        for (int i = 0; i < rows.Length; i++)
        {
            absent[i] = from.Absent[rows[i]];
            from.Numbers.AsSpan(rows[i] * NumberCount, NumberCount).CopyTo(numbers.AsSpan(i * NumberCount));
            for (int c = 0; c < codes.Length; c++)
            {
                codes[c][i] = from.Codes[c][rows[i]];
            }
        }
    }
}
