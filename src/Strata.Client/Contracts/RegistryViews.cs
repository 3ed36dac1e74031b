namespace Strata.Client.Contracts;

/// <summary>A name under which versions of a model are registered, one after the other.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, the only one of its project.</param>
/// <param name="Project">The id of the project that it belongs to.</param>
/// <param name="Description">What people should know.</param>
/// <param name="Tags">Tags by key.</param>
/// <param name="Aliases">Further names of versions: the alias, and the number of the version that it means.</param>
/// <param name="Rules">What a version has to meet before it goes into production, and where it is served then.</param>
/// <param name="LatestVersions">The newest version of each status.</param>
/// <param name="Serving">What the bound deployment serves; null where none is bound, or it has served nothing yet.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it or a version was last changed.</param>
public sealed record RegisteredModelView(
    string Id,
    string Name,
    string Project,
    string Description,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyDictionary<string, int> Aliases,
    PromotionRulesView Rules,
    IReadOnlyList<ModelVersionView> LatestVersions,
    BoundDeploymentView? Serving,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>What the deployment of a registered model serves.</summary>
/// <param name="Deployment">Its name.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Versions">The versions of the registered model that answer.</param>
/// <param name="Agrees">Whether the version in production answers alone, save for a trial.</param>
public sealed record BoundDeploymentView(string Deployment, int Revision, IReadOnlyList<int> Versions, bool Agrees);

/// <summary>One version of a registered model.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Model">The registered model's name.</param>
/// <param name="Version">From 1; never given twice.</param>
/// <param name="Status">How far it has got.</param>
/// <param name="ModelId">The stored model that it is, which can be served; null where another program made it.</param>
/// <param name="RunId">The run that made it, or null.</param>
/// <param name="Source">Where it comes from, as its maker said.</param>
/// <param name="Algorithm">Of the stored model; else null.</param>
/// <param name="Metrics">Metrics of the stored model's test rows, or the last ones of the run; null where one is undefined.</param>
/// <param name="Description">What people should know.</param>
/// <param name="Tags">Tags by key.</param>
/// <param name="Aliases">Its further names.</param>
/// <param name="Approvals">What people have said of it: the last word of each.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record ModelVersionView(
    string Id,
    string Model,
    int Version,
    ModelVersionStatus Status,
    string? ModelId,
    string? RunId,
    string Source,
    string? Algorithm,
    IReadOnlyDictionary<string, double?> Metrics,
    string Description,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<ApprovalView> Approvals,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>Where a model version is in its life: registered, under trial, in use, no longer in use.</summary>
public enum ModelVersionStatus
{
    Training,
    Staged,
    Production,
    Archived,
}

/// <summary>What somebody has said of a version.</summary>
/// <param name="By">Who.</param>
/// <param name="Approved">Whether it may go into production in their eyes.</param>
/// <param name="Comment">Why.</param>
/// <param name="At">When.</param>
public sealed record ApprovalView(string By, bool Approved, string Comment, DateTimeOffset At);

/// <summary>What a version has to meet before it goes into production, and where it is served then.</summary>
/// <param name="Deployment">The deployment that serves what is in production; null for none.</param>
/// <param name="Approvals">How many people other than the one that promotes must have approved a version.</param>
/// <param name="Gates">What is measured at a promotion.</param>
public sealed record PromotionRulesView(string? Deployment, int Approvals, IReadOnlyList<GateView> Gates);

/// <summary>One thing that is measured when a version is promoted to production.</summary>
/// <param name="Kind">What is measured.</param>
/// <param name="Metric">The metric, for <c>metric_floor</c>, <c>metric_ceiling</c> and <c>not_worse</c>.</param>
/// <param name="Bound">
/// The least or greatest value: of the metric, of the calibration error, of the stability index (<c>drift</c>), of milliseconds for a single row (<c>latency</c>), or by how much the metric may be worse
/// than that of the version in production (<c>not_worse</c>). Nothing for <c>leak_audit</c>.
/// </param>
public sealed record GateView(GateKind Kind, string? Metric = null, double? Bound = null);

/// <summary>What a gate measures.</summary>
public enum GateKind
{
    MetricFloor,
    MetricCeiling,
    CalibrationError,
    Drift,
    Latency,
    LeakAudit,
    NotWorse,
}

/// <summary>Whether a version meets a gate; unknown where it could not be measured.</summary>
public enum GateVerdict
{
    Passed,
    Failed,
    Unknown,
}

/// <summary>What came of one gate.</summary>
/// <param name="Kind">What was measured.</param>
/// <param name="Metric">The metric, where the gate is of one.</param>
/// <param name="Bound">What was asked for.</param>
/// <param name="Value">What was found; null where it could not be measured, or is no number.</param>
/// <param name="Verdict">Whether it is met.</param>
/// <param name="Refuses">Whether it keeps the version out of production: a failed one does, and an unknown one but for drift.</param>
/// <param name="Why">In words.</param>
public sealed record GateOutcomeView(GateKind Kind, string? Metric, double? Bound, double? Value, GateVerdict Verdict, bool Refuses, string Why);

/// <summary>What the gates and the approvals of a version say now.</summary>
/// <param name="Model">The registered model.</param>
/// <param name="Version">The version.</param>
/// <param name="Gates">The outcome of each gate.</param>
/// <param name="ApprovalsNeeded">How many approvals are asked for.</param>
/// <param name="Approvals">What people have said.</param>
/// <param name="Ready">Whether the caller's promotion to production would not be refused.</param>
/// <param name="Problems">What stands against it, in words.</param>
public sealed record PromotionCheckView(
    string Model, int Version, IReadOnlyList<GateOutcomeView> Gates, int ApprovalsNeeded, IReadOnlyList<ApprovalView> Approvals, bool Ready, IReadOnlyList<string> Problems);

/// <summary>One thing that happened to a registered model. Entries are only ever added.</summary>
/// <param name="Sequence">Its place in the order.</param>
/// <param name="Model">The registered model's name at that time.</param>
/// <param name="Version">The version; null where the model as a whole is meant.</param>
/// <param name="What">What happened: registered, status, promoted, demoted, rolled_back, refused, approved, rejected, alias, rules, renamed, deleted.</param>
/// <param name="Before">What was so before; null for nothing.</param>
/// <param name="After">What is so since then; null for nothing.</param>
/// <param name="By">Who did it; null where nobody said.</param>
/// <param name="Note">Why, or null.</param>
/// <param name="Promotion">What was looked at when it was promoted, or refused; else null.</param>
/// <param name="At">When.</param>
public sealed record RegistryChangeView(
    long Sequence, string Model, int? Version, string What, string? Before, string? After, string? By, string? Note, PromotionRecordView? Promotion, DateTimeOffset At);

/// <summary>What was looked at in a promotion.</summary>
/// <param name="Gates">The outcome of each gate.</param>
/// <param name="Approvals">What people had said.</param>
/// <param name="Forced">The reason for which refusing gates were passed over; null where none were.</param>
/// <param name="Deployment">The deployment that serves the version since then, or null.</param>
/// <param name="Revision">The deployment's revision, or null.</param>
public sealed record PromotionRecordView(IReadOnlyList<GateOutcomeView> Gates, IReadOnlyList<ApprovalView> Approvals, string? Forced, string? Deployment, int? Revision);

/// <summary>What was in production at a moment.</summary>
/// <param name="Model">The registered model.</param>
/// <param name="At">The moment.</param>
/// <param name="Versions">The versions in production then; mostly one, or none.</param>
public sealed record ProductionView(string Model, DateTimeOffset At, IReadOnlyList<ProductionVersionView> Versions);

/// <summary>A version in production.</summary>
/// <param name="Version">The version.</param>
/// <param name="Since">From when on.</param>
/// <param name="By">Who brought it there, or null.</param>
public sealed record ProductionVersionView(int Version, DateTimeOffset Since, string? By);
