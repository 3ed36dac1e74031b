namespace Strata.Platform.Jobs;

/// <summary>Why the server asks a worker to stop.</summary>
internal enum StopReason
{
    /// <summary>A person wants it.</summary>
    Cancelled,

    /// <summary>A person wants it to wait; it may save what it has first.</summary>
    Paused,

    TimeLimit,

    /// <summary>It gives no sign of life.</summary>
    NoHeartbeat,

    /// <summary>It lives but gets nowhere.</summary>
    NoProgress,

    /// <summary>It holds more memory than a worker may.</summary>
    OutOfMemory,

    /// <summary>It has left more on the disk than a worker may.</summary>
    DiskLimit,

    /// <summary>Its attempt no longer counts.</summary>
    Abandoned,
}
