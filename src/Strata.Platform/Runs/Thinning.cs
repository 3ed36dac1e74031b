namespace Strata.Platform.Runs;

/// <summary>Keeps the lowest and highest point of each stretch of a long series, so that a picture of the few looks like one of all.</summary>
internal sealed class Thinning(long count, int mostPoints)
{
    private readonly List<MetricPoint> kept = [];
    private readonly long stretch = count <= mostPoints ? 1 : (count + mostPoints / 2 - 1) / (mostPoints / 2);
    private MetricPoint? low;
    private MetricPoint? high;
    private long seen;

    public void Add(MetricPoint point)
    {
        if (stretch == 1)
        {
            kept.Add(point);
            return;
        }

        low = low is null || point.Value < low.Value || double.IsNaN(low.Value) ? point : low;
        high = high is null || point.Value > high.Value || double.IsNaN(high.Value) ? point : high;
        if (++seen % stretch == 0)
        {
            CloseStretch();
        }
    }

    public IReadOnlyList<MetricPoint> Points()
    {
        CloseStretch();
        return kept;
    }

    private void CloseStretch()
    {
        if (low is not null && high is not null)
        {
            kept.AddRange(low.Step == high.Step ? [low] : low.Step < high.Step ? [low, high] : [high, low]);
        }

        (low, high) = (null, null);
    }
}
