namespace Strata.Platform.Jobs;

/// <summary>Why the server asks a worker to stop.</summary>
internal enum StopReason
{
    /// <summary>A person wants it.</summary>
    Cancelled,

    TimeLimit,

    /// <summary>It gives no sign of life.</summary>
    NoHeartbeat,

    /// <summary>It lives but gets nowhere.</summary>
    NoProgress,

    /// <summary>Its attempt no longer counts.</summary>
    Abandoned,
}
