namespace Strata.Platform.Deployments;

/// <summary>One stored model in a deployment.</summary>
/// <param name="ModelId">The stored model.</param>
/// <param name="Weight">Its part of the traffic, relative to the weights of the others; 0 or more.</param>
/// <param name="IsShadow">Whether it is only asked beside the others and never answers.</param>
public sealed record DeployedModel(string ModelId, double Weight, bool IsShadow = false);
