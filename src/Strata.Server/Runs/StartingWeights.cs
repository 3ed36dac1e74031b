using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Server.Pretrained;
using Strata.Server.Safety;

namespace Strata.Server.Runs;

/// <summary>The stored weights that a training begins from, held until its job refers to them.</summary>
/// <param name="Weights">Where they are.</param>
/// <param name="Tensors">What they are.</param>
/// <param name="Held">Keeps them stored; null where a model does.</param>
internal sealed record StartingWeights(StartWeights Weights, Safetensors Tensors, Blob? Held = null) : IDisposable
{
    /// <summary>What a request asks for; null where it asks for none.</summary>
    /// <exception cref="NotFoundException">There is no such model, or the caller may not see it.</exception>
    /// <exception cref="DataException">The weights are of no network.</exception>
    public static async Task<StartingWeights?> Find(StartRequest? asked, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        if (asked is null)
        {
            return null;
        }

        if (asked.ModelId is null == asked.Pretrained is null)
        {
            throw new DataException("'start_from' takes a 'model_id' or the name of something 'pretrained', one of them.");
        }

        if (asked.ModelId is not string id)
        {
            return await OfName(asked.Pretrained!, asked, platform, cancellation).ConfigureAwait(false);
        }

        caller.Require(Role.Viewer, Thing.Model, id, platform);
        return OfModel(platform.Models.Get(id), asked, platform);
    }

    /// <exception cref="DataException">The plan trains no network.</exception>
    public static void ThrowIfNoNetwork(StartRequest? asked, TrainingPlan plan)
    {
        if (asked is not null && Learning.Catalog.Algorithms.Named(plan.Algorithm).Recipe() is not NetworkRecipe)
        {
            throw new DataException($"'{plan.Algorithm}' is no network; only networks begin from given weights. Leave out 'start_from', or choose the algorithm of the network that the weights are of.");
        }
    }

    public void Dispose() => Held?.Dispose();

    private static async Task<StartingWeights> OfName(string name, StartRequest asked, StrataPlatform platform, CancellationToken cancellation)
    {
        if (platform.Models.FindPretrained(name) is StoredModel shipped)
        {
            return OfModel(shipped, asked, platform);
        }

        Safetensors weights = platform.WeightsFolder().TryRead(name)
            ?? throw new DataException($"There is nothing pretrained called '{name}'. There are: {NearNames.List(PretrainedNames.All(platform), 20)}.");
        using var memory = new MemoryStream();
        weights.Write(memory);
        Blob held = await platform.Storage.Blobs.WriteAsync(memory.GetBuffer().AsMemory(0, (int)memory.Length), cancellation).ConfigureAwait(false);
        return new StartingWeights(new StartWeights(name, held.Hash, null, asked.AgainstScratch), weights, held);
    }

    private static StartingWeights OfModel(StoredModel stored, StartRequest asked, StrataPlatform platform) =>
        new(new StartWeights(stored.Name, stored.Hash, stored.Id, asked.AgainstScratch), InitialWeights.Of(platform.Models.Load(stored)));
}
