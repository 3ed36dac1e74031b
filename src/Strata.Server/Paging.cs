using Strata.Learning.Data;

namespace Strata.Server;

/// <summary>The window of a list that a request asks for.</summary>
internal readonly record struct Paging(int Offset, int Count)
{
    public const int Most = 1000;

    /// <exception cref="DataException">A bound is out of range.</exception>
    public static Paging Of(int? offset, int? count, int usual = 100)
    {
        var problems = new List<string>();
        if (offset is < 0)
        {
            problems.Add($"offset is {offset}; expected 0 or more.");
        }

        if (count is < 0 or > Most)
        {
            problems.Add($"count is {count}; expected 0 to {Most}.");
        }

        DataException.ThrowIfAny(problems);
        return new Paging(offset ?? 0, count ?? usual);
    }
}
