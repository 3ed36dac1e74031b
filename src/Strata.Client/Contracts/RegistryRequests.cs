namespace Strata.Client.Contracts;

/// <summary>A new registered model, without versions.</summary>
/// <param name="Name">A name that no other registered model of the project has.</param>
/// <param name="Description">What people should know.</param>
/// <param name="Tags">Tags by key.</param>
/// <param name="Project">The id or name of the project that it goes to; null for the only one that it can be.</param>
public sealed record RegisteredModelRequest(string Name, string? Description = null, IReadOnlyDictionary<string, string>? Tags = null, string? Project = null);

/// <summary>Changes of a registered model; what is left out stays.</summary>
/// <param name="Name">A new name.</param>
/// <param name="Description">A new description.</param>
/// <param name="Tags">Tags to set; one that is null is removed.</param>
public sealed record RegisteredModelChangeRequest(string? Name = null, string? Description = null, IReadOnlyDictionary<string, string?>? Tags = null);

/// <summary>The rules of a registered model, all of them.</summary>
/// <param name="Deployment">The deployment that serves what is in production; it is made at the first promotion when missing. Null for none.</param>
/// <param name="Approvals">How many people other than the one that promotes must have approved a version.</param>
/// <param name="Gates">What is measured at a promotion.</param>
public sealed record PromotionRulesRequest(string? Deployment = null, int Approvals = 0, IReadOnlyList<GateView>? Gates = null);

/// <summary>Registers a finished model of Strata as a version. The same model once more is the version that is there.</summary>
/// <param name="ModelId">The stored model; or else</param>
/// <param name="RunId">the run that trained it; or else</param>
/// <param name="JobId">the job that did.</param>
/// <param name="Description">What people should know of this version.</param>
/// <param name="Tags">Tags by key.</param>
/// <param name="Alias">A further name of the version.</param>
public sealed record ModelVersionRequest(
    string? ModelId = null, string? RunId = null, string? JobId = null, string? Description = null, IReadOnlyDictionary<string, string>? Tags = null, string? Alias = null);

/// <summary>Changes of a version; what is left out stays.</summary>
/// <param name="Description">A new description.</param>
/// <param name="Tags">Tags to set; one that is null is removed.</param>
/// <param name="Aliases">Further names that shall mean this version.</param>
public sealed record ModelVersionChangeRequest(string? Description = null, IReadOnlyDictionary<string, string?>? Tags = null, IReadOnlyList<string>? Aliases = null);

/// <summary>Moves a version up.</summary>
/// <param name="To"><c>production</c> or <c>staged</c>.</param>
/// <param name="Previous">What becomes of the version that was in production: <c>archived</c> or <c>staged</c>.</param>
/// <param name="Force">Whether to pass over gates that refuse; takes an administrator of the project, and a reason.</param>
/// <param name="Reason">Why, for the history.</param>
public sealed record VersionPromotionRequest(
    ModelVersionStatus To = ModelVersionStatus.Production, ModelVersionStatus Previous = ModelVersionStatus.Archived, bool Force = false, string? Reason = null);

/// <summary>Moves a version down.</summary>
/// <param name="To"><c>archived</c>, <c>staged</c> or <c>training</c>.</param>
/// <param name="Reason">Why, for the history.</param>
public sealed record VersionDemotionRequest(ModelVersionStatus To = ModelVersionStatus.Archived, string? Reason = null);

/// <summary>What somebody says of a version.</summary>
/// <param name="Approved">Whether it may go into production.</param>
/// <param name="Comment">Why.</param>
public sealed record ApprovalRequest(bool Approved = true, string? Comment = null);
