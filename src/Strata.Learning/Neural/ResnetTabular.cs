using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Tables;
using Strata.Tensors;
using Strata.Tensors.Backends;

namespace Strata.Learning.Neural;

/// <summary>
/// Residual blocks for tables (Gorishniy et al. 2021): each adds to its input what two dense layers make of it, after batch normalisation.
/// </summary>
public sealed record ResnetTabular : TableNetworkRecipe
{
    internal const string AlgorithmName = "resnet_tabular";

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Number of blocks.", Min = 1, Max = 64, SearchMin = 1, SearchMax = 6)]
    public int Blocks { get; init; } = 3;

    [Hyperparameter("Numbers that go from block to block.", Min = 1, Max = 16_384, SearchMin = 64, SearchMax = 512, LogScale = true)]
    public int Width { get; init; } = 128;

    [Hyperparameter("Numbers inside a block, in widths.", Min = 0.1, Max = 16, SearchMin = 1, SearchMax = 4)]
    public double HiddenFactor { get; init; } = 2;

    [Hyperparameter("Share of a block's inner numbers left out by chance in each step.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5)]
    public double Dropout { get; init; } = 0.2;

    [Hyperparameter("Share of what a block adds left out by chance in each step.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5, Advanced = true)]
    public double ResidualDropout { get; init; }

    internal override TableEncoder Encoder(string prefix, TableEncoding columns, RandomSource? random) => new EmbeddedTable(prefix, columns, Width, width => Residuals(prefix, width, random), random);

    private Sequential Residuals(string prefix, int width, RandomSource? random)
    {
        int hidden = Math.Max(1, (int)Math.Round(Width * HiddenFactor));
        var layers = new List<Layer> { new Dense($"{prefix}first", width, Width, random) };
        for (int i = 0; i < Blocks; i++)
        {
            layers.Add(new Residual(new Sequential(
                new BatchNormalized($"{prefix}blocks.{i}.norm", Width),
                new Dense($"{prefix}blocks.{i}.in", Width, hidden, random),
                new Activated(Activation.Relu),
                new Dropped(Dropout),
                new Dense($"{prefix}blocks.{i}.out", hidden, Width, random),
                new Dropped(ResidualDropout))));
        }

        layers.AddRange([new BatchNormalized($"{prefix}norm", Width), new Activated(Activation.Relu)]);
        return new Sequential([.. layers]);
    }
}
