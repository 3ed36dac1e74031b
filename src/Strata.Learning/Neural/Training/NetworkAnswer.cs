using Strata.Learning.Onnx;

namespace Strata.Learning.Neural.Training;

/// <summary>What one network, or one sample of it, says of some rows.</summary>
/// <param name="Raw">[rows, outputs].</param>
/// <param name="Values">Numbers [rows], or probabilities [rows, classes].</param>
/// <param name="Variances">How far measurements lie from the numbers, squared [rows]; null where it does not say.</param>
internal sealed record NetworkAnswer(double[] Raw, double[] Values, double[]? Variances)
{
    /// <summary>The smallest probability that has a logarithm.</summary>
    private const double Least = 1e-300;

    /// <summary>Probabilities [rows, classes] by log-odds of two classes or a score for each of several.</summary>
    public static double[] Probabilities(double[] raw, ModelSignature signature)
    {
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

        return probabilities;
    }

    /// <summary>The mean of what several say, and by how much they disagree.</summary>
    public static Predictions Together(IReadOnlyList<NetworkAnswer> answers, ModelSignature signature)
    {
        NetworkAnswer first = answers[0];
        bool isOne = answers.Count == 1, isNumber = signature.Task == LearningTask.Regression;
        if (isOne && first.Variances is null)
        {
            return isNumber ? Predictions.OfNumbers(first.Values) : Predictions.OfProbabilities(signature.Classes, first.Raw, first.Values);
        }

        double[] mean = isOne ? first.Values : Mean(answers);
        double[][] each = [.. answers.Select(answer => answer.Values)];
        return isNumber
            ? Predictions.OfNumbers(mean).With(PredictedUncertainty.OfNumbers(each, first.Variances is null ? null : [.. answers.Select(answer => answer.Variances!)]))
            : Predictions.OfProbabilities(signature.Classes, RawOf(mean, signature), mean).With(PredictedUncertainty.OfClasses(each, signature.Classes.Count));
    }

    /// <summary>The mean of what several say inside a graph.</summary>
    public static OnnxAnswer Export(IReadOnlyList<OnnxAnswer> answers, ModelSignature signature)
    {
        if (answers.Count == 1)
        {
            return answers[0];
        }

        OnnxValue mean = answers.Select(answer => answer.Values).Aggregate((sum, next) => sum + next) / answers.Count;
        if (signature.Task == LearningTask.Regression)
        {
            return new OnnxAnswer(mean, mean);
        }

        OnnxValue logarithms = mean.Within(Least, 1).To("Log");
        return new OnnxAnswer(mean, signature.OutputCount > 1 ? logarithms : logarithms.Slice(1, 1, 2) - logarithms.Slice(1, 0, 1));
    }

    private static double[] Mean(IReadOnlyList<NetworkAnswer> answers)
    {
        var mean = new double[answers[0].Values.Length];
        foreach (NetworkAnswer answer in answers)
        {
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += answer.Values[i];
            }
        }

        for (int i = 0; i < mean.Length; i++)
        {
            mean[i] /= answers.Count;
        }

        return mean;
    }

    /// <summary>The raw scores whose probabilities these are: log-odds, or logarithms.</summary>
    private static double[] RawOf(double[] probabilities, ModelSignature signature)
    {
        return signature.OutputCount > 1
            ? Array.ConvertAll(probabilities, p => Math.Log(Math.Max(p, Least)))
            : [.. Enumerable.Range(0, probabilities.Length / 2).Select(row => Math.Log(Math.Max(probabilities[2 * row + 1], Least)) - Math.Log(Math.Max(probabilities[2 * row], Least)))];
    }
}
