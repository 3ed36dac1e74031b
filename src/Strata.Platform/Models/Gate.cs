using System.Globalization;

namespace Strata.Platform.Models;

/// <summary>What a gate measures.</summary>
public enum GateKind
{
    /// <summary>A metric of the test rows is at least the bound.</summary>
    MetricFloor,

    /// <summary>A metric of the test rows is at most the bound.</summary>
    MetricCeiling,

    /// <summary>The mean gap between confidence and truth is at most the bound.</summary>
    CalibrationError,

    /// <summary>What the deployment meets is not further from the version's test rows than the bound, by the stability index of the column that is furthest off.</summary>
    Drift,

    /// <summary>A single row is predicted within so many milliseconds, 95 times of 100.</summary>
    Latency,

    /// <summary>The training's leak audit has no alarm.</summary>
    LeakAudit,

    /// <summary>A metric is not worse than that of the version in production by more than the bound.</summary>
    NotWorse,
}

/// <summary>One thing that is measured when a version is promoted to production.</summary>
/// <param name="Kind">What is measured.</param>
/// <param name="Metric">The metric, for gates of one.</param>
/// <param name="Bound">The least or greatest value; null for the leak audit.</param>
public sealed record Gate(GateKind Kind, string? Metric = null, double? Bound = null)
{
    internal const string CalibrationMetric = "expected_calibration_error";

    internal bool IsOfMetric => Kind is GateKind.MetricFloor or GateKind.MetricCeiling or GateKind.NotWorse;

    /// <summary>Whether a version may pass where this cannot be measured: only a deployment with traffic knows drift, and a first version has none.</summary>
    internal bool PassesUnknown => Kind == GateKind.Drift;

    public override string ToString() => Kind switch
    {
        GateKind.MetricFloor => $"{Metric} at least {Text(Bound)}",
        GateKind.MetricCeiling => $"{Metric} at most {Text(Bound)}",
        GateKind.CalibrationError => $"calibration error at most {Text(Bound)}",
        GateKind.Drift => $"drift (stability index) at most {Text(Bound)}",
        GateKind.Latency => $"a single row within {Text(Bound)} ms",
        GateKind.LeakAudit => "no alarm of the leak audit",
        _ => $"{Metric} not worse than in production by more than {Text(Bound)}",
    };

    internal IEnumerable<string> Problems()
    {
        if (IsOfMetric != Metric is { Length: > 0 and <= 250 })
        {
            yield return IsOfMetric ? $"The gate {Word} names no metric; expected one, such as log_loss." : $"The gate {Word} names the metric '{Metric}'; expected none.";
        }

        if (Kind == GateKind.LeakAudit)
        {
            if (Bound is not null)
            {
                yield return $"The gate {Word} has the bound {Text(Bound)}; expected none: it is passed without alarms.";
            }
        }
        else if (Bound is not double bound || !double.IsFinite(bound))
        {
            yield return $"The gate {Word} has no bound; expected a number.";
        }
        else if (bound < 0 && Kind is not (GateKind.MetricFloor or GateKind.MetricCeiling))
        {
            yield return $"The bound of the gate {Word} is {Text(bound)}; expected 0 or more.";
        }
    }

    internal static string Text(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "nothing";

    private string Word => Storage.JsonText.NameOf(Kind);
}
