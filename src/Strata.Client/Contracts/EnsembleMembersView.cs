namespace Strata.Client.Contracts;

/// <summary>The members of an ensemble of stored models.</summary>
/// <param name="Metric">What they are compared by.</param>
/// <param name="Members">In the order in which they were named.</param>
public sealed record EnsembleMembersView(string Metric, IReadOnlyList<EnsembleMemberView> Members);

/// <summary>How good one member is alone, on the rows that the ensemble was tested on.</summary>
/// <param name="ModelId">The stored model.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Weight">Its share of the vote; null where a meta-learner decides.</param>
/// <param name="Metrics">By name.</param>
/// <param name="AgainstEnsemble">Its metric less the ensemble's (paired bootstrap); null where it cannot be told.</param>
public sealed record EnsembleMemberView(string ModelId, string Name, double? Weight, IReadOnlyDictionary<string, double?> Metrics, DifferenceView? AgainstEnsemble);
