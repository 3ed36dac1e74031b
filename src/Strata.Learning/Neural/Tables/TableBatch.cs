using System.Buffers;
using Strata.Tensors;

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
    public Span<float> Numbers => numbers.AsSpan(0, Count * NumberCount);

    public Span<int> Codes(int category) => codes[category].AsSpan(0, Count);

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

    /// <summary>Mixes each row with another one: numbers by shares, categories by chance.</summary>
    public void Mix(ReadOnlySpan<int> partners, float share, RandomSource random)
    {
        float[] before = ArrayPool<float>.Shared.Rent(Count * NumberCount);
        int[] own = ArrayPool<int>.Shared.Rent(Count);
        Numbers.CopyTo(before);
        for (int i = 0; i < Count * NumberCount; i++)
        {
            numbers[i] = share * before[i] + (1 - share) * before[partners[i / NumberCount] * NumberCount + i % NumberCount];
        }

        foreach (int[] category in codes)
        {
            category.AsSpan(0, Count).CopyTo(own);
            for (int row = 0; row < Count; row++)
            {
                category[row] = random.NextDouble() < share ? own[row] : own[partners[row]];
            }
        }

        ArrayPool<float>.Shared.Return(before);
        ArrayPool<int>.Shared.Return(own);
    }
}
