using Strata.Learning.Validation.Leaks;

namespace Strata.Platform.Datasets;

/// <summary>That a dataset's steps, or the weights that a network begins from, saw rows which a training tests on; known before the training, found by its audit.</summary>
/// <param name="Severity">How grave it is.</param>
/// <param name="Message">What was seen.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record PreparationLeak(LeakSeverity Severity, string Message, string Advice)
{
    /// <summary>Which of the ways it is.</summary>
    public LeakKind Kind { get; init; } = LeakKind.PreparedOnAllRows;

    public LeakFinding ToFinding() => new(Kind, Severity, null, Message, Advice, new Dictionary<string, double>());
}
