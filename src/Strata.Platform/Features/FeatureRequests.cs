using Strata.Platform.Storage;

namespace Strata.Platform.Features;

/// <summary>A definition to be kept.</summary>
/// <param name="Name">1 to 100 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
/// <param name="DatasetId">Whose rows the features are made of; the group belongs to its project.</param>
/// <param name="Plan">How they are made.</param>
/// <param name="Owner">Who defines it.</param>
public sealed record FeatureGroupRequest(string Name, string DatasetId, FeaturePlan Plan, string Owner)
{
    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>A table to be completed with features as they were known at each row's time.</summary>
/// <param name="DatasetId">The table; the joined one goes into its project, from which the groups are too.</param>
/// <param name="TimeColumn">As of when each row may know things.</param>
/// <param name="Features">What to add, in this order.</param>
public sealed record FeatureJoinRequest(string DatasetId, string TimeColumn, IReadOnlyList<FeatureReference> Features)
{
    /// <summary>The joined dataset's name; null for the table's own with <c>features</c> behind it.</summary>
    public string? Name { get; init; }

    /// <summary>The table's column in place of a group's entity column, where the names differ.</summary>
    public IReadOnlyDictionary<string, string> EntityColumns { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether features are called <c>group__feature</c> in the joined table.</summary>
    public bool FullNames { get; init; }

    /// <summary>Whether what became known at a row's very moment does not count.</summary>
    public bool StrictlyBefore { get; init; }

    /// <summary>Who asks, and when its job's turn comes.</summary>
    public JobTerms Terms { get; init; } = new();
}
