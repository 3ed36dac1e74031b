namespace Strata.Platform.Runs;

/// <summary>Weights that a training of a network begins from.</summary>
/// <param name="Name">What people call them.</param>
/// <param name="Hash">Of the stored model file, or of the stored file of weights.</param>
/// <param name="ModelId">The stored model; null for weights that are no model.</param>
/// <param name="IsComparedWithChance">Whether the same network is also trained from scratch, to tell what the weights are worth.</param>
public sealed record StartWeights(string Name, string Hash, string? ModelId = null, bool IsComparedWithChance = false)
{
    /// <summary>The name of the job's input that holds them, and of the part of its payload that tells of them.</summary>
    public const string Input = "start";
}
