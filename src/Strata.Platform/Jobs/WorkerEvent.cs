namespace Strata.Platform.Jobs;

/// <summary>One line of a worker's event file. Which members are there depends on the type.</summary>
internal sealed record WorkerEvent
{
    public required WorkerEventType Type { get; init; }

    /// <summary>From 1 within the attempt.</summary>
    public required long Number { get; init; }

    /// <summary>Milliseconds since 1970 by the worker's clock.</summary>
    public required long Time { get; init; }

    /// <summary>0 to 100.</summary>
    public double? Percent { get; init; }

    /// <summary>What the worker is doing, for people.</summary>
    public string? Doing { get; init; }

    public string? Metric { get; init; }

    public long? Step { get; init; }

    public double? Value { get; init; }

    public string? Text { get; init; }

    /// <summary>Seconds since the worker's start, by a clock that nobody sets.</summary>
    public double? Elapsed { get; init; }
}

internal enum WorkerEventType
{
    /// <summary>A sign of life.</summary>
    Beat,
    Progress,
    Metric,
    Log,
}
