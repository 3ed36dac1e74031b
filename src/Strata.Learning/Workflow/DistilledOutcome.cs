using Strata.Learning.Validation.Comparison;

namespace Strata.Learning.Workflow;

/// <summary>What came of distilling: the small model as a training's outcome, and its teacher on the same rows.</summary>
/// <param name="Training">The small model, judged on rows that neither has learned from.</param>
/// <param name="Teacher">The large one.</param>
public sealed record DistilledOutcome(TrainingOutcome Training, TeacherScore Teacher);

/// <summary>How good a teacher is beside the small model that answers as it does.</summary>
/// <param name="Metric">What the two are compared by.</param>
/// <param name="Metrics">The teacher's, on the rows that the small model was tested on.</param>
/// <param name="AgainstStudent">Its metric less the small model's, by the paired bootstrap; null where it cannot be told.</param>
/// <param name="Fidelity">How well the small model follows it (R² of its answers on the test rows); null where it answers the same to all.</param>
/// <param name="Microseconds">What a row takes it, of the test rows at a time.</param>
/// <param name="StudentMicroseconds">What a row takes the small model.</param>
public sealed record TeacherScore(string Metric, IReadOnlyDictionary<string, double> Metrics, Difference? AgainstStudent, double? Fidelity, double Microseconds, double StudentMicroseconds);
