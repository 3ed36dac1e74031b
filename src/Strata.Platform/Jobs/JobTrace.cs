using System.Diagnostics;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>The trace of a job, from its start to its end; written when it has ended, since its worker is another process and may outlive the server.</summary>
internal static class JobTrace
{
    public static void Ended(Job job)
    {
        if (!Telemetry.Source.HasListeners())
        {
            return;
        }

        using Activity? trace = Telemetry.Source.StartActivity($"job {job.Kind}", ActivityKind.Internal, default(ActivityContext), startTime: job.StartedAt ?? job.CreatedAt);
        trace?.SetTag("strata.job.id", job.Id)
            .SetTag("strata.job.kind", job.Kind)
            .SetTag("strata.job.status", JsonText.NameOf(job.Status))
            .SetTag("strata.job.attempt", job.Attempt)
            .SetTag("strata.project", job.Project)
            .SetStatus(job.Status == JobStatus.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Unset)
            .SetEndTime((job.EndedAt ?? job.CreatedAt).UtcDateTime);
    }
}
