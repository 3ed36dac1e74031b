namespace Strata.Bench.Automl;

/// <summary>A recipe that a portfolio may be made of, under the name that users see.</summary>
internal sealed record NamedCandidate(string Name, string Recipe)
{
    private const string Sign = " = ";

    /// <summary>The lines of a file, or of the list that comes with the program; those that begin with # are remarks.</summary>
    public static IReadOnlyList<NamedCandidate> Read(string? path) =>
        [.. File.ReadLines(path ?? Path.Combine(AppContext.BaseDirectory, "candidates.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(Of)];

    private static NamedCandidate Of(string line)
    {
        int at = line.IndexOf(Sign, StringComparison.Ordinal);
        return at < 0 ? new NamedCandidate(line, line) : new NamedCandidate(line[..at], line[(at + Sign.Length)..]);
    }
}
