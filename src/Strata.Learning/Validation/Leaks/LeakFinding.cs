namespace Strata.Learning.Validation.Leaks;

/// <summary>How sure it is that something is wrong.</summary>
public enum LeakSeverity
{
    /// <summary>Worth knowing; often harmless.</summary>
    Notice,

    /// <summary>Results are probably better than they will be in use.</summary>
    Warning,

    /// <summary>Results say nothing about use before this is mended.</summary>
    Critical,
}

/// <summary>The ways in which the answer gets into the question.</summary>
public enum LeakKind
{
    /// <summary>The target, or a function of it, among the features.</summary>
    TargetCopy,

    /// <summary>The target is a sum, difference, product or ratio of features.</summary>
    TargetFromColumns,

    /// <summary>A mean of the target by level, taken over all rows.</summary>
    TargetEncoding,

    /// <summary>One column tells the target almost alone.</summary>
    TellsTarget,

    /// <summary>Whether a column has a value tells the target.</summary>
    MissingnessTellsTarget,

    /// <summary>A column that seems to be known only after the outcome.</summary>
    AfterOutcome,

    /// <summary>A name or number of the row.</summary>
    IdLike,

    /// <summary>Test rows that are training rows too.</summary>
    DuplicateRows,

    /// <summary>Test rows that are training rows but for a trifle.</summary>
    NearDuplicateRows,

    /// <summary>Several rows are of one entity, which the split may tear apart.</summary>
    RepeatedEntity,

    /// <summary>Declared groups with rows on both sides of the split.</summary>
    SharedGroups,

    /// <summary>Rows near in time are alike, and the split mixes past and future.</summary>
    TimeIgnored,

    /// <summary>Test rows are earlier than rows learned from.</summary>
    TimeReversed,

    /// <summary>The table was prepared by what all its rows said, test rows included.</summary>
    PreparedOnAllRows,

    /// <summary>The weights that a network began from were learned on rows of the test.</summary>
    WeightsSawTestRows,

    /// <summary>A member of the ensemble may have learned from rows of the test.</summary>
    MemberSawTestRows,

    /// <summary>After training: the model lives on one column.</summary>
    ConcentratedImportance,

    /// <summary>After training: better on test rows than on its own training rows.</summary>
    BetterOnTest,

    /// <summary>After training: no test row is wrong.</summary>
    Perfect,
}

/// <summary>One suspicion that a model will look better than it is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Severity">How sure it is.</param>
/// <param name="Column">The column, or null where it is about rows.</param>
/// <param name="Message">What was seen, with the figures.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="Evidence">The figures by name, such as <c>roc_auc</c> or <c>test_rows</c>.</param>
public sealed record LeakFinding(
    LeakKind Kind, LeakSeverity Severity, string? Column, string Message, string Advice, IReadOnlyDictionary<string, double> Evidence)
{
    /// <summary>Message and advice.</summary>
    public override string ToString() => $"{Message} {Advice}";
}
