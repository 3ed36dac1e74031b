using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Transformer blocks one after the other, and a last normalisation where blocks normalise first. Parameters have the names of PyTorch's TransformerEncoder.</summary>
internal sealed class TransformerEncoder : Layer
{
    private readonly TransformerBlock[] blocks;
    private readonly LayerNormalized? last;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="depth">How many blocks.</param>
    /// <param name="settings">Of each block.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    public TransformerEncoder(string name, int depth, TransformerSettings settings, RandomSource? random)
    {
        blocks = [.. Enumerable.Range(0, depth).Select(i => new TransformerBlock($"{name}.layers.{i}", settings, random))];
        last = settings.NormalizesFirst ? new LayerNormalized($"{name}.norm", settings.Width) : null;
    }

    public override IEnumerable<Parameter<float>> Parameters => blocks.SelectMany(block => block.Parameters).Concat(last?.Parameters ?? []);

    public override Variable<float> Apply(Variable<float> x, Pass pass) => Apply(x, [], pass);

    /// <param name="x">[batch, steps, width].</param>
    /// <param name="lengths">Steps of each row; empty where all have all. What comes out after a row's end has no meaning.</param>
    /// <param name="pass">Of the network.</param>
    /// <param name="isCausal">Whether steps see no later ones.</param>
    public Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass, bool isCausal = false)
    {
        foreach (TransformerBlock block in blocks)
        {
            x = block.Apply(x, lengths, pass, isCausal);
        }

        return last is null ? x : last.Apply(x, pass);
    }

    public override OnnxValue Export(OnnxValue x) => Export(x, null);

    /// <summary>The same inside a graph: float32 [rows, steps, width].</summary>
    /// <param name="x">As there.</param>
    /// <param name="lengths">Steps of each row, int64 [rows]; null where all have all.</param>
    public OnnxValue Export(OnnxValue x, OnnxValue? lengths)
    {
        x = blocks.Aggregate(x, (value, block) => block.Export(value, lengths));
        return last is null ? x : last.Export(x);
    }
}
