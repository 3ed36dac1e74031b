using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Layers one after the other.</summary>
internal sealed class Sequential(params Layer[] layers) : Layer
{
    public override IEnumerable<Parameter<float>> Parameters => layers.SelectMany(layer => layer.Parameters);

    public override IEnumerable<Parameter<float>> Memories => layers.SelectMany(layer => layer.Memories);

    public override Variable<float> Apply(Variable<float> x, Pass pass)
    {
        foreach (Layer layer in layers)
        {
            x = layer.Apply(x, pass);
        }

        return x;
    }

    public override OnnxValue Export(OnnxValue x) => layers.Aggregate(x, (value, layer) => layer.Export(value));
}
