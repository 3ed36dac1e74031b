namespace Strata.Platform.Jobs;

/// <summary>The program that works on one attempt: the attempt's folder is added as its last argument.</summary>
public sealed record WorkerProgram(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>Environment variables beside the inherited ones.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Environment variables that a worker does not inherit, because they hold secrets of the server's.</summary>
    public IReadOnlyList<string> Withheld { get; init; } = [];
}
