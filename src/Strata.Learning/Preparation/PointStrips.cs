namespace Strata.Learning.Preparation;

/// <summary>
/// Points of the plane in strips of equally many by x, each in order of y: the nearest points, by the larger of both differences, lie near the same y in a few strips.
/// </summary>
internal sealed class PointStrips
{
    private const int StripLength = 256;
    private readonly double[] sortedX;
    private readonly double[] inOrder;
    private readonly double[] stripY;
    private readonly int[] stripPoint;

    /// <param name="sortedX">Rising.</param>
    /// <param name="y">Of the same points.</param>
    public PointStrips(double[] sortedX, double[] y)
    {
        (this.sortedX, inOrder) = (sortedX, y);
        stripY = [.. y];
        stripPoint = [.. Enumerable.Range(0, y.Length)];
        for (int start = 0; start < y.Length; start += StripLength)
        {
            int length = Math.Min(StripLength, y.Length - start);
            Array.Sort(stripY, stripPoint, start, length);
        }
    }

    /// <summary>The distances, rising, of as many nearest other points as there are places; returns the last.</summary>
    public double Nearest(int point, Span<double> distances)
    {
        distances.Fill(double.PositiveInfinity);
        int own = point / StripLength, last = (sortedX.Length - 1) / StripLength;
        double x = sortedX[point];
        Search(own, point, distances);
        for (int strip = own - 1; strip >= 0 && x - sortedX[(strip + 1) * StripLength - 1] < distances[^1]; strip--)
        {
            Search(strip, point, distances);
        }

        for (int strip = own + 1; strip <= last && sortedX[strip * StripLength] - x < distances[^1]; strip++)
        {
            Search(strip, point, distances);
        }

        return distances[^1];
    }

    /// <summary>Looks at the points of a strip outwards from the point's y, as long as they may be nearer.</summary>
    private void Search(int strip, int point, Span<double> distances)
    {
        int start = strip * StripLength, end = Math.Min(stripY.Length, start + StripLength);
        double y = inOrder[point];
        int middle = Array.BinarySearch(stripY, start, end - start, y);
        middle = middle < 0 ? ~middle : middle;
        for (int at = middle; at < end && stripY[at] - y < distances[^1]; at++)
        {
            Offer(at, stripY[at] - y, point, distances);
        }

        for (int at = middle - 1; at >= start && y - stripY[at] < distances[^1]; at--)
        {
            Offer(at, y - stripY[at], point, distances);
        }
    }

    private void Offer(int at, double inY, int point, Span<double> distances)
    {
        int other = stripPoint[at];
        double distance = Math.Max(inY, Math.Abs(sortedX[other] - sortedX[point]));
        int place = distances.Length - 1;
        if (other == point || !(distance < distances[place]))
        {
            return;
        }

        for (; place > 0 && distances[place - 1] > distance; place--)
        {
            distances[place] = distances[place - 1];
        }

        distances[place] = distance;
    }
}
