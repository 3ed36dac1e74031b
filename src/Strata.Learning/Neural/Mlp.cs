using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Tables;
using Strata.Tensors;
using Strata.Tensors.Backends;

namespace Strata.Learning.Neural;

/// <summary>How a network's inner numbers are kept in range.</summary>
public enum Normalization
{
    None,

    /// <summary>Over the rows of a step.</summary>
    Batch,

    /// <summary>Over the numbers of a row.</summary>
    Layer,
}

/// <summary>A multilayer perceptron for tables: dense layers of equal width, one after the other.</summary>
public sealed record Mlp : TableNetworkRecipe
{
    internal const string AlgorithmName = "mlp";

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Number of hidden layers.", Min = 1, Max = 64, SearchMin = 1, SearchMax = 6)]
    public int Layers { get; init; } = 3;

    [Hyperparameter("Numbers of each hidden layer.", Min = 1, Max = 16_384, SearchMin = 32, SearchMax = 512, LogScale = true)]
    public int Width { get; init; } = 192;

    [Hyperparameter("The function between layers.")]
    public Activation Activation { get; init; } = Activation.Relu;

    [Hyperparameter("How inner numbers are kept in range.")]
    public Normalization Normalization { get; init; } = Normalization.None;

    [Hyperparameter("Share of inner numbers left out by chance in each step.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5)]
    public double Dropout { get; init; } = 0.1;

    internal override TableEncoder Encoder(string prefix, TableEncoding columns, RandomSource? random) => new EmbeddedTable(prefix, columns, Width, width => Hidden(prefix, width, random), random);

    private Sequential Hidden(string prefix, int width, RandomSource? random)
    {
        var layers = new List<Layer>();
        for (int i = 0; i < Layers; i++)
        {
            layers.Add(new Dense($"{prefix}hidden.{i}", i == 0 ? width : Width, Width, random));
            layers.AddRange(Normalization.Of($"{prefix}norm.{i}", Width));
            layers.Add(new Activated(Activation));
            layers.Add(new Dropped(Dropout));
        }

        return new Sequential([.. layers]);
    }
}
