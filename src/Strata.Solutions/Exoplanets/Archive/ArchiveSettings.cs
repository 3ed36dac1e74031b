namespace Strata.Solutions.Exoplanets.Archive;

/// <summary>How patiently the archive is asked.</summary>
public sealed record ArchiveSettings
{
    /// <summary>NASA's table access service, synchronous queries.</summary>
    public static Uri NasaAddress { get; } = new("https://exoplanetarchive.ipac.caltech.edu/TAP/sync");

    public Uri Address { get; init; } = NasaAddress;

    /// <summary>How many times a download is tried; at least 1.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The pause before the second try; each further pause is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No pause is longer, whatever the server asks for.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the server may stay silent, before its answer begins and between two pieces of it.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A copy younger than this is used without asking the archive again.</summary>
    public TimeSpan Freshness { get; init; } = TimeSpan.FromDays(1);

    /// <summary>A longer answer is refused.</summary>
    public long MostBytes { get; init; } = 512L << 20;
}
