namespace Strata.Platform.Models;

/// <summary>One thing that happened in the registry. Changes are only ever added, so that they tell what was in production at any time.</summary>
/// <param name="Sequence">Its place in the order.</param>
/// <param name="Model">The registered model's name at that time.</param>
/// <param name="Version">The version; null where the model as a whole is meant.</param>
/// <param name="What">What was changed: one of <see cref="RegistryChanges"/>.</param>
/// <param name="Before">What was so before; null for nothing.</param>
/// <param name="After">What is so since then; null for nothing.</param>
/// <param name="At">When.</param>
public sealed record RegistryChange(long Sequence, string Model, int? Version, string What, string? Before, string? After, DateTimeOffset At)
{
    /// <summary>Who did it; null where nobody said.</summary>
    public string? By { get; init; }

    /// <summary>Why; null where nothing was said.</summary>
    public string? Note { get; init; }

    /// <summary>What was looked at when a version was promoted, or refused; else null.</summary>
    public PromotionRecord? Promotion { get; init; }
}

/// <summary>What was looked at in a promotion.</summary>
/// <param name="Gates">The outcome of each gate.</param>
/// <param name="Approvals">What people had said.</param>
/// <param name="Forced">Why refusing gates were passed over; null where none were.</param>
/// <param name="Deployment">The deployment that serves the version since then; null for none.</param>
/// <param name="Revision">The deployment's revision.</param>
public sealed record PromotionRecord(IReadOnlyList<GateOutcome> Gates, IReadOnlyList<Approval> Approvals, string? Forced = null, string? Deployment = null, int? Revision = null);

/// <summary>The words for what happens in the registry.</summary>
public static class RegistryChanges
{
    public const string Registered = "registered";
    public const string Renamed = "renamed";
    public const string Deleted = "deleted";
    public const string Alias = "alias";
    public const string Rules = "rules";

    /// <summary>A plain change of status.</summary>
    public const string Status = "status";

    public const string Promoted = "promoted";
    public const string Demoted = "demoted";
    public const string RolledBack = "rolled_back";

    /// <summary>A promotion that gates or missing approvals kept from happening.</summary>
    public const string Refused = "refused";

    public const string Approved = "approved";
    public const string Rejected = "rejected";
}
