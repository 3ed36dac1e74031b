namespace Strata.Learning.Preparation;

/// <summary>Training rows that know what others lack.</summary>
/// <param name="values">Row-major [rows, columns], NaN where missing.</param>
/// <param name="weights">One a row, positive, or null for one each; weight two equals the row twice.</param>
/// <param name="means">Of each column.</param>
internal sealed class DonorRows(double[] values, double[]? weights, double[] means)
{
    public double[] Values { get; } = values;

    public double[]? Weights { get; } = weights;

    public double[] Means { get; } = means;

    public int ColumnCount => Means.Length;

    public int RowCount => Values.Length / ColumnCount;

    /// <summary>The distance of a row to each donor, NaN where they share no column.</summary>
    public void Distances(ReadOnlySpan<double> row, Span<double> distances)
    {
        for (int donor = 0; donor < distances.Length; donor++)
        {
            ReadOnlySpan<double> other = Values.AsSpan(donor * ColumnCount, ColumnCount);
            double sum = 0;
            int shared = 0;
            for (int j = 0; j < other.Length; j++)
            {
                double difference = row[j] - other[j];
                if (!double.IsNaN(difference))
                {
                    sum += difference * difference;
                    shared++;
                }
            }

            distances[donor] = shared == 0 ? double.NaN : Math.Sqrt(sum * ColumnCount / shared);
        }
    }

    /// <summary>The mean of a column over the nearest donors that have it, or over all where none shares a column.</summary>
    public double Mean(int column, ReadOnlySpan<double> distances, int neighbors, NeighborVote vote)
    {
        List<(double Distance, int Donor)> nearest = Nearest(column, distances, neighbors);
        bool twins = vote == NeighborVote.Distance && nearest.Count > 0 && nearest[0].Distance == 0;
        double sum = 0, total = 0, left = neighbors;
        foreach ((double distance, int donor) in nearest)
        {
            double weight = Math.Min(left, Weights?[donor] ?? 1);
            left -= weight;
            weight *= vote == NeighborVote.Uniform ? 1 : twins ? (distance == 0 ? 1 : 0) : 1 / distance;
            sum += weight * Values[donor * ColumnCount + column];
            total += weight;
        }

        return total > 0 ? sum / total : Means[column];
    }

    /// <summary>The nearest donors that have the column, rising, as few as weigh at least so much together.</summary>
    private List<(double Distance, int Donor)> Nearest(int column, ReadOnlySpan<double> distances, int neighbors)
    {
        var nearest = new List<(double Distance, int Donor)>();
        double total = 0;
        for (int donor = 0; donor < distances.Length; donor++)
        {
            double distance = distances[donor];
            bool tooFar = total >= neighbors && !(distance < nearest[^1].Distance);
            if (double.IsNaN(distance) || tooFar || double.IsNaN(Values[donor * ColumnCount + column]))
            {
                continue;
            }

            int at = nearest.Count;
            while (at > 0 && nearest[at - 1].Distance > distance)
            {
                at--;
            }

            nearest.Insert(at, (distance, donor));
            total += Weights?[donor] ?? 1;
            while (total - (Weights?[nearest[^1].Donor] ?? 1) is double without && without >= neighbors)
            {
                total = without;
                nearest.RemoveAt(nearest.Count - 1);
            }
        }

        return nearest;
    }
}
