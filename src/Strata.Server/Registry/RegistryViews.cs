using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Deployments;
using Strata.Platform.Models;
using Wire = Strata.Client.Contracts;

namespace Strata.Server.Registry;

internal static class RegistryViews
{
    public static RegisteredModelView View(this RegisteredModel model, StrataPlatform platform) => new(
        model.Id,
        model.Name,
        model.Project,
        model.Description,
        model.Tags,
        model.Aliases,
        new PromotionRulesView(model.Rules.Deployment, model.Rules.Approvals, [.. model.Rules.Gates.Select(View)]),
        [.. model.LatestVersions.Select(version => version.View(platform))],
        platform.Promotions.Bound(model) is { } deployment ? View(model, deployment, platform) : null,
        model.CreatedAt,
        model.UpdatedAt);

    public static ModelVersionView View(this ModelVersion version, StrataPlatform platform) => new(
        version.Id,
        version.Name,
        version.Version,
        version.Status.To<Wire.ModelVersionStatus>(),
        version.ModelId,
        version.RunId,
        version.Source,
        version.ModelId is string id ? platform.Models.Find(id)?.Algorithm : null,
        platform.Promotions.MetricsOf(version).ToDictionary(metric => metric.Key, metric => (double?)metric.Value, StringComparer.Ordinal),
        version.Description,
        version.Tags,
        version.Aliases,
        [.. version.Approvals.Select(View)],
        version.CreatedAt,
        version.UpdatedAt);

    public static PromotionCheckView View(this PromotionCheck check) => new(
        check.Version.Name, check.Version.Version, [.. check.Gates.Select(View)], check.ApprovalsNeeded, [.. check.Version.Approvals.Select(View)], check.Problems.Count == 0, check.Problems);

    public static RegistryChangeView View(this RegistryChange change) =>
        new(change.Sequence, change.Model, change.Version, change.What, change.Before, change.After, change.By, change.Note, change.Promotion is { } promotion ? View(promotion) : null, change.At);

    private static PromotionRecordView View(PromotionRecord record) =>
        new([.. record.Gates.Select(View)], [.. record.Approvals.Select(View)], record.Forced, record.Deployment, record.Revision);

    private static GateView View(Gate gate) => new(gate.Kind.To<Wire.GateKind>(), gate.Metric, gate.Bound);

    private static GateOutcomeView View(GateOutcome outcome) =>
        new(outcome.Gate.Kind.To<Wire.GateKind>(), outcome.Gate.Metric, outcome.Gate.Bound, outcome.Value, outcome.Verdict.To<Wire.GateVerdict>(), outcome.Refuses, outcome.Why);

    private static ApprovalView View(Approval approval) => new(approval.By, approval.Approved, approval.Comment, approval.At);

    private static BoundDeploymentView View(RegisteredModel model, Deployment deployment, StrataPlatform platform)
    {
        string[] answering = [.. deployment.Current.Plan.Models.Where(served => served is { IsShadow: false, Weight: > 0 }).Select(served => served.ModelId)];
        int[] versions = [.. answering.SelectMany(platform.Registry.VersionsOf).Where(version => version.Name == model.Name).Select(version => version.Version).Distinct().Order()];
        return new BoundDeploymentView(deployment.Name, deployment.Current.Number, versions, platform.Promotions.Agrees(model));
    }
}
