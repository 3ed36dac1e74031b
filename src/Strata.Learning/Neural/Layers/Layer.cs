using Strata.Learning.Data;
using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>A part of a network: its parameters, and what it makes of its input.</summary>
internal abstract class Layer : IDisposable
{
    /// <summary>What it learns, in a fixed order, each under a name of its own.</summary>
    public virtual IEnumerable<Parameter<float>> Parameters => [];

    /// <summary>What it remembers without learning it by gradients, such as running means; saved with the parameters.</summary>
    public virtual IEnumerable<Parameter<float>> Memories => [];

    public abstract Variable<float> Apply(Variable<float> x, Pass pass);

    /// <summary>What it makes of its input when it predicts, inside an ONNX graph: float32 in the layer's own layout.</summary>
    /// <exception cref="DataException">It cannot be expressed.</exception>
    public virtual OnnxValue Export(OnnxValue x) => throw new DataException($"A layer '{GetType().Name}' has no ONNX form.");

    public virtual void Dispose()
    {
        foreach (Parameter<float> parameter in Parameters.Concat(Memories))
        {
            parameter.Dispose();
        }
    }
}
