using System.Buffers;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>A learned row of numbers for each of some codes. Rows start as standard normal numbers, as in PyTorch.</summary>
internal sealed class Embedding : Layer
{
    private readonly Parameter<float> weight;

    /// <param name="name">Before the name of its parameter.</param>
    /// <param name="rows">How many codes there are.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="random">Where rows start; null leaves them to be read.</param>
    /// <param name="deviation">How far from zero they start.</param>
    public Embedding(string name, int rows, int width, RandomSource? random, double deviation = 1)
    {
        weight = new Parameter<float>($"{name}.weight", new Shape(rows, width));
        weight.FillNormal(deviation, random);
    }

    public override IEnumerable<Parameter<float>> Parameters => [weight];

    /// <summary>[.., width] for codes that come as whole float32 numbers [..].</summary>
    public override Variable<float> Apply(Variable<float> x, Pass pass)
    {
        int[] codes = ArrayPool<int>.Shared.Rent(x.Shape.Count);
        for (int i = 0; i < x.Shape.Count; i++)
        {
            codes[i] = (int)x.Values[i];
        }

        Variable<float> rows = Apply(codes.AsSpan(0, x.Shape.Count), pass);
        ArrayPool<int>.Shared.Return(codes);
        Span<int> shape = stackalloc int[x.Shape.Dimensions + 1];
        for (int i = 0; i < x.Shape.Dimensions; i++)
        {
            shape[i] = x.Shape[i];
        }

        shape[^1] = weight.Shape[1];
        return pass.Tape.Reshape(rows, new Shape(shape));
    }

    /// <summary>[codes, width]; code -1 gives zeros.</summary>
    public Variable<float> Apply(ReadOnlySpan<int> codes, Pass pass) => pass.Tape.Gather(pass.Tape.Use(weight), codes);

    /// <summary>[count, width]: the first row so many times.</summary>
    public Variable<float> Repeated(int count, Pass pass)
    {
        int[] zeros = ArrayPool<int>.Shared.Rent(count);
        zeros.AsSpan(0, count).Clear();
        Variable<float> rows = Apply(zeros.AsSpan(0, count), pass);
        ArrayPool<int>.Shared.Return(zeros);
        return rows;
    }

    public override OnnxValue Export(OnnxValue x) => x.Graph.Weights(weight).Gather(x.As(OnnxElement.Int64));

    /// <summary>The first row so many times, inside a graph: float32 [rows, steps, width].</summary>
    /// <param name="like">What has as many rows.</param>
    public OnnxValue Repeated(OnnxValue like)
    {
        OnnxValue rows = like.To("Shape", OnnxElement.Int64).Slice(0, 0, 1), shape = like.Graph.Join([rows, like.Graph.Wholes(1, weight.Shape[1])], axis: 0);
        return like.Graph.Weights(weight).Slice(0, 0, 1).To("Expand", shape) with { Rank = 3 };
    }
}
