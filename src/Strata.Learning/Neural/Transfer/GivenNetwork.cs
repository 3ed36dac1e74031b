using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Neural.Transfer;

/// <summary>Of which network weights are: a training that is to begin from them builds the same.</summary>
/// <param name="Algorithm">The algorithm's name.</param>
/// <param name="Settings">The hyperparameters that decide which layers there are, by name; how it was trained is none of these.</param>
public sealed record GivenNetwork(string Algorithm, IReadOnlyDictionary<string, JsonNode?> Settings)
{
    private static readonly HashSet<string> OfTraining = [.. typeof(NetworkRecipe).GetProperties().Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))];

    /// <summary>What a file of weights says; null where it says nothing.</summary>
    /// <exception cref="ModelFileException">What it says cannot be read.</exception>
    public static GivenNetwork? Of(Safetensors weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (!weights.Metadata.TryGetValue(WeightsMetadata.Algorithm, out string? algorithm) || !weights.Metadata.TryGetValue(WeightsMetadata.Recipe, out string? recipe))
        {
            return null;
        }

        try
        {
            return new GivenNetwork(algorithm, (JsonNode.Parse(recipe) as JsonObject ?? []).Where(setting => setting.Value is not null && !OfTraining.Contains(setting.Key)).ToDictionary(setting => setting.Key, setting => setting.Value?.DeepClone()));
        }
        catch (JsonException e)
        {
            throw new ModelFileException("The settings in the metadata of the given weights are not readable.", e);
        }
    }
}
