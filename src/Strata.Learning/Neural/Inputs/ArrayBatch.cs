using System.Buffers;
using Strata.Tensors;

namespace Strata.Learning.Neural.Inputs;

/// <summary>The arrays of some rows as one tensor, in memory that is used again and grows to the largest batch.</summary>
internal sealed class ArrayBatch(int most)
{
    private readonly int[] lengths = new int[most];
    private readonly bool[] absent = new bool[most];
    private float[] values = [];
    private int[] scratch = [];
    private int count;

    /// <summary>[rows, ...], channels last.</summary>
    public Shape Shape { get; private set; }

    public Span<float> Values => values.AsSpan(0, Shape.Count);

    /// <summary>Steps of each row, at least 1; empty where every row fills all steps.</summary>
    public ReadOnlySpan<int> Lengths => lengths.AsSpan(0, count).ContainsAnyExcept(Shape[1]) ? lengths.AsSpan(0, count) : [];

    /// <summary>Rows whose cell is missing: zeros of length 1.</summary>
    public Span<bool> Absent => absent.AsSpan(0, count);

    /// <summary>Makes room, all zero, for rows that are all there and fill all steps.</summary>
    public void Begin(Shape shape)
    {
        (Shape, count) = (shape, shape[0]);
        if (values.Length < shape.Count)
        {
            values = new float[shape.Count];
        }

        Values.Clear();
        lengths.AsSpan(0, count).Fill(shape[1]);
        Absent.Clear();
    }

    /// <summary>The numbers of one row.</summary>
    public Span<float> Row(int row) => values.AsSpan(row * (Shape.Count / count), Shape.Count / count);

    /// <summary>Steps of one row.</summary>
    public int LengthOf(int row) => lengths[row];

    /// <summary>Each row is as long as the longer of itself and the one blended into it, and there where either was.</summary>
    public void JoinLengths(ReadOnlySpan<int> partners)
    {
        Span<int> own = Scratch(2 * count);
        for (int row = 0; row < count; row++)
        {
            (own[row], own[count + row]) = (lengths[row], absent[row] ? 1 : 0);
        }

        for (int row = 0; row < count; row++)
        {
            lengths[row] = Math.Max(own[row], own[partners[row]]);
            absent[row] = own[count + row] + own[count + partners[row]] == 2;
        }
    }

    public void SetLength(int row, int steps) => lengths[row] = steps;

    public void SetAbsent(int row) => (absent[row], lengths[row]) = (true, 1);

    /// <summary>Mixes each row with another one, unless either is missing; the longer length counts.</summary>
    public void Mix(ReadOnlySpan<int> partners, float share)
    {
        float[] before = ArrayPool<float>.Shared.Rent(Shape.Count);
        int[] steps = ArrayPool<int>.Shared.Rent(count);
        Values.CopyTo(before);
        lengths.AsSpan(0, count).CopyTo(steps);
        int width = Shape.Count / count;
        for (int row = 0; row < count; row++)
        {
            int other = partners[row];
            if (!absent[row] && !absent[other])
            {
                Span<float> to = Row(row);
                for (int j = 0; j < width; j++)
                {
                    to[j] = share * before[row * width + j] + (1 - share) * before[other * width + j];
                }

                lengths[row] = Math.Max(steps[row], steps[other]);
            }
        }

        ArrayPool<float>.Shared.Return(before);
        ArrayPool<int>.Shared.Return(steps);
    }

    /// <summary>Whole numbers to work with, with whatever is in them.</summary>
    public Span<int> Scratch(int length)
    {
        if (scratch.Length < length)
        {
            scratch = new int[length];
        }

        return scratch.AsSpan(0, length);
    }
}
