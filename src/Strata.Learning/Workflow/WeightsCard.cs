using System.Text.Json;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Workflow;

/// <summary>What pretrained weights are: how they were learned, on which data, under which licence, how good they are, and the columns they expect. It stands in their file.</summary>
public sealed record WeightsCard
{
    private const string Key = "strata_card";

    /// <summary>By which a training asks for them.</summary>
    public required string Name { get; init; }

    /// <summary>What they are good for, one or two sentences.</summary>
    public string? Summary { get; init; }

    public required string Algorithm { get; init; }

    /// <summary>The table's name and the SHA-256 of its content.</summary>
    public required string TrainedOn { get; init; }

    public required int TrainedRows { get; init; }

    public string? Licence { get; init; }

    /// <summary>On rows held back.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    public required Schema Inputs { get; init; }

    /// <summary>The weights with this card in their file.</summary>
    public Safetensors AddTo(Safetensors weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new Safetensors(weights.Tensors, new Dictionary<string, string>(weights.Metadata) { [Key] = JsonSerializer.Serialize(this, ModelFileJson.Options) });
    }

    /// <summary>The card in a file of weights, or null.</summary>
    /// <exception cref="ModelFileException">There is one that cannot be read.</exception>
    public static WeightsCard? Of(Safetensors weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        try
        {
            return weights.Metadata.TryGetValue(Key, out string? text) ? JsonSerializer.Deserialize<WeightsCard>(text, ModelFileJson.Options) : null;
        }
        catch (JsonException e)
        {
            throw new ModelFileException("The card of the weights is not readable.", e);
        }
    }
}
