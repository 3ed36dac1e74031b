using Strata.Learning.Data;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Tables;

/// <summary>What a network makes of a table's columns: numbers and categories in, a row of <see cref="Width"/> numbers out.</summary>
internal abstract class TableEncoder : IDisposable
{
    /// <summary>Numbers of a row that goes out.</summary>
    public abstract int Width { get; }

    /// <summary>What it learns, in a fixed order, each under a name of its own.</summary>
    public abstract IEnumerable<Parameter<float>> Parameters { get; }

    /// <summary>What it remembers without learning it by gradients.</summary>
    public virtual IEnumerable<Parameter<float>> Memories => [];

    /// <summary>[rows, <see cref="Width"/>].</summary>
    /// <param name="batch">Numbers [rows, numbers], and for each category column the rows of its table.</param>
    /// <param name="pass">The tape to record on.</param>
    public abstract Variable<float> Encode(TableBatch batch, Pass pass);

    /// <summary>The same inside an ONNX graph: float32 [rows, <see cref="Width"/>].</summary>
    /// <exception cref="DataException">It cannot be expressed.</exception>
    public virtual OnnxValue Export(OnnxColumns rows) => throw new DataException($"A network part '{GetType().Name}' has no ONNX form.");

    public virtual void Dispose()
    {
        foreach (Parameter<float> parameter in Parameters.Concat(Memories))
        {
            parameter.Dispose();
        }
    }
}
