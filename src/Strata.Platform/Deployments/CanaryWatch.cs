using Strata.Learning.Validation.Comparison;

namespace Strata.Platform.Deployments;

/// <summary>Looks after the trials of new models: one that is seen to be worse goes at once, one whose time is over without that gets all traffic.</summary>
internal sealed class CanaryWatch(DeploymentLibrary deployments, TimeProvider clock)
{
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
            await deployments.PromoteAsync(deployment.Name, canary.ModelId, DeploymentChange.CanaryPassed, note: $"The trial went well over {own.Requests} requests.").ConfigureAwait(false);
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
