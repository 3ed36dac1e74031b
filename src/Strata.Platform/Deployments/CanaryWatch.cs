using Strata.Learning.Validation.Comparison;
using Strata.Platform.Accounts;
using Strata.Platform.Models;

namespace Strata.Platform.Deployments;

/// <summary>Looks after the trials of new models: one that is seen to be worse goes at once, one whose time is over without that gets all traffic.</summary>
internal sealed class CanaryWatch(DeploymentLibrary deployments, Promotions promotions, ModelRegistry registry, TimeProvider clock)
{
    private static readonly Actor Server = new(null, "the server");

    private const double Level = 0.01;

    public async Task LookAsync()
    {
        foreach (Deployment deployment in deployments.InMemory.Select(serving => serving.Deployment).Where(deployment => deployment.Current.Plan.Canary is not null).ToArray())
        {
            await LookAsync(deployment, deployment.Current.Plan.Canary!).ConfigureAwait(false);
        }
    }

    private async Task LookAsync(Deployment deployment, Canary canary)
    {
        IReadOnlyList<(string ModelId, TrafficCell Cell)> traffic = deployments.Traffic(deployment.Name, deployment.Current.At.AddMinutes(-1));
        var shadows = deployment.Current.Plan.Models.Where(model => model.IsShadow).Select(model => model.ModelId).ToHashSet(StringComparer.Ordinal);
        ArmTraffic own = ArmTraffic.Of(traffic, id => id == canary.ModelId), others = ArmTraffic.Of(traffic, id => id != canary.ModelId && !shadows.Contains(id));
        string? worse = own.WorseThan(others, canary.MostFailures, canary.MostSlowdown, canary.LeastRequests) ?? WorseOutcomes(deployment, canary);
        if (worse is not null)
        {
            await deployments.RollBackAsync(deployment.Name, null, DeploymentChange.CanaryFailed, note: $"The trial of {canary.ModelId} ended: {worse}").ConfigureAwait(false);
        }
        else if (clock.GetUtcNow() >= canary.Until && own.Requests >= canary.LeastRequests)
        {
            await PassAsync(deployment.Name, canary.ModelId, $"The trial went well over {own.Requests} requests.").ConfigureAwait(false);
        }
    }

    /// <summary>In a bound deployment the trial's end is a promotion like any other: gates and approvals have their say.</summary>
    private async Task PassAsync(string name, string modelId, string note)
    {
        if (registry.BoundTo(name) is not RegisteredModel model)
        {
            await deployments.PromoteAsync(name, modelId, DeploymentChange.CanaryPassed, note: note).ConfigureAwait(false);
            return;
        }

        string? refusal = $"It is no version of '{model.Name}'.";
        if (registry.VersionsOf(modelId).FirstOrDefault(version => version.Name == model.Name) is { } version)
        {
            refusal = await PromoteAsync(model, version, note).ConfigureAwait(false);
        }

        if (refusal is not null)
        {
            await deployments.RollBackAsync(name, null, DeploymentChange.CanaryFailed, note: $"The trial of {modelId} went well, but it is not promoted. {refusal}").ConfigureAwait(false);
        }
    }

    private async Task<string?> PromoteAsync(RegisteredModel model, ModelVersion version, string note)
    {
        try
        {
            await promotions.PromoteAsync(model.Name, version.Version, Server, new PromotionOrder { Reason = note, Change = DeploymentChange.CanaryPassed }, model.Project).ConfigureAwait(false);
            return null;
        }
        catch (PromotionRefusedException e)
        {
            return e.Message;
        }
    }

    private string? WorseOutcomes(Deployment deployment, Canary canary)
    {
        OutcomeMeasure measure = OutcomeMeasures.UsualFor(deployments.Serving(deployment.Name).Models[0].Model.Signature.Task);
        var test = new SequentialTest(Level);
        foreach (KnownPrediction known in deployments.Known(deployment.Name, deployment.Current.At).Where(known => !known.IsShadow))
        {
            if (measure.Of(known) is double value)
            {
                test.Add(known.ModelId == canary.ModelId, value);
            }
        }

        return test.IsDecided && test.Difference > 0 != measure.MoreIsBetter()
            ? FormattableString.Invariant($"its outcomes are worse, {measure} {test.SecondMean:0.####} against {test.FirstMean:0.####} (p {test.PValue:0.0000}).")
            : null;
    }
}
