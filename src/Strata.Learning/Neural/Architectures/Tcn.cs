using Strata.Learning.Neural.Layers;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Architectures;

/// <summary>A temporal convolutional network (Bai et al. 2018): causal convolutions whose taps lie 1, 2, 4 .. steps apart, read where the series ends.</summary>
public sealed record Tcn : SeriesNetworkRecipe
{
    internal const string AlgorithmName = "tcn";

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Number of blocks; each doubles the steps between taps. Empty takes as many as let the last step see about 1,000 steps back.", Min = 1, Max = 16, SearchMin = 3, SearchMax = 9)]
    public int? Blocks { get; init; }

    [Hyperparameter("Channels of each block.", Min = 1, Max = 2048, SearchMin = 16, SearchMax = 128, LogScale = true)]
    public int Filters { get; init; } = 64;

    [Hyperparameter("Taps of a kernel.", Min = 2, Max = 64, SearchMin = 2, SearchMax = 8)]
    public int KernelSize { get; init; } = 5;

    [Hyperparameter("Share of channels left out by chance in each step.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5)]
    public double Dropout { get; init; } = 0.1;

    [Hyperparameter("Learn the lengths of kernels apart from their directions, as the paper does.", Advanced = true)]
    public bool WeightNorm { get; init; } = true;

    internal override Encoder Encoder(string name, int channels, RandomSource? random)
    {
        // Two convolutions a block see 2 (size - 1) (1 + 2 + 4 + ..) steps back.
        const double reach = 1000;
        int blocks = Blocks ?? (int)Math.Ceiling(Math.Log2(1 + reach / (2 * (KernelSize - 1))));
        return new LastStepEncoder(new Sequential([.. Enumerable.Range(0, blocks).Select(i => new CausalBlock($"{name}.{i}", i == 0 ? channels : Filters, Filters, KernelSize, 1 << i, Dropout, random, WeightNorm))]), Filters);
    }

    private sealed class LastStepEncoder(Layer blocks, int width) : Encoder
    {
        public override int Width => width;

        public override IEnumerable<Parameter<float>> Parameters => blocks.Parameters;

        public override Variable<float> Encode(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass) => pass.Tape.LastSteps(blocks.Apply(x, pass), lengths);

        public override OnnxValue Export(OnnxValue x, OnnxValue? lengths) => blocks.Export(x).LastStep(lengths);
    }
}
