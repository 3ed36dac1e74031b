namespace Strata.Learning.Data;

/// <summary>What a split obeys.</summary>
public enum SplitKind
{
    /// <summary>Nothing but chance.</summary>
    Random,

    /// <summary>Each part has the classes in the same shares.</summary>
    Stratified,

    /// <summary>Rows of one group stay together.</summary>
    Group,

    /// <summary>Rows of one group stay together, and the classes' shares are kept as far as that allows.</summary>
    StratifiedGroup,

    /// <summary>Every tested row is later than every row learned from.</summary>
    Time,
}

/// <summary>How rows were split, for people.</summary>
/// <param name="Kind">What the split obeys.</param>
/// <param name="Text">One or more sentences: counts, what was kept together, and what could not be obeyed.</param>
public sealed record SplitDescription(SplitKind Kind, string Text);
