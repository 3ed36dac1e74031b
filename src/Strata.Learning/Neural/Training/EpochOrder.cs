using Strata.Tensors;

namespace Strata.Learning.Neural.Training;

/// <summary>The order in which an epoch meets the rows.</summary>
internal static class EpochOrder
{
    /// <summary>Every row once.</summary>
    public static int[] Shuffled(int count, RandomSource random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>As many rows as there are, the classes taking turns: rows of small classes come several times, of large ones by chance.</summary>
    public static int[] Balanced(int[] codes, RandomSource random)
    {
        int[][] ofClass = [.. codes.Index().GroupBy(row => row.Item, row => row.Index).OrderBy(group => group.Key).Select(group => group.ToArray())];
        var places = new int[ofClass.Length];
        var order = new int[codes.Length];
        for (int i = 0; i < order.Length; i++)
        {
            int turn = i % ofClass.Length;
            int[] rows = ofClass[turn];
            if (places[turn] % rows.Length == 0)
            {
                random.Shuffle(rows.AsSpan());
            }

            order[i] = rows[places[turn]++ % rows.Length];
        }

        return order;
    }
}
