using System.Security.Cryptography;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Optimizers;
using Strata.Learning.Neural.Training;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Transfer;

/// <summary>A training that begins from weights from elsewhere, keeps some layers as they are, thaws them one after the other, and moves layers near the inputs less.</summary>
internal sealed class TransferStart : INetworkStart
{
    private readonly NetworkRecipe recipe;
    private readonly Safetensors? weights;
    private readonly Schema features;
    private string[] frozen = [];
    private List<string> notes = [];

    private TransferStart(NetworkRecipe recipe, Schema features) => (this.recipe, weights, this.features) = (recipe, recipe.InitialWeights, features);

    public object Fingerprint => new { weights = weights is null ? null : Hash(weights) };

    public IReadOnlyList<string> Notes => notes;

    /// <summary>What became of the weights; null where there are none.</summary>
    public TransferReport? Report { get; private set; }

    /// <summary>What a recipe asks for, or null where it asks for nothing of the kind.</summary>
    public static TransferStart? Of(NetworkRecipe recipe, Schema features) =>
        recipe.InitialWeights is null && string.IsNullOrWhiteSpace(recipe.Freeze) && recipe.ThawEvery == 0 && recipe.LayerRateDecay == 1 ? null : new TransferStart(recipe, features);

    public void Begin(Network network)
    {
        notes = [];
        if (weights is not null)
        {
            Report = Load(network);
            notes.AddRange(Report.Sentences);
            notes.AddRange(OtherColumns());
        }

        var layers = new NetworkLayers(network);
        IReadOnlySet<string> chosen = string.IsNullOrWhiteSpace(recipe.Freeze)
            ? recipe.ThawEvery > 0 ? layers.Names.SkipLast(1).ToHashSet() : new HashSet<string>()
            : layers.Named(recipe.Freeze.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        frozen = [.. layers.Names.Where(chosen.Contains)];
        if (frozen.Length == layers.Names.Count)
        {
            throw new DataException($"freeze '{recipe.Freeze}' holds every layer of the network, so that nothing can be learned; leave out the last, '{layers.Names[^1]}'.");
        }
    }

    public IReadOnlyList<ParameterGroup> Groups(Network network, double weightDecay)
    {
        var layers = new NetworkLayers(network);
        return
        [
            .. network.Parameters.GroupBy(layers.DistanceFromHead).OrderBy(group => group.Key)
                .SelectMany(group => ParameterGroup.Of([.. group], weightDecay).Select(one => one with { RateFactor = Math.Pow(recipe.LayerRateDecay, group.Key) })),
        ];
    }

    public void BeginEpoch(Network network, int epoch)
    {
        int thawed = recipe.ThawEvery == 0 ? 0 : Math.Min(frozen.Length, epoch / recipe.ThawEvery);
        var still = frozen[..^thawed].ToHashSet(StringComparer.Ordinal);
        foreach (Parameter<float> parameter in network.Parameters)
        {
            parameter.IsFrozen = still.Contains(NetworkLayers.LayerOf(parameter));
        }
    }

    /// <summary>Copies what fits by name and shape.</summary>
    /// <exception cref="DataException">Nothing fits.</exception>
    private TransferReport Load(Network network)
    {
        var (matched, missing, reshaped) = (new List<string>(), new List<string>(), new List<string>());
        foreach (Parameter<float> parameter in network.State)
        {
            SafeTensor? given = weights!.TryGet(parameter.Name);
            bool fits = given is not null && given.Shape.SequenceEqual(TorchLayout.ShapeOf(parameter.Shape)) && HasSameLevels(parameter.Name);
            (given is null ? missing : fits ? matched : reshaped).Add(parameter.Name);
            if (fits)
            {
                float[] values = TorchLayout.FromTorch(given!.ToSingles(), parameter.Shape);
                if (!values.All(float.IsFinite))
                {
                    throw new DataException($"A number of '{parameter.Name}' in the given weights is not finite.");
                }

                values.CopyTo(parameter.Values);
            }
        }

        var known = network.State.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        string[] unused = [.. weights!.Tensors.Select(tensor => tensor.Name).Where(name => !known.Contains(name))];
        return matched.Count > 0
            ? new TransferReport(matched, missing, reshaped, unused)
            : throw new DataException($"None of the given weights fits this network by name and shape. Given: {NearNames.List([.. weights.Tensors.Select(tensor => tensor.Name)], 8)}. The network has: {NearNames.List([.. known], 8)}. Take the algorithm and settings they were learned with.");
    }

    /// <summary>Whether a learned table of a category column speaks of the same levels in the same order.</summary>
    private bool HasSameLevels(string name)
    {
        string[] parts = name.Split('.');
        int at = Array.IndexOf(parts, "categories");
        if (at < 0 || at + 1 >= parts.Length || !int.TryParse(parts[at + 1], out int place) || WeightsMetadata.SchemaOf(weights!) is not Schema learned)
        {
            return true;
        }

        IReadOnlyList<string>? own = Category(features), theirs = Category(learned);
        return own is not null && theirs is not null && own.SequenceEqual(theirs);

        IReadOnlyList<string>? Category(Schema schema) => schema.Columns.Where(column => column.Type == ColumnType.Category).Skip(place).FirstOrDefault()?.Levels;
    }

    private string[] OtherColumns()
    {
        string[] learned = [.. WeightsMetadata.SchemaOf(weights!)?.Names ?? features.Names];
        return learned.SequenceEqual(features.Names) ? [] : [$"The given weights were learned on other columns ({NearNames.List(learned, 8)}): what they know of one goes to the column in its place."];
    }

    private static string Hash(Safetensors weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SafeTensor tensor in weights.Tensors)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(tensor.Name));
            hash.AppendData(tensor.Bytes.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
