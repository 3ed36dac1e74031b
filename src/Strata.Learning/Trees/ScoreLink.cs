namespace Strata.Learning.Trees;

/// <summary>How predictions come from raw scores.</summary>
public enum ScoreLink
{
    /// <summary>The raw score is the prediction.</summary>
    Identity,

    /// <summary><c>1 / (1 + exp(-s))</c>.</summary>
    Logistic,

    /// <summary><c>exp(s[k]) / sum exp(s)</c>.</summary>
    Softmax,

    /// <summary><c>exp(s)</c>.</summary>
    Exponential,
}

/// <summary>Carries raw scores over a link.</summary>
internal static class ScoreLinks
{
    /// <summary>Predictions from raw scores, row-major [rows, outputs].</summary>
    public static Predictions Predict(this ScoreLink link, ModelSignature signature, double[] scores) => signature.Task switch
    {
        LearningTask.BinaryClassification => Predictions.OfProbabilities(signature.Classes, scores, Logistic(scores)),
        LearningTask.MulticlassClassification => Predictions.OfProbabilities(signature.Classes, scores, Softmax(scores, signature.Classes.Count)),
        _ => Predictions.OfNumbers(Numbers(link, scores), scores),
    };

    private static double[] Numbers(ScoreLink link, double[] scores) => link switch
    {
        ScoreLink.Exponential => [.. scores.Select(Math.Exp)],
        ScoreLink.Logistic => [.. scores.Select(score => 1 / (1 + Math.Exp(-score)))],
        _ => scores,
    };

    private static double[] Logistic(double[] scores)
    {
        var probabilities = new double[2 * scores.Length];
        for (int row = 0; row < scores.Length; row++)
        {
            double one = 1 / (1 + Math.Exp(-scores[row]));
            (probabilities[2 * row], probabilities[2 * row + 1]) = (1 - one, one);
        }

        return probabilities;
    }

    private static double[] Softmax(double[] scores, int classCount)
    {
        var probabilities = new double[scores.Length];
        for (int first = 0; first < scores.Length; first += classCount)
        {
            ReadOnlySpan<double> row = scores.AsSpan(first, classCount);
            double top = double.NegativeInfinity, sum = 0;
            foreach (double score in row)
            {
                top = Math.Max(top, score);
            }

            for (int k = 0; k < classCount; k++)
            {
                sum += probabilities[first + k] = Math.Exp(row[k] - top);
            }

            for (int k = 0; k < classCount; k++)
            {
                probabilities[first + k] /= sum;
            }
        }

        return probabilities;
    }
}
