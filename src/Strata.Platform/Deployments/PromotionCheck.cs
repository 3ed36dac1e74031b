using Strata.Platform.Models;

namespace Strata.Platform.Deployments;

/// <summary>What the gates and the approvals of a version say.</summary>
/// <param name="Version">The version.</param>
/// <param name="Gates">The outcome of each gate.</param>
/// <param name="ApprovalsNeeded">How many approvals are asked for.</param>
/// <param name="Approving">Those that count: of others than the one who promotes.</param>
/// <param name="Rejecting">Those that have rejected it.</param>
public sealed record PromotionCheck(ModelVersion Version, IReadOnlyList<GateOutcome> Gates, int ApprovalsNeeded, IReadOnlyList<Approval> Approving, IReadOnlyList<Approval> Rejecting)
{
    /// <summary>Which gates refuse.</summary>
    public IReadOnlyList<string> GateProblems => [.. Gates.Where(gate => gate.Refuses).Select(gate => gate.ToString())];

    /// <summary>What is missing of approvals, which nobody can force.</summary>
    public IReadOnlyList<string> ApprovalProblems =>
    [
        .. Rejecting.Select(approval => $"{approval.By} has rejected it{(approval.Comment.Length > 0 ? $": {approval.Comment}" : string.Empty)}."),
        .. Approving.Count < ApprovalsNeeded ? [$"It has {Approving.Count} of {ApprovalsNeeded} approvals by others than the one who promotes."] : Array.Empty<string>(),
    ];

    public IReadOnlyList<string> Problems => [.. GateProblems, .. ApprovalProblems];
}
