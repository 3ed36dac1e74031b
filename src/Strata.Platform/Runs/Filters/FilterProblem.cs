using Strata.Learning.Data;

namespace Strata.Platform.Runs.Filters;

/// <summary>Makes the refusals of filters: each says at which character, counted from 1, and what was expected there.</summary>
internal static class FilterProblem
{
    public static DataException At(int position, string message) => new($"Filter, character {position + 1}: {message}");
}
