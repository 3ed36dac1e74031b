using System.Text.Json.Serialization;

namespace Strata.Learning.Data.Profiling;

/// <summary>Something about a column that somebody should look at before learning from it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">One sentence with the evidence.</param>
/// <param name="Column">The column it is about.</param>
/// <param name="OtherColumn">The column it is like, or gives away.</param>
/// <param name="Score">The evidence as a number from 0 to 1, where there is one.</param>
public sealed record ProfileWarning(ProfileWarningKind Kind, string Message, string Column, string? OtherColumn = null, double? Score = null)
{
    /// <summary>Whether it tells the target of some rows only: those with one of its values.</summary>
    [JsonIgnore]
    public bool OfSomeRows { get; init; }
}

/// <summary>The kinds of warning.</summary>
public enum ProfileWarningKind
{
    /// <summary>The same value in every row.</summary>
    Constant,

    /// <summary>No values at all.</summary>
    AllMissing,

    /// <summary>More rows without than with a value.</summary>
    MostlyMissing,

    /// <summary>A name or number of the row, not a property of it.</summary>
    IdLike,

    /// <summary>The same as another column, or nearly so.</summary>
    NearDuplicate,

    /// <summary>Alone tells the target nearly perfectly: it may have been written down after the outcome was known.</summary>
    PredictsTarget,

    /// <summary>Whether it has a value tells the target nearly perfectly.</summary>
    MissingnessPredictsTarget,
}
