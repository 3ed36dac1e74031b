using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>
/// A gated multimodal unit (Arevalo et al. 2017, section 3.2) for any number of parts: <c>sum_i sigmoid(Z_i [x_1 .. x_k]) tanh(W_i x_i)</c>, element by element.
/// </summary>
internal sealed class GatedParts : Layer
{
    private readonly int[] widths;
    private readonly int width;
    private readonly Dense[] parts;
    private readonly Dense gates;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="widths">Numbers of each part of a row that comes in.</param>
    /// <param name="width">Numbers of a row that goes out.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    public GatedParts(string name, int[] widths, int width, RandomSource? random)
    {
        (this.widths, this.width) = (widths, width);
        parts = [.. widths.Select((own, i) => new Dense($"{name}.parts.{i}", own, width, random))];
        gates = new Dense($"{name}.gates", widths.Sum(), widths.Length * width, random);
    }

    public override IEnumerable<Parameter<float>> Parameters => parts.SelectMany(part => part.Parameters).Concat(gates.Parameters);

    public override Variable<float> Apply(Variable<float> x, Pass pass)
    {
        Variable<float> open = pass.Tape.Activate(gates.Apply(x, pass), Activation.Sigmoid);
        Variable<float> sum = default;
        for (int i = 0, place = 0; i < parts.Length; i++)
        {
            Variable<float> part = pass.Tape.Activate(parts[i].Apply(pass.Tape.Slice(x, ^1, place, widths[i]), pass), Activation.Tanh);
            Variable<float> gated = part * pass.Tape.Slice(open, ^1, i * width, width);
            sum = i == 0 ? gated : sum + gated;
            place += widths[i];
        }

        return sum;
    }

    public override OnnxValue Export(OnnxValue x)
    {
        OnnxValue open = gates.Export(x).Sigmoid();
        OnnxValue? sum = null;
        for (int i = 0, place = 0; i < parts.Length; i++)
        {
            OnnxValue gated = parts[i].Export(x.Slice(1, place, place + widths[i])).To("Tanh") * open.Slice(1, i * width, (i + 1) * width);
            sum = sum is OnnxValue before ? before + gated : gated;
            place += widths[i];
        }

        return sum!.Value;
    }
}
