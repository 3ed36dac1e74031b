using System.Numerics;

namespace Strata.Learning.Neural.Optimizers;

/// <summary>
/// Steps by running means of the gradients over the root of running means of their squares (Kingma and Ba 2015). Weights decay apart from that (AdamW, Loshchilov and Hutter
/// 2019) or, coupled, as a part of the gradient.
/// </summary>
internal sealed class Adam(IReadOnlyList<ParameterGroup> groups, bool isCoupled = false) : Optimizer(groups, memories: 2)
{
    private const float First = 0.9f, Second = 0.999f, Epsilon = 1e-8f;

    private double firstPart, secondPart;

    private protected override void Begin() => (firstPart, secondPart) = (1 - Math.Pow(First, Steps), 1 - Math.Pow(Second, Steps));

    private protected override void Move(Span<float> values, ReadOnlySpan<float> gradient, float[][] memory, double rate, double weightDecay)
    {
        (float[] mean, float[] square) = (memory[0], memory[1]);
        float kept = isCoupled ? 1 : (float)(1 - rate * weightDecay), joined = isCoupled ? (float)weightDecay : 0, step = (float)(rate / firstPart), root = (float)Math.Sqrt(secondPart);
        int i = 0;
        for (; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
        {
            var value = new Vector<float>(values[i..]);
            Vector<float> g = new Vector<float>(gradient[i..]) + value * joined;
            Vector<float> m = new Vector<float>(mean, i) * First + g * (1 - First), s = new Vector<float>(square, i) * Second + g * g * (1 - Second);
            m.CopyTo(mean, i);
            s.CopyTo(square, i);
            (value * kept - m * step / (Vector.SquareRoot(s) / new Vector<float>(root) + new Vector<float>(Epsilon))).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            float g = gradient[i] + values[i] * joined;
            mean[i] = mean[i] * First + g * (1 - First);
            square[i] = square[i] * Second + g * g * (1 - Second);
            values[i] = values[i] * kept - mean[i] * step / (MathF.Sqrt(square[i]) / root + Epsilon);
        }
    }
}
