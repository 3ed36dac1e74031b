namespace Strata.Learning.Trees;

/// <summary>Makes predictions of what trees average: probabilities, or numbers.</summary>
internal static class AveragedScores
{
    /// <param name="signature">What is predicted.</param>
    /// <param name="means">Row-major [rows, outputs].</param>
    public static Predictions Predictions(ModelSignature signature, double[] means) => signature.Task == LearningTask.Regression
        ? Learning.Predictions.OfNumbers(means)
        : Learning.Predictions.OfProbabilities(signature.Classes, means, Probabilities(means, signature.OutputCount));

    /// <summary>The prediction of one row: a number, or the probabilities of all classes.</summary>
    public static void Predict(LearningTask task, ReadOnlySpan<double> means, Span<double> values)
    {
        if (task.IsClassification())
        {
            Probabilities(means, values);
        }
        else
        {
            means.CopyTo(values);
        }
    }

    private static double[] Probabilities(double[] means, int outputs)
    {
        int width = Math.Max(2, outputs);
        var probabilities = new double[means.Length / outputs * width];
        for (int row = 0; row < means.Length / outputs; row++)
        {
            Probabilities(means.AsSpan(row * outputs, outputs), probabilities.AsSpan(row * width, width));
        }

        return probabilities;
    }

    /// <summary>The means as probabilities: rounding may have brought them out of [0, 1] or off the sum 1 by a few units in the last place.</summary>
    private static void Probabilities(ReadOnlySpan<double> means, Span<double> probabilities)
    {
        if (means.Length == 1)
        {
            double one = Math.Clamp(means[0], 0, 1);
            (probabilities[0], probabilities[1]) = (1 - one, one);
            return;
        }

        double sum = 0;
        for (int k = 0; k < means.Length; k++)
        {
            sum += probabilities[k] = Math.Max(means[k], 0);
        }

        for (int k = 0; k < means.Length; k++)
        {
            probabilities[k] = sum > 0 ? probabilities[k] / sum : 1.0 / means.Length;
        }
    }
}
