using Strata.Learning.Validation.Drift;

namespace Strata.Platform.Monitoring;

/// <summary>What of a deployment's rows and answers is no longer as in training.</summary>
/// <param name="ModelId">The model whose rows were looked at.</param>
/// <param name="Rows">Logged rows that were looked at.</param>
/// <param name="ReferenceRows">Rows that they were compared with; 0 when the model has none.</param>
/// <param name="Columns">The model's columns, then <c>prediction</c> and, of classes, <c>confidence</c>.</param>
/// <param name="Verdict">In words.</param>
public sealed record DriftReport(string ModelId, int Rows, int ReferenceRows, IReadOnlyList<DriftedColumn> Columns, string Verdict);

/// <summary>One column with its verdict.</summary>
/// <param name="Drift">How far it is off.</param>
/// <param name="AdjustedPValue">After correction for how many columns are looked at.</param>
/// <param name="IsPrediction">Whether it is an answer, not an input.</param>
public sealed record DriftedColumn(ColumnDrift Drift, double? AdjustedPValue, bool IsPrediction)
{
    private const double Level = 0.05;
    private const double LeastStability = 0.1;

    /// <summary>Whether it is both certain and large enough to matter.</summary>
    public bool HasDrifted => AdjustedPValue <= Level && Drift.Stability >= LeastStability;
}
