using Strata.Learning.Validation.Comparison;

namespace Strata.Learning.Workflow;

/// <summary>What came of combining models: the ensemble as a training's outcome, and its members on the same rows.</summary>
/// <param name="Training">The ensemble, judged on rows that no member has learned from.</param>
/// <param name="Metric">What members are compared by.</param>
/// <param name="Members">In the order in which they were given.</param>
public sealed record EnsembleOutcome(TrainingOutcome Training, string Metric, IReadOnlyList<MemberScore> Members);

/// <summary>How good one member is alone.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Weight">Its share of the vote; null where a meta-learner decides.</param>
/// <param name="Metrics">On the rows that the ensemble was tested on.</param>
/// <param name="AgainstEnsemble">Its metric less the ensemble's, by the paired bootstrap; null where it cannot be told.</param>
public sealed record MemberScore(string Name, double? Weight, IReadOnlyDictionary<string, double> Metrics, Difference? AgainstEnsemble);
