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

    public override Variable<float> Apply(Variable<float> x, Pass pass) => Apply(x, [], pass);

    /// <summary>With what may follow in the same pass over memory.</summary>
    /// <param name="x">[.., width].</param>
    /// <param name="lengths">Where x is [rows, steps, width]: the steps of each row that count, the others become 0; empty where all do.</param>
    /// <param name="pass">The tape to record on, and whether it learns.</param>
    /// <param name="rectifies">Whether results below 0 become 0.</param>
    /// <param name="added">Added before that; null for none.</param>
    public Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass, bool rectifies = false, Variable<float>? added = null)
    {
        int rows = lengths.IsEmpty ? x.Shape.Rows : Sum(lengths);

        // One row has no variance of its own; a frozen layer stays as it is.
        if (!pass.IsTraining || gain.IsFrozen || rows < 2)
        {
            return pass.Tape.FixedNorm(x, pass.Tape.Use(gain), pass.Tape.Use(shift), mean.Values, variance.Values, Epsilon, lengths, rectifies, added);
        }

        Variable<float> result = pass.Tape.BatchNorm(x, pass.Tape.Use(gain), pass.Tape.Use(shift), batchMeans, batchVariances, Epsilon, lengths, rectifies, added);
        float unbiased = rows / (rows - 1f);
        for (int j = 0; j < batchMeans.Length && !pass.IsAgain; j++)
        {
            mean.Values[j] += Momentum * (batchMeans[j] - mean.Values[j]);
            variance.Values[j] += Momentum * (unbiased * batchVariances[j] - variance.Values[j]);
        }

        return result;
    }

    private static int Sum(ReadOnlySpan<int> lengths)
    {
        int sum = 0;
        foreach (int length in lengths)
        {
            sum += length;
        }

        return sum;
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
