using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Deployments;
using Strata.Platform.Models;
using Strata.Server.Safety;
using ModelVersionStatus = Strata.Platform.Models.ModelVersionStatus;

namespace Strata.Server.Registry;

/// <summary>A promotion as a request asks for it; passing over gates is for administrators of the project.</summary>
internal static class PromotionAsked
{
    public static Task<ModelVersion> Carry(ModelVersion version, VersionPromotionRequest? request, string project, Caller caller, StrataPlatform platform)
    {
        VersionPromotionRequest asked = request ?? new VersionPromotionRequest();
        if (asked.Force)
        {
            caller.Require(Role.Admin, Thing.Project, project, platform);
        }

        var order = new PromotionOrder
        {
            To = asked.To.To<ModelVersionStatus>(),
            Previous = asked.Previous.To<ModelVersionStatus>(),
            Force = asked.Force,
            Reason = asked.Reason,
        };
        return platform.Promotions.PromoteAsync(version.Name, version.Version, caller.Actor, order, project);
    }
}
