namespace Strata.Learning.Validation.Leaks;

/// <summary>What the rows and the declared structure of an audited table are called, for findings that name them.</summary>
public sealed record AuditedNames
{
    /// <summary>The column of the declared group.</summary>
    public string? Group { get; init; }

    /// <summary>The declared groups by their codes.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>The column of the declared time.</summary>
    public string? Time { get; init; }

    /// <summary>A row in words, such as "row 5 of the test table"; null where findings need not name rows.</summary>
    public Func<int, string>? Row { get; init; }

    /// <summary>Whether the tested rows are a table of their own, which no split of Strata's has made.</summary>
    public bool IsTestApart { get; init; }
}
