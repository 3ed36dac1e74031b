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

    /// <summary>The name of the loss in reports.</summary>
    public static string Metric(LearningTask task) => task == LearningTask.Regression ? "rmse" : "log_loss";

    /// <summary>A mean loss as it is reported: in the target's unit.</summary>
    public double Reported(LearningTask task, double loss) => task == LearningTask.Regression ? Math.Sqrt(loss) * Deviation : loss;

    /// <summary>The mean loss of some rows, weights not all zero.</summary>
    public static Variable<float> Loss(Variable<float> scores, LearningTask task, ReadOnlySpan<float> targets, ReadOnlySpan<int> codes, ReadOnlySpan<float> weights, double smoothing) => task switch
    {
        LearningTask.Regression => scores.Tape.Loss(scores, targets, PointLoss.SquaredError, weights: weights),
        LearningTask.BinaryClassification => scores.Tape.Loss(scores, targets, PointLoss.Logistic, weights: weights),
        _ => scores.Tape.CrossEntropy(scores, codes, weights, smoothing),
    };

    /// <summary>Predictions from raw scores [rows, outputs].</summary>
    public Predictions Predict(ModelSignature signature, float[] scores)
    {
        double[] raw = [.. scores.Select(score => score * Deviation + Mean)];
        if (signature.Task == LearningTask.Regression)
        {
            return Predictions.OfNumbers(raw);
        }

        int outputs = signature.OutputCount, classes = signature.Classes.Count;
        var probabilities = new double[raw.Length / outputs * classes];
        for (int row = 0; row < raw.Length / outputs; row++)
        {
            Span<double> own = probabilities.AsSpan(row * classes, classes);
            if (outputs == 1)
            {
                double one = 1 / (1 + Math.Exp(-raw[row]));
                (own[0], own[1]) = (1 - one, one);
                continue;
            }

            ReadOnlySpan<double> s = raw.AsSpan(row * outputs, outputs);
            double top = double.NegativeInfinity, sum = 0;
            foreach (double score in s)
            {
                top = Math.Max(top, score);
            }

            for (int k = 0; k < classes; k++)
            {
                sum += own[k] = Math.Exp(s[k] - top);
            }

            for (int k = 0; k < classes; k++)
            {
                own[k] /= sum;
            }
        }

        return Predictions.OfProbabilities(signature.Classes, raw, probabilities);
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
