using System.Numerics;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Optimizers;

/// <summary>Steps by running means of the gradients over the root of running means of their squares, and decays weights apart from that (Loshchilov and Hutter 2019).</summary>
internal sealed class AdamW
{
    private readonly IReadOnlyList<Parameter<float>> parameters;
    private readonly float[][] means, squares;
    private readonly double weightDecay;

    /// <param name="parameters">What is learned; of vectors (biases, gains) nothing is decayed.</param>
    /// <param name="weightDecay">The share of a weight that goes at each step, before the learning rate.</param>
    public AdamW(IReadOnlyList<Parameter<float>> parameters, double weightDecay)
    {
        (this.parameters, this.weightDecay) = (parameters, weightDecay);
        means = [.. parameters.Select(parameter => new float[parameter.Shape.Count])];
        squares = [.. parameters.Select(parameter => new float[parameter.Shape.Count])];
    }

    public double FirstDecay { get; init; } = 0.9;

    public double SecondDecay { get; init; } = 0.999;

    public double Epsilon { get; init; } = 1e-8;

    /// <summary>How many steps were made.</summary>
    public int Steps { get; private set; }

    /// <summary>The running means, for checkpoints: of the gradients and of their squares, a parameter each.</summary>
    public IEnumerable<float[]> State => means.Concat(squares);

    /// <summary>Goes on after so many steps whose <see cref="State"/> was put back.</summary>
    public void Resume(int steps) => Steps = steps;

    /// <summary>Moves all parameters against their gradients, and sets the gradients to zero.</summary>
    public void Step(double rate)
    {
        Steps++;
        double firstPart = 1 - Math.Pow(FirstDecay, Steps), secondPart = 1 - Math.Pow(SecondDecay, Steps);
        for (int p = 0; p < parameters.Count; p++)
        {
            Parameter<float> parameter = parameters[p];
            if (!parameter.IsFrozen)
            {
                float kept = parameter.Shape.Dimensions > 1 ? (float)(1 - rate * weightDecay) : 1;
                Move(parameter.Values, parameter.Gradient, means[p], squares[p], kept, (float)(rate / firstPart), (float)Math.Sqrt(secondPart));
            }

            parameter.Gradient.Clear();
        }
    }

    private void Move(Span<float> values, ReadOnlySpan<float> gradient, float[] mean, float[] square, float kept, float rate, float root)
    {
        var (first, second, epsilon) = ((float)FirstDecay, (float)SecondDecay, (float)Epsilon);
        int i = 0;
        for (; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
        {
            var g = new Vector<float>(gradient[i..]);
            Vector<float> m = new Vector<float>(mean, i) * first + g * (1 - first), s = new Vector<float>(square, i) * second + g * g * (1 - second);
            m.CopyTo(mean, i);
            s.CopyTo(square, i);
            (new Vector<float>(values[i..]) * kept - m * rate / (Vector.SquareRoot(s) / new Vector<float>(root) + new Vector<float>(epsilon))).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            mean[i] = mean[i] * first + gradient[i] * (1 - first);
            square[i] = square[i] * second + gradient[i] * gradient[i] * (1 - second);
            values[i] = values[i] * kept - mean[i] * rate / (MathF.Sqrt(square[i]) / root + epsilon);
        }
    }
}
