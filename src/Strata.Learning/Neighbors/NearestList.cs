namespace Strata.Learning.Neighbors;

/// <summary>The nearest rows found so far, of equally far ones the first in the table: a heap with the farthest on top.</summary>
internal sealed class NearestList(int capacity)
{
    private readonly double[] distances = new double[capacity];
    private readonly int[] rows = new int[capacity];

    public int Count { get; private set; }

    /// <summary>A row farther than this is not among the nearest; infinite until the list is full.</summary>
    public double Farthest => Count < distances.Length ? double.PositiveInfinity : distances[0];

    public void Clear() => Count = 0;

    public void Offer(double distance, int row)
    {
        if (Count < distances.Length)
        {
            Rise(Count++, distance, row);
        }
        else if (IsNearer(distance, row, distances[0], rows[0]))
        {
            Sink(distance, row, Count);
        }
    }

    /// <summary>Orders the list from the nearest on; nothing is offered any more before <see cref="Clear"/>.</summary>
    public (ReadOnlyMemory<double> Distances, ReadOnlyMemory<int> Rows) Sort()
    {
        for (int end = Count - 1; end > 0; end--)
        {
            (double distance, int row) = (distances[end], rows[end]);
            (distances[end], rows[end]) = (distances[0], rows[0]);
            Sink(distance, row, end);
        }

        return (distances.AsMemory(0, Count), rows.AsMemory(0, Count));
    }

    private static bool IsNearer(double distance, int row, double thanDistance, int thanRow) => distance < thanDistance || (distance == thanDistance && row < thanRow);

    private void Rise(int at, double distance, int row)
    {
        while (at > 0 && IsNearer(distances[(at - 1) / 2], rows[(at - 1) / 2], distance, row))
        {
            int parent = (at - 1) / 2;
            (distances[at], rows[at]) = (distances[parent], rows[parent]);
            at = parent;
        }

        (distances[at], rows[at]) = (distance, row);
    }

    /// <summary>Puts a row in place of the farthest of the first <paramref name="count"/>.</summary>
    private void Sink(double distance, int row, int count)
    {
        int at = 0;
        while (2 * at + 1 < count)
        {
            int child = 2 * at + 1;
            if (child + 1 < count && IsNearer(distances[child], rows[child], distances[child + 1], rows[child + 1]))
            {
                child++;
            }

            if (!IsNearer(distance, row, distances[child], rows[child]))
            {
                break;
            }

            (distances[at], rows[at]) = (distances[child], rows[child]);
            at = child;
        }

        (distances[at], rows[at]) = (distance, row);
    }
}
