namespace Strata.Learning.Trees;

/// <summary>Makes predictions of what trees average: probabilities, or numbers.</summary>
internal static class AveragedScores
{
    /// <param name="signature">What is predicted.</param>
    /// <param name="means">Row-major [rows, outputs].</param>
    public static Predictions Predictions(ModelSignature signature, double[] means) => signature.Task == LearningTask.Regression
        ? Learning.Predictions.OfNumbers(means)
        : Learning.Predictions.OfProbabilities(signature.Classes, means, Probabilities(means, signature.OutputCount));

    /// <summary>The means as probabilities: rounding may have brought them out of [0, 1] or off the sum 1 by a few units in the last place.</summary>
    private static double[] Probabilities(double[] means, int outputs)
    {
        var probabilities = new double[outputs == 1 ? 2 * means.Length : means.Length];
        if (outputs == 1)
        {
            for (int row = 0; row < means.Length; row++)
            {
                double one = Math.Clamp(means[row], 0, 1);
                (probabilities[2 * row], probabilities[2 * row + 1]) = (1 - one, one);
            }

            return probabilities;
        }

        for (int first = 0; first < means.Length; first += outputs)
        {
            double sum = 0;
            for (int k = first; k < first + outputs; k++)
            {
                sum += probabilities[k] = Math.Max(means[k], 0);
            }

            for (int k = first; k < first + outputs; k++)
            {
                probabilities[k] = sum > 0 ? probabilities[k] / sum : 1.0 / outputs;
            }
        }

        return probabilities;
    }
}
