namespace Strata.Solutions;

/// <summary>A place that a table comes from: a public archive, or a simulator.</summary>
public interface ITableSource
{
    /// <summary>Such as <c>kepler_nasa</c>.</summary>
    string Name { get; }

    string Title { get; }

    /// <summary>One or two sentences.</summary>
    string Description { get; }

    SourceKind Kind { get; }

    /// <summary>Which of the solution's tables it gives, such as <c>kepler</c>.</summary>
    string DatasetName { get; }

    /// <exception cref="SourceException">The table cannot be had; the message says what to do instead.</exception>
    Task<FetchedTable> FetchAsync(SourceRequest request, SourceContext context);
}

/// <summary>Where the rows of a source come from.</summary>
public enum SourceKind
{
    /// <summary>Measured, downloaded from NASA's Exoplanet Archive.</summary>
    Nasa,

    /// <summary>Made by a simulator; no row is an observation.</summary>
    Simulated,
}

/// <summary>What is asked of a source.</summary>
/// <param name="RowCount">About how many rows a simulator makes; null for its usual number. An archive always gives its whole table.</param>
/// <param name="Seed">The simulator's seed.</param>
public sealed record SourceRequest(int? RowCount = null, ulong Seed = 0);

/// <summary>What a source gets from outside.</summary>
public sealed record SourceContext
{
    public required HttpClient Http { get; init; }

    /// <summary>Where downloads are kept; made when absent.</summary>
    public required string CacheDirectory { get; init; }

    /// <summary>The archive's table access service, another than NASA's own for a mirror or a test.</summary>
    public Uri? ArchiveAddress { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public IProgress<SourceProgress>? Progress { get; init; }

    public CancellationToken Cancellation { get; init; }
}

/// <summary>How far a source is.</summary>
/// <param name="Step">What it is doing, for people.</param>
/// <param name="Bytes">How many bytes have arrived.</param>
/// <param name="TotalBytes">How many there will be, where the other side says so.</param>
public sealed record SourceProgress(string Step, long Bytes, long? TotalBytes);

/// <summary>A table as its source gave it: CSV text in UTF-8 with <c>#</c> lines before the header.</summary>
/// <param name="FileName">A name to keep it under.</param>
/// <param name="Open">Opens the bytes from their start; the caller closes them.</param>
/// <param name="Notes">What people should know: its age, that it is simulated.</param>
public sealed record FetchedTable(string FileName, Func<Stream> Open, IReadOnlyList<string> Notes);

/// <summary>A source cannot give its table; the message says why and what to do instead.</summary>
public sealed class SourceException : Exception
{
    public SourceException(string message)
        : base(message)
    {
    }

    public SourceException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
