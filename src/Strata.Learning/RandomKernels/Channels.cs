using Strata.Tensors;

namespace Strata.Learning.RandomKernels;

/// <summary>Which channels a kernel reads.</summary>
internal static class Channels
{
    /// <summary>Brings some channels, drawn by chance, to the front of the order, and returns how many: one more often than many, at most as many as a kernel has steps.</summary>
    public static int Draw(int[] order, int kernelLength, RandomSource random)
    {
        if (order.Length == 1)
        {
            return 1;
        }

        int most = Math.Min(order.Length, kernelLength), count = Math.Clamp((int)Math.Pow(2, random.NextDouble() * Math.Log2(most + 1)), 1, most);
        for (int i = 0; i < count; i++)
        {
            int j = i + random.NextInt(order.Length - i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return count;
    }
}
