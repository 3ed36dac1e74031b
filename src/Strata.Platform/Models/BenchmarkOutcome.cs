using Strata.Learning.Metrics;
using Strata.Learning.Validation.Comparison;

namespace Strata.Platform.Models;

/// <summary>What came of measuring several models on the same rows.</summary>
/// <param name="Metric">What they are ranked by.</param>
/// <param name="HigherIsBetter">Whether large values of it are good.</param>
/// <param name="RowCount">Rows of the dataset.</param>
/// <param name="Models">Those that could be measured from best to worst, then the others.</param>
/// <param name="Notes">What a reader should know, one sentence each.</param>
public sealed record BenchmarkOutcome(string Metric, bool HigherIsBetter, int RowCount, IReadOnlyList<BenchmarkedModel> Models, IReadOnlyList<string> Notes);

/// <summary>One model among others on the same rows.</summary>
public sealed record BenchmarkedModel
{
    public required BenchmarkEntry Entry { get; init; }

    /// <summary>Rows with a target, which it was measured on.</summary>
    public int RowCount { get; init; }

    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>Where each metric lies with 95% certainty, as far as these rows can tell.</summary>
    public IReadOnlyDictionary<string, MetricInterval> Intervals { get; init; } = new Dictionary<string, MetricInterval>();

    /// <summary>How long a single row takes; null where it was not measured.</summary>
    public SingleRowLatency? Latency { get; init; }

    /// <summary>How long a row takes when all are asked at once, in milliseconds.</summary>
    public double? BatchMilliseconds { get; init; }

    /// <summary>Its ranking metric less the best one's, by the paired bootstrap; null for the best one itself, and where the rows are not the same.</summary>
    public Difference? AgainstBest { get; init; }

    /// <summary>Why it could not be measured; null where it could.</summary>
    public string? Problem { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A model that takes part.</summary>
/// <param name="ModelId">The stored model.</param>
/// <param name="Name">As it is called: its name and version, or those under which it is registered.</param>
/// <param name="Bytes">The size of its file.</param>
public sealed record BenchmarkEntry(string ModelId, string Name, long Bytes);
