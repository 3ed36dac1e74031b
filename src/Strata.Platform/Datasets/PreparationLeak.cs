using Strata.Learning.Validation.Leaks;

namespace Strata.Platform.Datasets;

/// <summary>That a dataset's steps saw rows which a training tests on; known before the training, found by its audit.</summary>
/// <param name="Severity">How grave it is.</param>
/// <param name="Message">What was seen.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record PreparationLeak(LeakSeverity Severity, string Message, string Advice)
{
    public LeakFinding ToFinding() => new(LeakKind.PreparedOnAllRows, Severity, null, Message, Advice, new Dictionary<string, double>());
}
