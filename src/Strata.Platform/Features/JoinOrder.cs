namespace Strata.Platform.Features;

/// <summary>What a job joins to a table.</summary>
/// <param name="TimeColumn">The table's column that says as of when each row may know things.</param>
/// <param name="Groups">The groups with the features that are wanted of each.</param>
internal sealed record JoinOrder(string TimeColumn, IReadOnlyList<JoinedGroup> Groups)
{
    /// <summary>The table's column in place of a group's entity column, where the names differ.</summary>
    public IReadOnlyDictionary<string, string> EntityColumns { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether features are called <c>group__feature</c> in the joined table.</summary>
    public bool FullNames { get; init; }

    /// <summary>Whether what became known at a row's very moment does not count.</summary>
    public bool StrictlyBefore { get; init; }

    public string ColumnOf(string entity) => EntityColumns.GetValueOrDefault(entity, entity);

    public string NameOf(JoinedGroup group, string feature) => FullNames ? $"{group.Name}__{feature}" : feature;
}

/// <summary>A group in a join.</summary>
/// <param name="Name">Of the group.</param>
/// <param name="Version">Of the group.</param>
/// <param name="Plan">How its values were made.</param>
/// <param name="Features">Those that are wanted.</param>
internal sealed record JoinedGroup(string Name, int Version, FeaturePlan Plan, IReadOnlyList<string> Features);
