using Strata.Learning.Data;

namespace Strata.Learning.Search;

/// <summary>What a search may use; it ends with what it has when one of these is used up.</summary>
public sealed record SearchBudget
{
    /// <summary>Finished trials in the study altogether, those of earlier sittings counted; null for no limit.</summary>
    public int? Trials { get; init; }

    /// <summary>For this sitting; a trial that is being evaluated then is stopped. Null for no limit.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>How much of the time is kept back for what comes after the search, given the best trial so far; null for nothing.</summary>
    public Func<Trial?, TimeSpan>? Reserve { get; init; }

    /// <summary>What the process may take, in bytes: above it the youngest trial is given up. Null for no limit.</summary>
    public long? MemoryInBytes { get; init; }

    /// <summary>How many trials are evaluated at once.</summary>
    public int Parallel { get; init; } = 1;

    internal void Check()
    {
        var problems = new List<string>();
        if (Trials is < 1)
        {
            problems.Add($"The budget is {Trials} trials; it takes at least 1.");
        }

        if (Time is TimeSpan time && time <= TimeSpan.Zero)
        {
            problems.Add($"The time budget is {time.TotalSeconds} s; it takes a positive time.");
        }

        if (MemoryInBytes is < 1)
        {
            problems.Add($"The memory budget is {MemoryInBytes} bytes; it takes at least 1.");
        }

        if (Parallel is < 1 or > 1024)
        {
            problems.Add($"{Parallel} trials at once; it takes 1 to 1024.");
        }

        DataException.ThrowIfAny(problems);
    }
}
