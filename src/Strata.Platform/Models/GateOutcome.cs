namespace Strata.Platform.Models;

/// <summary>Whether a version meets a gate.</summary>
public enum GateVerdict
{
    Passed,
    Failed,

    /// <summary>It could not be measured.</summary>
    Unknown,
}

/// <summary>What came of one gate.</summary>
/// <param name="Gate">What was asked for.</param>
/// <param name="Verdict">Whether it is met.</param>
/// <param name="Why">In words.</param>
/// <param name="Value">What was found; null where it could not be measured, or is no number.</param>
public sealed record GateOutcome(Gate Gate, GateVerdict Verdict, string Why, double? Value = null)
{
    /// <summary>Whether it keeps the version out of production.</summary>
    public bool Refuses => Verdict == GateVerdict.Failed || (Verdict == GateVerdict.Unknown && !Gate.PassesUnknown);

    public override string ToString() => $"Gate '{Gate}' {(Verdict == GateVerdict.Unknown ? "could not be measured" : Verdict == GateVerdict.Passed ? "passed" : "failed")}: {Why}";

    internal static GateOutcome Known(Gate gate, bool passes, double value, string why) => new(gate, passes ? GateVerdict.Passed : GateVerdict.Failed, why, value);

    internal static GateOutcome Unknown(Gate gate, string why) => new(gate, GateVerdict.Unknown, why);
}
