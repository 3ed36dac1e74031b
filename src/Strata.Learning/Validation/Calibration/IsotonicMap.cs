using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Validation.Calibration;

/// <summary>The rising function with the least squared error (pool adjacent violators), linear between its corners and constant outside, as scikit-learn's.</summary>
/// <param name="At">Where the corners are, ascending.</param>
/// <param name="Values">The function there, from 0 to 1.</param>
internal sealed record IsotonicMap(double[] At, double[] Values) : ICalibrationMap
{
    public double Of(double probability)
    {
        int above = Array.BinarySearch(At, probability);
        if (above >= 0)
        {
            return Values[above];
        }

        above = ~above;
        return above == 0 ? Values[0]
            : above == At.Length ? Values[^1]
            : Values[above - 1] + (probability - At[above - 1]) / (At[above] - At[above - 1]) * (Values[above] - Values[above - 1]);
    }

    public OnnxValue Export(OnnxValue probability) => probability.AlongLines(At, Values);

    public static IsotonicMap Fit(double[] scores, bool[] isClass, double[]? weights)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).Where(row => weights is null || weights[row] > 0).OrderBy(row => scores[row])];
        List<double> at = [], sum = [], weight = [];
        foreach (int row in order)
        {
            double own = weights?[row] ?? 1;
            if (at.Count == 0 || scores[row] != at[^1])
            {
                at.Add(scores[row]);
                sum.Add(0);
                weight.Add(0);
            }

            sum[^1] += isClass[row] ? own : 0;
            weight[^1] += own;
        }

        double[] fitted = Pool(sum, weight);

        // Points inside a flat piece say nothing.
        int[] kept = [.. Enumerable.Range(0, fitted.Length).Where(i => i == 0 || i == fitted.Length - 1 || fitted[i] != fitted[i - 1] || fitted[i] != fitted[i + 1])];
        return new IsotonicMap([.. kept.Select(i => at[i])], [.. kept.Select(i => fitted[i])]);
    }

    private static double[] Pool(List<double> sum, List<double> weight)
    {
        var blocks = new List<(double Sum, double Weight, int Count)>();
        for (int i = 0; i < sum.Count; i++)
        {
            (double Sum, double Weight, int Count) block = (sum[i], weight[i], 1);
            while (blocks.Count > 0 && blocks[^1].Sum * block.Weight >= block.Sum * blocks[^1].Weight)
            {
                block = (blocks[^1].Sum + block.Sum, blocks[^1].Weight + block.Weight, blocks[^1].Count + block.Count);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        return [.. blocks.SelectMany(block => Enumerable.Repeat(block.Sum / block.Weight, block.Count))];
    }

    public void Write(ModelWriter writer)
    {
        writer.Tensor("at", At);
        writer.Tensor("values", Values);
    }

    public static IsotonicMap Read(ModelReader reader)
    {
        double[] at = reader.Tensor<double>("at", -1);
        double[] values = reader.Tensor<double>("values", at.Length);
        bool rising = at.Length > 0 && values.All(value => value is >= 0 and <= 1) && at.Zip(at.Skip(1), (a, b) => a < b).All(up => up) && values.Zip(values.Skip(1), (a, b) => a <= b).All(up => up);
        return rising ? new IsotonicMap(at, values) : throw new ModelFileException("The isotonic calibration in the model file does not rise from 0 to 1.");
    }
}
