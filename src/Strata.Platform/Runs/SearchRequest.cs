namespace Strata.Platform.Runs;

/// <summary>What is asked of a search: which things, in which order, and which page of them.</summary>
public sealed record SearchRequest
{
    /// <summary>The condition; null for all.</summary>
    public string? Filter { get; init; }

    /// <summary>Fields, each with ASC or DESC behind it; empty for the usual order.</summary>
    public IReadOnlyList<string> OrderBy { get; init; } = [];

    /// <summary>The most things on the page.</summary>
    public int Count { get; init; } = 1000;

    /// <summary>What the page before gave; null for the first.</summary>
    public string? PageToken { get; init; }

    /// <summary>Which things lifecycle lets in.</summary>
    public LifecycleView View { get; init; }

    /// <summary>What else the question depends on: a token of one question is none of another.</summary>
    internal string Scope { get; init; } = string.Empty;
}

/// <summary>Which things are looked at by their lifecycle.</summary>
public enum LifecycleView
{
    ActiveOnly,
    DeletedOnly,
    All,
}

/// <summary>Some of the things that a search found, and the token of the next page; null where there is none.</summary>
public sealed record SearchPage<T>(IReadOnlyList<T> Items, string? NextToken);
