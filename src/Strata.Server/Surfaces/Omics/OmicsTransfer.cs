using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Client.Contracts;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Neural.Transfer;
using Strata.Platform;
using Strata.Platform.Datasets;
using Strata.Platform.Storage;
using Strata.Server.Runs;
using Strata.Server.Safety;

namespace Strata.Server.Surfaces.Omics;

/// <summary>A network that is built as another was, so that its weights fit, and begins from them.</summary>
internal static class OmicsTransfer
{
    /// <exception cref="NotFoundException">There is no such base, or the caller may not see it.</exception>
    /// <exception cref="DataException">The base is no network, or the request makes no sense; all problems at once.</exception>
    public static async Task<AskedRun> ToRun(this OmicsTransferRequest request, Dataset dataset, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        if (request.BaseModelId is null == request.Pretrained is null)
        {
            throw new DataException("Expected 'base_model_id', a stored model, or the name of something 'pretrained', one of them.");
        }

        var start = new StartRequest(request.BaseModelId, request.Pretrained, request.AgainstScratch);
        using StartingWeights weights = (await StartingWeights.Find(start, caller, platform, cancellation).ConfigureAwait(false))!;
        GivenNetwork? given = GivenNetwork.Of(weights.Tensors);
        bool isBuiltAlike = given is not null && (request.Architecture is null || NamedAlgorithm.Of(request.Architecture, "architecture", dataset, request.SequenceColumns is not null).Name == given.Algorithm);
        Dictionary<string, JsonElement> settings = Settings(request, isBuiltAlike ? given!.Settings : new Dictionary<string, JsonNode?>());
        AskedRun asked = request.ToRun(dataset, request.Architecture ?? given?.Algorithm, settings, weights.Weights.ModelId is string id ? PreparationOf(id, platform) : null, start);
        return isBuiltAlike ? asked with { Notes = [$"The network is built as that of '{weights.Weights.Name}' ({given!.Algorithm}).", .. asked.Notes] } : asked;
    }

    private static Dictionary<string, JsonElement> Settings(OmicsTransferRequest request, IReadOnlyDictionary<string, JsonNode?> ofBase)
    {
        var settings = ofBase.ToDictionary(setting => setting.Key, setting => JsonSerializer.SerializeToElement(setting.Value));
        foreach ((string name, JsonElement value) in request.Hyperparameters ?? new Dictionary<string, JsonElement>())
        {
            settings[name] = value;
        }

        if (request.FreezeLayers is { Count: > 0 } layers)
        {
            settings["freeze"] = JsonSerializer.SerializeToElement(string.Join(',', layers));
        }

        if (request.ThawEvery is int epochs)
        {
            settings["thaw_every"] = JsonSerializer.SerializeToElement(epochs);
        }

        return settings;
    }

    /// <summary>The steps before the base's network, which its columns come from; null for the usual ones.</summary>
    private static StepRequest[]? PreparationOf(string modelId, StrataPlatform platform)
    {
        using Stream file = platform.Models.OpenFile(modelId);
        return ModelFile.Load(file).Card.Plan is JsonObject plan && plan["preparation"] is JsonArray steps
            ? [.. JsonText.Read<StepPlan[]>(steps.ToJsonString()).Select(step => new StepRequest(step.Step, step.Settings.ToDictionary(setting => setting.Key, setting => JsonSerializer.SerializeToElement(setting.Value))))]
            : null;
    }
}
