namespace Strata.Platform.Deployments;

/// <summary>One revision of a deployment with its models in memory. It never changes: a change puts another one in its place, and a request that began with this one ends with it.</summary>
public sealed class ServingDeployment
{
    private readonly ServedModel[] answering;

    /// <summary>Where between 0 and 1 the part of each answering model ends.</summary>
    private readonly double[] ends;

    internal ServingDeployment(Deployment deployment, IReadOnlyList<ServedModel> models, PredictionLog log)
    {
        (Deployment, Models, Log) = (deployment, models, log);
        answering = [.. models.Where(model => model.Deployed is { IsShadow: false, Weight: > 0 })];
        Shadows = [.. models.Where(model => model.Deployed.IsShadow)];
        double whole = answering.Sum(model => model.Deployed.Weight), sum = 0;
        ends = [.. answering.Select(model => (sum += model.Deployed.Weight) / whole)];
    }

    public Deployment Deployment { get; }

    public IReadOnlyList<ServedModel> Models { get; }

    /// <summary>The models that are asked beside.</summary>
    public IReadOnlyList<ServedModel> Shadows { get; }

    public PredictionLog Log { get; }

    public double LogShare => Deployment.Current.Plan.LogShare;

    /// <summary>The model that answers whoever has this key: the same as long as the weights stay, and whatever the key, the traffic is parted by the weights.</summary>
    public ServedModel Choose(string key)
    {
        if (answering.Length == 1)
        {
            return answering[0];
        }

        double place = TrafficHash.Place(Deployment.Name, key);
        int chosen = Array.FindIndex(ends, end => place < end);
        return answering[chosen < 0 ? ^1 : chosen];
    }

    /// <summary>Whether a prediction belongs to the sample that is logged.</summary>
    public bool IsLogged(string predictionId) => LogShare >= 1 || (LogShare > 0 && TrafficHash.Place("log", predictionId) < LogShare);
}
