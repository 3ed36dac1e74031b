using Strata.Learning.Data;

namespace Strata.Platform.Deployments;

/// <summary>What a deployment shall serve from now on.</summary>
public sealed record DeploymentPlan
{
    private const int MostModels = 20;

    public required IReadOnlyList<DeployedModel> Models { get; init; }

    /// <summary>The share of predictions that are logged, 0 to 1.</summary>
    public double LogShare { get; init; } = 1;

    /// <summary>The trial that one of the models is on; null for none.</summary>
    public Canary? Canary { get; init; }

    /// <summary>All traffic to one model.</summary>
    public static DeploymentPlan Of(string modelId) => new() { Models = [new DeployedModel(modelId, 1)] };

    public bool Equals(DeploymentPlan? other) => other is not null && LogShare.Equals(other.LogShare) && Canary == other.Canary && Models.SequenceEqual(other.Models);

    public override int GetHashCode() => HashCode.Combine(Models.Count, LogShare, Canary);

    /// <summary>The models that answer, in the order of their ids; one on trial is not among them.</summary>
    internal IEnumerable<string> Settled() => Models.Where(model => model is { IsShadow: false, Weight: > 0 } && model.ModelId != Canary?.ModelId).Select(model => model.ModelId).Order(StringComparer.Ordinal);

    /// <exception cref="DataException">The plan makes no sense; all that is wrong with it at once.</exception>
    internal void Check()
    {
        var problems = new List<string>();
        if (Models.Count is 0 or > MostModels)
        {
            problems.Add($"There are {Models.Count} models; expected 1 to {MostModels}.");
        }

        problems.AddRange(Models.Where(model => !(model.Weight >= 0 && double.IsFinite(model.Weight))).Select(model => $"The weight of model '{model.ModelId}' is {model.Weight}; expected 0 or more."));
        problems.AddRange(Models.CountBy(model => model.ModelId).Where(count => count.Value > 1).Select(count => $"Model '{count.Key}' is named {count.Value} times; expected once."));
        if (Models.Count > 0 && !Models.Any(model => model is { IsShadow: false, Weight: > 0 }))
        {
            problems.Add("No model would answer; at least one that is no shadow takes a weight above 0.");
        }

        if (!(LogShare is >= 0 and <= 1))
        {
            problems.Add($"log_share is {LogShare}; expected 0 to 1.");
        }

        DataException.ThrowIfAny(problems);
    }
}
