using Strata.Tensors;

namespace Strata.Learning.Explanation.Shapley;

/// <summary>Deals out background rows by chance, each as often as any other but for one time.</summary>
internal sealed class BackgroundOrder
{
    private readonly int[] order;
    private int next;

    public BackgroundOrder(int count, RandomSource random)
    {
        order = [.. Enumerable.Range(0, count)];
        random.Shuffle<int>(order);
    }

    public int Next() => order[next++ % order.Length];
}
