using Strata.Platform;
using Strata.Platform.Jobs;
using Strata.Server.Sessions;
using Strata.Server.Sources;

namespace Strata.Server;

/// <summary>The one table of what worker processes can do, and of what the server does when they have done it.</summary>
public static class HouseJobKinds
{
    /// <summary>For the worker: what each kind of job does.</summary>
    public static JobKinds All { get; } = new([.. StrataPlatform.Kinds, new FetchSource(), SessionJob.Custom, SessionJob.Pretrained]);

    /// <summary>For the server, before the platform starts: how the ends of the house's own kinds are filed.</summary>
    internal static void AddFinishes(StrataPlatform platform) => platform.Jobs.Add(new FetchSourceFinish(platform));
}
