namespace Strata.Client.Contracts;

/// <summary>A session that was started; it is a job, and survives a restart.</summary>
public sealed record SessionView(string SessionId);

/// <summary>How far a session is.</summary>
/// <param name="Status">Whether it still runs.</param>
/// <param name="Progress">Per cent done, 0 to 100.</param>
/// <param name="CurrentStep">What it does just now; why it failed, when it has.</param>
public sealed record SessionProgress(SessionStatus Status, double Progress, string CurrentStep);

/// <summary>The life of a session.</summary>
public enum SessionStatus
{
    Running,
    Completed,
    Error,
}
