namespace Strata.Learning.Onnx.Evaluation;

/// <summary>Brings tensors to one shape as NumPy does: shapes are aligned at their ends, and lengths of 1 are repeated.</summary>
internal static class Broadcast
{
    public static int[] Shape(params ReadOnlySpan<int[]> shapes)
    {
        int rank = 0;
        foreach (int[] shape in shapes)
        {
            rank = Math.Max(rank, shape.Length);
        }

        var result = new int[rank];
        Array.Fill(result, 1);
        foreach (int[] shape in shapes)
        {
            for (int i = 0; i < shape.Length; i++)
            {
                ref int length = ref result[rank - shape.Length + i];
                length = length == 1 || length == shape[i] ? shape[i]
                    : shape[i] == 1 ? length
                    : throw new InvalidOperationException($"Shape [{string.Join(", ", shape)}] does not go with [{string.Join(", ", result)}].");
            }
        }

        return result;
    }

    /// <summary>For each place of the larger shape, the place in the smaller one.</summary>
    public static int[] Places(int[] from, int[] to)
    {
        int[] strides = Strides(from), places = new int[to.Aggregate(1, (count, length) => count * length)];
        int offset = to.Length - from.Length;
        var at = new int[to.Length];
        for (int i = 0; i < places.Length; i++)
        {
            int place = 0;
            for (int d = 0; d < from.Length; d++)
            {
                place += from[d] == 1 ? 0 : at[d + offset] * strides[d];
            }

            places[i] = place;
            Advance(at, to);
        }

        return places;
    }

    /// <summary>How far apart neighbours along each dimension are.</summary>
    public static int[] Strides(int[] shape)
    {
        var strides = new int[shape.Length];
        int stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        return strides;
    }

    /// <summary>Goes to the next place, the last dimension first.</summary>
    public static void Advance(int[] at, int[] shape)
    {
        for (int d = at.Length - 1; d >= 0 && ++at[d] == shape[d]; d--)
        {
            at[d] = 0;
        }
    }
}
