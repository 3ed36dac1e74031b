using Strata.Learning.Validation.Comparison;

namespace Strata.Platform.Models;

/// <summary>The members of an ensemble of stored models, each alone on the rows that the ensemble was tested on.</summary>
/// <param name="Metric">What they are compared by.</param>
/// <param name="Members">In the order in which they were named.</param>
public sealed record EnsembleMembers(string Metric, IReadOnlyList<EnsembleMemberScore> Members);

/// <summary>One member.</summary>
/// <param name="ModelId">The stored model.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Weight">Its share of the vote; null where a meta-learner decides.</param>
/// <param name="Metrics">By name.</param>
/// <param name="AgainstEnsemble">Its metric less the ensemble's; null where it cannot be told.</param>
public sealed record EnsembleMemberScore(string ModelId, string Name, double? Weight, IReadOnlyDictionary<string, double> Metrics, Difference? AgainstEnsemble);
