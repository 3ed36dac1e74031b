using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Tables;
using Strata.Tensors;
using Strata.Tensors.Backends;

namespace Strata.Learning.Neural;

/// <summary>
/// A transformer for tables (FT-Transformer, Gorishniy et al. 2021): each cell becomes a token, and one more token, which looks at all of them through the blocks, tells the answer.
/// </summary>
public sealed record FtTransformer : TableNetworkRecipe
{
    internal const string AlgorithmName = "ft_transformer";

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Number of blocks.", Min = 1, Max = 64, SearchMin = 1, SearchMax = 6)]
    public int Layers { get; init; } = 3;

    [Hyperparameter("Heads of each block's attention.", Min = 1, Max = 64, SearchMin = 4, SearchMax = 8)]
    public int Heads { get; init; } = 8;

    [Hyperparameter("Numbers of each head; heads times this are a token.", Min = 1, Max = 512, SearchMin = 4, SearchMax = 48, LogScale = true)]
    public int HeadWidth { get; init; } = 24;

    [Hyperparameter("Numbers between a block's dense layers, in widths of a token.", Min = 0.1, Max = 16, SearchMin = 0.7, SearchMax = 2.7)]
    public double HiddenFactor { get; init; } = 4.0 / 3;

    [Hyperparameter("Share of attention's weights left out by chance in each step.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5)]
    public double AttentionDropout { get; init; } = 0.2;

    [Hyperparameter("Share of a block's hidden numbers left out by chance in each step.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5)]
    public double Dropout { get; init; } = 0.1;

    [Hyperparameter("Share of what a block adds left out by chance in each step.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.2, Advanced = true)]
    public double ResidualDropout { get; init; }

    [Hyperparameter("Compute the inside of each block again on the way back instead of keeping it: less memory for about a third more time, and the same result.", Advanced = true)]
    public bool Recompute { get; init; }

    internal override TableEncoder Encoder(string prefix, TableEncoding columns, RandomSource? random)
    {
        int width = Heads * HeadWidth;
        return new TokenTable(prefix, columns, Layers, random, new TransformerSettings(width, Heads, Math.Max(1, (int)Math.Round(width * HiddenFactor)))
        {
            Activation = Activation.Relu,
            IsGated = true,
            NormalizesFirst = true,
            AttentionDropout = AttentionDropout,
            HiddenDropout = Dropout,
            ResidualDropout = ResidualDropout,
            Recomputes = Recompute,
        });
    }
}
