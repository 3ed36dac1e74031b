using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Columns brought to mean 0 and variance 1: over the batch while learning, by running means and variances while predicting (Ioffe and Szegedy 2015).</summary>
internal sealed class BatchNormalized : Layer
{
    private const double Epsilon = 1e-5;
    private const float Momentum = 0.1f;

    private readonly Parameter<float> gain, shift, mean, variance;
    private readonly float[] batchMeans, batchVariances;

    public BatchNormalized(string name, int width)
    {
        var shape = new Shape(width);
        gain = new Parameter<float>($"{name}.weight", shape);
        shift = new Parameter<float>($"{name}.bias", shape);
        mean = new Parameter<float>($"{name}.running_mean", shape);
        variance = new Parameter<float>($"{name}.running_var", shape);
        gain.Values.Fill(1);
        variance.Values.Fill(1);
        (batchMeans, batchVariances) = (new float[width], new float[width]);
    }

    public override IEnumerable<Parameter<float>> Parameters => [gain, shift];

    public override IEnumerable<Parameter<float>> Memories => [mean, variance];

    public override Variable<float> Apply(Variable<float> x, Pass pass)
    {
        // One row has no variance of its own.
        if (!pass.IsTraining || x.Shape.Rows < 2)
        {
            return Fixed(x, pass.Tape);
        }

        Variable<float> result = pass.Tape.BatchNorm(x, pass.Tape.Use(gain), pass.Tape.Use(shift), batchMeans, batchVariances, Epsilon);
        float unbiased = x.Shape.Rows / (x.Shape.Rows - 1f);
        for (int j = 0; j < batchMeans.Length; j++)
        {
            mean.Values[j] += Momentum * (batchMeans[j] - mean.Values[j]);
            variance.Values[j] += Momentum * (unbiased * batchVariances[j] - variance.Values[j]);
        }

        return result;
    }

    private Variable<float> Fixed(Variable<float> x, Tape<float> tape)
    {
        // Several threads may predict by the same layer.
        var (ratios, offsets) = (new float[batchMeans.Length], new float[batchMeans.Length]);
        for (int j = 0; j < ratios.Length; j++)
        {
            ratios[j] = 1 / MathF.Sqrt(variance.Values[j] + (float)Epsilon);
            offsets[j] = -mean.Values[j] * ratios[j];
        }

        Variable<float> scaled = x * tape.Constant(ratios, gain.Shape) + tape.Constant(offsets, gain.Shape);
        return scaled * tape.Use(gain) + tape.Use(shift);
    }

    public override OnnxValue Export(OnnxValue x)
    {
        // One product and one sum for each number: gain / deviation, and shift less the mean's share of it.
        var ratios = new double[batchMeans.Length];
        var offsets = new double[ratios.Length];
        for (int j = 0; j < ratios.Length; j++)
        {
            ratios[j] = gain.Values[j] / Math.Sqrt(variance.Values[j] + Epsilon);
            offsets[j] = shift.Values[j] - mean.Values[j] * ratios[j];
        }

        return x * x.Graph.Constant($"{gain.Name}.ratio", x.Element, [ratios.Length], ratios) + x.Graph.Constant($"{shift.Name}.offset", x.Element, [ratios.Length], offsets);
    }
}
