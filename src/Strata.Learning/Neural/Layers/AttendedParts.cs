using System.Buffers;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>
/// Parts of a row that look at one another: each becomes a token of equal width, adds what attention over all tokens brings it (Vaswani et al. 2017, normalised first), and the tokens
/// stand side by side again.
/// </summary>
internal sealed class AttendedParts : Layer
{
    private readonly int[] widths;
    private readonly int width;
    private readonly Dense[] tokens;
    private readonly LayerNormalized before, after;
    private readonly MultiHeadAttention attention;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="widths">Numbers of each part of a row that comes in.</param>
    /// <param name="width">Numbers of each part of a row that goes out.</param>
    /// <param name="heads">A divisor of the width.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    public AttendedParts(string name, int[] widths, int width, int heads, RandomSource? random)
    {
        (this.widths, this.width) = (widths, width);
        tokens = [.. widths.Select((own, i) => new Dense($"{name}.tokens.{i}", own, width, random))];
        (before, after) = (new LayerNormalized($"{name}.before", width), new LayerNormalized($"{name}.after", width));
        attention = new MultiHeadAttention($"{name}.attention", width, heads, random);
    }

    public override IEnumerable<Parameter<float>> Parameters => tokens.SelectMany(token => token.Parameters).Concat(before.Parameters).Concat(attention.Parameters).Concat(after.Parameters);

    public override Variable<float> Apply(Variable<float> x, Pass pass)
    {
        Variable<float>[] rented = ArrayPool<Variable<float>>.Shared.Rent(tokens.Length);
        for (int i = 0, place = 0; i < tokens.Length; i++)
        {
            rented[i] = tokens[i].Apply(pass.Tape.Slice(x, ^1, place, widths[i]), pass);
            place += widths[i];
        }

        Variable<float> joined = pass.Tape.Reshape(pass.Tape.Join(rented.AsSpan(0, tokens.Length)), new Shape(x.Shape[0], tokens.Length, width));
        ArrayPool<Variable<float>>.Shared.Return(rented, clearArray: true);
        joined += attention.Apply(before.Apply(joined, pass), pass);
        return pass.Tape.Flatten(after.Apply(joined, pass));
    }

    public override OnnxValue Export(OnnxValue x)
    {
        var made = new OnnxValue[tokens.Length];
        for (int i = 0, place = 0; i < made.Length; i++)
        {
            made[i] = tokens[i].Export(x.Slice(1, place, place + widths[i])).Reshape(-1, 1, width);
            place += widths[i];
        }

        OnnxValue joined = x.Graph.Add("Concat", x.Element, made, new OnnxAttribute("axis", 1L)) with { Rank = 3 };
        joined += attention.Export(before.Export(joined));
        return after.Export(joined).Reshape(-1, tokens.Length * width);
    }
}
