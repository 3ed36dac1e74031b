namespace Strata.Platform.Runs;

/// <summary>How far a run is. That of a run with a job follows the job; whoever reports another says it himself.</summary>
public enum RunStatus
{
    Scheduled,
    Running,
    Finished,
    Failed,
    Killed,
}
