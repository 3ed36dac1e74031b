using Strata.Learning.Neural.Augmentation;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Tables;
using Strata.Tensors;
using Strata.Tensors.Backends;

namespace Strata.Learning.Neural.Architectures;

/// <summary>
/// What recipes of networks for columns of arrays have in common: each array column gets an encoder of its own, other columns a small perceptron, and what they make is joined before
/// the head. For a cell that is missing a learned vector stands in.
/// </summary>
public abstract record ArrayNetworkRecipe : NetworkRecipe
{
    private const int TableWidth = 64;

    private protected ArrayNetworkRecipe()
    {
    }

    [Hyperparameter("How the numbers of arrays are brought into range: by each channel of the training rows, by each row of its own, or not at all.")]
    public Scaling Scaling { get; init; } = Scaling.Channel;

    [Hyperparameter("Numbers of each hidden layer between what was made of the columns and the head; 0 for no such layer.", Min = 0, Max = 16_384, Advanced = true)]
    public int JoinedWidth { get; init; } = 128;

    [Hyperparameter("How many hidden layers there are; empty takes one where several columns are joined, and none for one column.", Min = 0, Max = 16, Advanced = true)]
    public int? JoinedLayers { get; init; }

    [Hyperparameter("Share of the hidden layers' numbers left out by chance in each step.", Min = 0, Max = 0.95, Advanced = true)]
    public double JoinedDropout { get; init; }

    [Hyperparameter("How the arrays of training rows are varied by chance: " + AugmentationPlan.Words + ".", Advanced = true)]
    public IReadOnlyList<string> Augment { get; init; } = [];

    internal sealed override AugmentationPlan Augmentation => AugmentationPlan.Of(Augment);

    /// <summary>The encoder of one array column.</summary>
    /// <param name="name">Before the names of its parameters, without a dot at the end.</param>
    /// <param name="channels">Of the arrays that will come.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    internal abstract Encoder Encoder(string name, int channels, RandomSource? random);

    internal sealed override Network Build(InputEncoding encoding, int outputs, RandomSource? random)
    {
        Encoder[] encoders = [.. encoding.Arrays.Select((array, i) => Encoder($"encoders.{i}", array.InputChannels, random))];
        TableEncoder? table = encoding.Table is null ? null : new Mlp { Layers = 2, Width = TableWidth }.Encoder("table.", encoding.Table, random);
        int width = encoders.Sum(encoder => encoder.Width) + (table?.Width ?? 0);
        bool isJoined = encoders.Length + (table is null ? 0 : 1) > 1;
        return new Network(table, encoders, new Sequential([.. Behind(width, JoinedWidth == 0 ? 0 : JoinedLayers ?? (isJoined ? 1 : 0), outputs, random)]));
    }

    /// <summary>From what was made of the columns to raw scores.</summary>
    private IEnumerable<Layer> Behind(int width, int layers, int outputs, RandomSource? random)
    {
        for (int i = 0; i < layers; i++)
        {
            yield return new Dense(i == 0 ? "joined" : $"joined.{i}", width, JoinedWidth, random);
            yield return new Activated(Activation.Relu);
            yield return new Dropped(JoinedDropout);
            width = JoinedWidth;
        }

        yield return new Dense("head", width, outputs, random);
    }
}
