using Strata.Platform.Runs;

namespace Strata.Platform.Jobs;

/// <summary>
/// Something that happened to a job, named <c>status</c> or <c>progress</c> (then the job is there), <c>metric</c> or <c>log</c>. The id grows with every
/// event, also over restarts; a listener resumes after the last one it saw.
/// </summary>
public sealed record JobEvent(long Id, string JobId, string Name, Job? Job = null, MetricPoint? Metric = null, LogLine? Line = null)
{
    public bool IsLast => Name == "status" && Job!.Status.IsEnded();
}
