using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Inception modules one after the other, to which the block's input is added, brought to their channels.</summary>
internal sealed class InceptionBlock(InceptionModule[] modules, NormalizedConvolution shortcut) : SteppedLayer
{
    public override IEnumerable<Parameter<float>> Parameters => modules.SelectMany(module => module.Parameters).Concat(shortcut.Parameters);

    public override IEnumerable<Parameter<float>> Memories => modules.SelectMany(module => module.Memories).Concat(shortcut.Memories);

    public override Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass)
    {
        Variable<float> inner = x;
        foreach (InceptionModule module in modules)
        {
            inner = module.Apply(inner, lengths, pass);
        }

        return shortcut.Apply(x, lengths, pass, inner);
    }

    public override OnnxValue Export(OnnxValue x, OnnxValue? lengths) =>
        shortcut.Export(x, lengths, modules.Aggregate(x, (inner, module) => module.Export(inner, lengths)));
}
