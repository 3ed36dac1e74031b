using Strata.Learning.Validation.Comparison;

namespace Strata.Platform.Models;

/// <summary>The model whose answers a small one learned, beside it on the rows that the small one was tested on.</summary>
/// <param name="ModelId">The stored model.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Metric">What the two are compared by.</param>
/// <param name="Metrics">By name.</param>
/// <param name="AgainstStudent">Its metric less the small model's; null where it cannot be told.</param>
/// <param name="Fidelity">How well the small model follows it (R²); null where it answers the same to all.</param>
/// <param name="Bytes">Of its file.</param>
/// <param name="Microseconds">What a row takes it, of many.</param>
/// <param name="StudentBytes">Of the small model's file.</param>
/// <param name="StudentMicroseconds">What a row takes the small model.</param>
public sealed record TaughtBy(
    string ModelId,
    string Name,
    string Metric,
    IReadOnlyDictionary<string, double> Metrics,
    Difference? AgainstStudent,
    double? Fidelity,
    long Bytes,
    double Microseconds,
    long StudentBytes,
    double StudentMicroseconds);
