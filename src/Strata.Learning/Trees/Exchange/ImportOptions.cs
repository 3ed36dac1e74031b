namespace Strata.Learning.Trees.Exchange;

/// <summary>What another program's model file does not say.</summary>
public sealed record ImportOptions
{
    /// <summary>The name of what is predicted.</summary>
    public string Target { get; init; } = "target";

    /// <summary>The class names in the order of their codes; null for <c>0</c>, <c>1</c> and so on.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>For a column, its levels in the order of their codes; a column that is not here keeps what its file says, or its codes as levels.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Levels { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Take only so many boosting rounds, the first; null for all.</summary>
    public int? Rounds { get; init; }
}
