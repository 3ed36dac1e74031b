using Strata.Learning.Neural.Layers;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Architectures;

/// <summary>
/// A transformer for series (Vaswani et al. 2017), normalising first, over patches of neighbouring steps (Nie et al. 2023): every patch looks at all others.
/// </summary>
public sealed record Transformer : SeriesNetworkRecipe
{
    internal const string AlgorithmName = "transformer";

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Number of blocks.", Min = 1, Max = 64, SearchMin = 1, SearchMax = 6)]
    public int Layers { get; init; } = 3;

    [Hyperparameter("Heads of each block's attention.", Min = 1, Max = 64, SearchMin = 2, SearchMax = 8)]
    public int Heads { get; init; } = 8;

    [Hyperparameter("Numbers of each head; heads times this go from block to block.", Min = 1, Max = 512, SearchMin = 4, SearchMax = 32, LogScale = true)]
    public int HeadWidth { get; init; } = 16;

    [Hyperparameter("Numbers between a block's dense layers, in widths.", Min = 0.1, Max = 16, SearchMin = 1, SearchMax = 4)]
    public double HiddenFactor { get; init; } = 2;

    [Hyperparameter("Share of attention's weights, hidden numbers and what blocks add left out by chance in each step.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5)]
    public double Dropout { get; init; } = 0.1;

    [Hyperparameter("What the head sees of all steps: the last one, their mean or largest numbers, or a mean weighted by attention.")]
    public SeriesPooling Pooling { get; init; } = SeriesPooling.Mean;

    [Hyperparameter("Neighbouring steps that are taken together as one; time and memory grow with the square of the number of patches.", Min = 1, Max = 1024, SearchMin = 1, SearchMax = 32, LogScale = true)]
    public int Patch { get; init; } = 4;

    [Hyperparameter("How it is told where in a series a patch stands: by waves of many lengths, or by numbers that are learned for each place.")]
    public PositionKind Positions { get; init; } = PositionKind.Waves;

    [Hyperparameter("Of learned positions: places with numbers of their own; later ones share the last.", Min = 1, Max = 65_536, Advanced = true)]
    public int PositionCount { get; init; } = 512;

    [Hyperparameter("Compute the inside of each block again on the way back instead of keeping it: less memory for about a third more time, and the same result.", Advanced = true)]
    public bool Recompute { get; init; }

    internal override Encoder Encoder(string name, int channels, RandomSource? random) => new TransformerSeries(name, this, channels, random);

    private sealed class TransformerSeries : Encoder
    {
        private readonly Transformer recipe;
        private readonly int channels;
        private readonly Dense into;
        private readonly Layer places;
        private readonly TransformerEncoder blocks;
        private readonly SeriesSummary summary;

        public TransformerSeries(string name, Transformer recipe, int channels, RandomSource? random)
        {
            (this.recipe, this.channels) = (recipe, channels);
            into = new Dense($"{name}.patches", channels * recipe.Patch, Width, random);
            places = recipe.Positions == PositionKind.Learned ? new LearnedPositions($"{name}.positions", recipe.PositionCount, Width, random) : new PositionalEncoding(Width);
            var settings = new TransformerSettings(Width, recipe.Heads, Math.Max(1, (int)Math.Round(Width * recipe.HiddenFactor)))
            {
                Activation = Activation.Gelu,
                NormalizesFirst = true,
                AttentionDropout = recipe.Dropout,
                HiddenDropout = recipe.Dropout,
                ResidualDropout = recipe.Dropout,
                Recomputes = recipe.Recompute,
            };
            blocks = new TransformerEncoder($"{name}.encoder", recipe.Layers, settings, random);
            summary = new SeriesSummary($"{name}.summary", recipe.Pooling, Width, random);
        }

        public override int Width => recipe.Heads * recipe.HeadWidth;

        public override IEnumerable<Parameter<float>> Parameters => new Layer[] { into, places, blocks, summary }.SelectMany(layer => layer.Parameters);

        public override Variable<float> Encode(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass)
        {
            ReadOnlySpan<int> patches = Patches.Count(lengths, recipe.Patch);
            Variable<float> y = places.Apply(into.Apply(Patches.Of(x, lengths, recipe.Patch, pass.Tape), pass), pass);
            return summary.Apply(blocks.Apply(y, patches, pass), patches, pass);
        }

        public override OnnxValue Export(OnnxValue x, OnnxValue? lengths)
        {
            (OnnxValue patches, OnnxValue? counts) = Patches.Export(x, lengths, recipe.Patch, channels);
            return summary.Export(blocks.Export(places.Export(into.Export(patches)), counts), counts);
        }
    }
}
