using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Server.Safety;

namespace Strata.Server.Registry;

/// <summary>The stored model that a run or a job has come to.</summary>
internal static class FinishedModel
{
    /// <exception cref="ConflictException">It has none, or none yet.</exception>
    public static string OfRun(string id, Caller caller, StrataPlatform platform)
    {
        caller.Require(Role.Viewer, Thing.Run, id, platform);
        Run run = platform.Runs.Get(id);
        return run.ModelId ?? throw new ConflictException($"The run '{run.Name}' has no model of Strata{(run.JobId is null ? string.Empty : " (yet)")}.");
    }

    /// <inheritdoc cref="OfRun"/>
    public static string OfJob(string id, Caller caller, StrataPlatform platform)
    {
        caller.Require(Role.Viewer, Thing.Job, id, platform);
        Job job = platform.Jobs.Get(id);
        return job.Result?["model_id"]?.GetValue<string>()
            ?? throw new ConflictException($"The job {id} {(job.Status.IsEnded() ? "ended without a model" : "has no model yet; it is still at work")}.");
    }
}
