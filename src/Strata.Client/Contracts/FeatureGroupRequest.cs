namespace Strata.Client.Contracts;

/// <summary>A definition of features over the rows of a dataset. Under a name that is taken it becomes the name's next version.</summary>
/// <param name="Name">1 to 100 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
/// <param name="DatasetId">Whose rows the features are made of; the group belongs to its project.</param>
/// <param name="Entities">The columns that say whom a row is about.</param>
/// <param name="TimeColumn">When the row's event happened: dates, or numbers of seconds since 1970.</param>
/// <param name="Features">What is made of each entity's rows.</param>
/// <param name="AvailableColumn">When a row became known, where that is later than its event; null when events are known as they happen.</param>
/// <param name="TtlSeconds">How long after its latest event a value still counts; null for ever.</param>
/// <param name="Description">For people.</param>
/// <param name="Tags">For finding it again.</param>
public sealed record FeatureGroupRequest(
    string Name,
    string DatasetId,
    IReadOnlyList<string> Entities,
    string TimeColumn,
    IReadOnlyList<FeatureRequest> Features,
    string? AvailableColumn = null,
    double? TtlSeconds = null,
    string? Description = null,
    IReadOnlyDictionary<string, string>? Tags = null);

/// <summary>One feature.</summary>
/// <param name="Name">What it is called in joined tables.</param>
/// <param name="Column">The source's column; the one of that name when null.</param>
/// <param name="Aggregate">Null for the column as it is at the latest event.</param>
/// <param name="WindowSeconds">How far back from the latest event an aggregate reaches; null for all time.</param>
public sealed record FeatureRequest(string Name, string? Column = null, FeatureAggregate? Aggregate = null, double? WindowSeconds = null);

/// <summary>Has a group's values worked out, or worked out anew.</summary>
/// <param name="DatasetId">A newer version of the source, in the same project; null for the one that the group was defined on.</param>
/// <param name="Priority">Which of the same person's jobs goes first.</param>
/// <param name="After">Ids of jobs that must complete before it starts.</param>
public sealed record MaterialisationRequest(string? DatasetId = null, JobPriority? Priority = null, IReadOnlyList<string>? After = null);

/// <summary>A table to be completed with features as they were known at each row's time, never later.</summary>
/// <param name="DatasetId">The table; the joined one goes into its project, from which the groups are too.</param>
/// <param name="TimeColumn">As of when each row may know things: dates, or numbers of seconds since 1970.</param>
/// <param name="Features">What to add, in this order: <c>group:feature</c>, or <c>group@2:feature</c> for a version other than the newest.</param>
/// <param name="Name">The joined dataset's name; null for the table's own with <c>features</c> behind it.</param>
/// <param name="EntityColumns">The table's column in place of a group's entity column, where the names differ.</param>
/// <param name="FullNames">Whether features are called <c>group__feature</c> in the joined table.</param>
/// <param name="StrictlyBefore">Whether what became known at a row's very moment does not count.</param>
/// <param name="Priority">Which of the same person's jobs goes first.</param>
/// <param name="After">Ids of jobs that must complete before it starts.</param>
public sealed record FeatureJoinRequest(
    string DatasetId,
    string TimeColumn,
    IReadOnlyList<string> Features,
    string? Name = null,
    IReadOnlyDictionary<string, string>? EntityColumns = null,
    bool FullNames = false,
    bool StrictlyBefore = false,
    JobPriority? Priority = null,
    IReadOnlyList<string>? After = null);
