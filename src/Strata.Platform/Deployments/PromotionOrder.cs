using Strata.Platform.Models;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Deployments;

/// <summary>How a version is promoted.</summary>
public sealed record PromotionOrder
{
    /// <summary>Production or staged.</summary>
    public ModelVersionStatus To { get; init; } = ModelVersionStatus.Production;

    /// <summary>What becomes of the version that was in production: archived or staged.</summary>
    public ModelVersionStatus Previous { get; init; } = ModelVersionStatus.Archived;

    /// <summary>Whether gates that refuse are passed over. Approvals are not.</summary>
    public bool Force { get; init; }

    /// <summary>Why, for the history.</summary>
    public string? Reason { get; init; }

    /// <summary>What the deployment's history calls it.</summary>
    internal DeploymentChange Change { get; init; } = DeploymentChange.Promoted;

    internal static void CheckReason(string? reason, int most)
    {
        if (reason?.Length > most)
        {
            throw new DataException($"The reason has {reason.Length} letters; expected {most} at the most.");
        }
    }

    internal void Check(int mostReason)
    {
        CheckReason(Reason, mostReason);
        var problems = new List<string>();
        if (To is not (ModelVersionStatus.Production or ModelVersionStatus.Staged))
        {
            problems.Add($"to is {Storage.JsonText.NameOf(To)}; expected production or staged.");
        }

        if (Previous is not (ModelVersionStatus.Archived or ModelVersionStatus.Staged))
        {
            problems.Add($"previous is {Storage.JsonText.NameOf(Previous)}; expected archived or staged.");
        }

        if (Force && string.IsNullOrWhiteSpace(Reason))
        {
            problems.Add("force needs a reason, for the history.");
        }

        DataException.ThrowIfAny(problems);
    }
}
