using Strata.Learning.Data;
using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Training;

/// <summary>What a network learns of a target, and how its raw scores become predictions: log-odds of two classes, scores of several, or numbers less their mean in deviations.</summary>
/// <param name="Mean">The training rows' weighted mean; 0 for classes.</param>
/// <param name="Deviation">Their deviation; 1 for classes and for targets that are all the same.</param>
internal sealed record NetworkTarget(double Mean, double Deviation)
{
    public static NetworkTarget Of(Target target, double[] weights)
    {
        if (target is not NumberTarget numbers)
        {
            return new NetworkTarget(0, 1);
        }

        double all = weights.Sum(), mean = numbers.Values.Zip(weights, (value, weight) => value * weight).Sum() / all;
        double deviation = Math.Sqrt(numbers.Values.Zip(weights, (value, weight) => weight * (value - mean) * (value - mean)).Sum() / all);
        return new NetworkTarget(mean, deviation > 1e-12 * Math.Max(1, Math.Abs(mean)) && double.IsFinite(deviation) ? deviation : 1);
    }

    /// <summary>The targets as the loss takes them: class codes, or numbers in deviations.</summary>
    public float[] Values(Target target, ModelSignature signature) => target switch
    {
        NumberTarget numbers => [.. numbers.Values.Select(value => (float)((value - Mean) / Deviation))],
        ClassTarget classes => [.. classes.Codes.Select(code => (float)CodeOf(classes.Classes[code], signature))],
        _ => throw new ArgumentException("There is no target.", nameof(target)),
    };

    /// <summary>What a network answers by raw scores [rows, outputs], the second of two for a number being of its variance.</summary>
    public NetworkAnswer Answer(ModelSignature signature, float[] scores)
    {
        if (signature.Task != LearningTask.Regression)
        {
            double[] own = Array.ConvertAll(scores, score => (double)score);
            return new NetworkAnswer(own, NetworkAnswer.Probabilities(own, signature), null);
        }

        double[] means = Means(scores, 1);
        return new NetworkAnswer(means, means, null);
    }

    /// <summary>What a network answers that says a mean and a variance for each row [rows, 2].</summary>
    public NetworkAnswer AnswerWithVariance(float[] scores)
    {
        double[] means = Means(scores, 2), variances = new double[means.Length];
        for (int row = 0; row < variances.Length; row++)
        {
            variances[row] = VarianceForm.Softplus.Variance(scores[2 * row + 1]) * Deviation * Deviation;
        }

        return new NetworkAnswer(means, means, variances);
    }

    private double[] Means(float[] scores, int width)
    {
        var means = new double[scores.Length / width];
        for (int row = 0; row < means.Length; row++)
        {
            means[row] = scores[row * width] * Deviation + Mean;
        }

        return means;
    }

    /// <summary>The same inside a graph.</summary>
    /// <param name="signature">Of the model.</param>
    /// <param name="scores">float32 [rows, outputs].</param>
    public OnnxAnswer Export(ModelSignature signature, OnnxValue scores)
    {
        OnnxValue raw = scores.As(OnnxElement.Double) * Deviation + Mean;
        return signature.Task == LearningTask.Regression ? new OnnxAnswer(raw, raw) : OnnxAnswer.OfLogOdds(raw, signature.Classes.Count);
    }

    private static int CodeOf(string name, ModelSignature signature)
    {
        for (int code = 0; code < signature.Classes.Count; code++)
        {
            if (signature.Classes[code] == name)
            {
                return code;
            }
        }

        throw new DataException($"Class '{name}' of '{signature.Target}' is none that is learned.");
    }
}
