using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>
/// Turns points by a matrix that a small network finds for each cloud, at first the identity (the T-Net of Qi et al. 2017). How far matrices are from orthogonal can be a penalty:
/// the mean over clouds of the squared distance of A A^T from the identity.
/// </summary>
internal sealed class TransformNet : Layer
{
    private readonly int width;
    private readonly double penalty;
    private readonly Layer[] shared, behind;
    private readonly Dense matrix;
    private readonly float[] identity;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="width">Numbers of a point.</param>
    /// <param name="widths">Of the layers that each point goes through, and then of those behind the largest of all points.</param>
    /// <param name="penalty">The weight of the penalty in the loss; 0 for none.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    public TransformNet(string name, int width, (int[] Shared, int[] Behind) widths, double penalty, RandomSource? random)
    {
        (this.width, this.penalty) = (width, penalty);
        shared = SharedLayers.Of($"{name}.shared", width, widths.Shared, random);
        behind = SharedLayers.Of($"{name}.behind", widths.Shared[^1], widths.Behind, random);
        matrix = new Dense($"{name}.matrix", widths.Behind[^1], width * width, null);
        identity = [.. Enumerable.Range(0, width * width).Select(i => i % (width + 1) == 0 ? 1f : 0f)];
    }

    public override IEnumerable<Parameter<float>> Parameters => All.SelectMany(layer => layer.Parameters);

    public override IEnumerable<Parameter<float>> Memories => All.SelectMany(layer => layer.Memories);

    private IEnumerable<Layer> All => [.. shared, .. behind, matrix];

    public override Variable<float> Apply(Variable<float> x, Pass pass)
    {
        Variable<float> inner = x;
        foreach (Layer layer in shared)
        {
            inner = layer.Apply(inner, pass);
        }

        inner = pass.Tape.MaxOverSteps(inner);
        foreach (Layer layer in behind)
        {
            inner = layer.Apply(inner, pass);
        }

        Variable<float> found = matrix.Apply(inner, pass) + pass.Tape.Constant(identity, new Shape(width * width)), turn = pass.Tape.Reshape(found, new Shape(x.Shape[0], width, width));
        if (penalty > 0 && pass.Penalties is not null)
        {
            pass.Penalties.Add(Distance(turn, pass.Tape));
        }

        return pass.Tape.BatchProduct(x, turn);
    }

    public override OnnxValue Export(OnnxValue x)
    {
        OnnxValue inner = shared.Aggregate(x, (value, layer) => layer.Export(value)).OverSteps(PoolKind.Max);
        OnnxValue found = matrix.Export(behind.Aggregate(inner, (value, layer) => layer.Export(value)));
        return x.MatrixProduct((found + x.Graph.Constant($"{matrix.Parameters.First().Name}.identity", x.Element, [width * width], Array.ConvertAll(identity, value => (double)value))).Reshape(-1, width, width)) with { Rank = 3 };
    }

    private Variable<float> Distance(Variable<float> turn, Tape<float> tape)
    {
        Variable<float> away = tape.BatchProduct(turn, turn, transposesB: true) + tape.Scale(tape.Constant(identity, new Shape(width, width)), -1);
        return tape.Scale(tape.Sum(away * away), penalty / turn.Shape[0]);
    }
}
