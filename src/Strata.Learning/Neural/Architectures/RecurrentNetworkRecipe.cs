using Strata.Learning.Neural.Layers;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Architectures;

/// <summary>What networks have in common that read series step by step and remember.</summary>
public abstract record RecurrentNetworkRecipe : SeriesNetworkRecipe
{
    private protected RecurrentNetworkRecipe()
    {
    }

    [Hyperparameter("Numbers that each layer remembers, in each direction.", Min = 1, Max = 4096, SearchMin = 32, SearchMax = 256, LogScale = true)]
    public int Hidden { get; init; } = 128;

    [Hyperparameter("Layers one on top of the other.", Min = 1, Max = 16, SearchMin = 1, SearchMax = 3)]
    public int Layers { get; init; } = 1;

    [Hyperparameter("Whether each layer also reads series from their end.")]
    public bool Bidirectional { get; init; } = true;

    [Hyperparameter("Share of numbers left out by chance in each step, between layers and before the head.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5)]
    public double Dropout { get; init; } = 0.1;

    [Hyperparameter("What the head sees of all steps: the last ones, their mean or largest numbers, or a mean weighted by attention.")]
    public SeriesPooling Pooling { get; init; } = SeriesPooling.Last;

    [Hyperparameter("Neighbouring steps that are read together as one; more than one makes long series quick to learn and to remember.", Min = 1, Max = 1024, SearchMin = 1, SearchMax = 16, LogScale = true)]
    public int Patch { get; init; } = 1;

    private protected abstract RecurrentCell Cell { get; }

    internal sealed override Encoder Encoder(string name, int channels, RandomSource? random) => new RecurrentEncoder(name, this, channels, random);

    private sealed class RecurrentEncoder : Encoder
    {
        private readonly RecurrentNetworkRecipe recipe;
        private readonly int channels;
        private readonly Recurrent recurrent;
        private readonly SeriesSummary summary;

        public RecurrentEncoder(string name, RecurrentNetworkRecipe recipe, int channels, RandomSource? random)
        {
            (this.recipe, this.channels) = (recipe, channels);
            recurrent = new Recurrent($"{name}.recurrent", recipe.Cell, channels * recipe.Patch, recipe.Hidden, random, recipe.Layers, recipe.Bidirectional, recipe.Dropout);
            summary = new SeriesSummary($"{name}.summary", recipe.Pooling, recurrent.Width, random);
        }

        public override int Width => recurrent.Width;

        public override IEnumerable<Parameter<float>> Parameters => recurrent.Parameters.Concat(summary.Parameters);

        public override Variable<float> Encode(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass)
        {
            ReadOnlySpan<int> patches = Patches.Count(lengths, recipe.Patch);
            x = recipe.Patch > 1 ? Patches.Of(x, lengths, recipe.Patch, pass.Tape) : x;
            Variable<float> y = recurrent.Apply(x, patches, pass), whole = recipe.Pooling == SeriesPooling.Last ? recurrent.Last(y, patches) : summary.Apply(y, patches, pass);
            return pass.Dropout(whole, recipe.Dropout);
        }

        public override OnnxValue Export(OnnxValue x, OnnxValue? lengths)
        {
            (OnnxValue patches, OnnxValue? counts) = Patches.Export(x, lengths, recipe.Patch, channels);
            OnnxValue y = recurrent.Export(patches, counts);
            return recipe.Pooling == SeriesPooling.Last ? recurrent.ExportLast(y, counts) : summary.Export(y, counts);
        }
    }
}
