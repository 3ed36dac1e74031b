namespace Strata.Client.Contracts;

/// <summary>A place that tables can be fetched from, or a simulator that makes them.</summary>
/// <param name="Name">The name to ask for, such as <c>kepler_nasa</c>.</param>
/// <param name="Title">The name for people.</param>
/// <param name="Description">What it holds, and whose it is.</param>
/// <param name="Kind">Whether it is observed or simulated.</param>
/// <param name="DatasetName">The survey, such as <c>kepler</c>.</param>
public sealed record SourceView(string Name, string Title, string Description, SourceKind Kind, string DatasetName);

/// <summary>Whether a source's rows were observed or simulated.</summary>
public enum SourceKind
{
    Nasa,
    Simulated,
}

/// <summary>What to fetch or simulate.</summary>
/// <param name="RowCount">How many rows; null for the source's own number.</param>
/// <param name="Seed">The seed of a simulation; a download ignores it.</param>
/// <param name="Project">The id or name of the project that the table goes to; null for the usual one.</param>
public sealed record SourceRequest(int? RowCount = null, ulong? Seed = null, string? Project = null);
