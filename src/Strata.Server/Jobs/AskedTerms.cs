using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Storage;
using Strata.Server.Safety;

namespace Strata.Server.Jobs;

/// <summary>The terms of a job that a request asks for.</summary>
internal static class AskedTerms
{
    public static JobTerms Terms(this Caller caller) => new() { AskedBy = caller.IsLocalOwner ? JobTerms.LocalOwner : caller.Actor.Name };

    /// <exception cref="NotFoundException">One of the jobs that it is to come after does not exist, or the caller may not see it.</exception>
    public static JobTerms Terms(this Caller caller, Client.Contracts.JobPriority? priority, IReadOnlyList<string>? after, StrataPlatform platform)
    {
        foreach (string id in after ?? [])
        {
            caller.RequireNamed(Role.Viewer, Thing.Job, id, platform);
        }

        return caller.Terms() with { Priority = (priority ?? Client.Contracts.JobPriority.Normal).To<Platform.Storage.JobPriority>(), After = after ?? [] };
    }
}
