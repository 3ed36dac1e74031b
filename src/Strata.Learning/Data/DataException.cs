namespace Strata.Learning.Data;

/// <summary>The data cannot be used as asked. The message names value, place and expectation, and lists every problem found.</summary>
public sealed class DataException : Exception
{
    public DataException(string message)
        : base(message) => Problems = [message];

    public DataException(string message, Exception inner)
        : base(message, inner) => Problems = [message];

    public DataException(IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>Each problem, one sentence or two.</summary>
    public IReadOnlyList<string> Problems { get; }

    public static void ThrowIfAny(IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (problems.Count > 0)
        {
            throw new DataException(problems);
        }
    }

    public static DataException NoSuchColumn(string name, IEnumerable<string> names)
    {
        string[] all = [.. names];
        string? near = NearNames.Nearest(name, all);
        string hint = near is not null ? $" Did you mean '{near}'?" : all.Length == 0 ? string.Empty : $" There are: {NearNames.List(all, 12)}.";
        return new DataException($"There is no column '{name}'.{hint}");
    }
}
