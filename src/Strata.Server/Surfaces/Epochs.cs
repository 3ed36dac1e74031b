using Strata.Platform.Runs;

namespace Strata.Server.Surfaces;

/// <summary>The metric series of a training as one object an epoch, as other frameworks tell them.</summary>
internal static class Epochs
{
    /// <summary>For each step of any series its number from 1, as <c>epoch</c>, and what was measured there.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, double?>> Of(IReadOnlyList<MetricSeries> series)
    {
        var epochs = new SortedDictionary<long, Dictionary<string, double?>>();
        foreach (MetricPoint point in series.SelectMany(one => one.Points))
        {
            epochs.TryAdd(point.Step, new Dictionary<string, double?> { ["epoch"] = point.Step + 1 });
            epochs[point.Step][point.Name] = point.Value;
        }

        return [.. epochs.Values];
    }
}
