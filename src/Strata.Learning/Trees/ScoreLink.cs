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
    public static Predictions Predict(this ScoreLink link, ModelSignature signature, double[] scores)
    {
        if (link == ScoreLink.Identity && !signature.Task.IsClassification())
        {
            return Predictions.OfNumbers(scores, scores);
        }

        int outputs = signature.OutputCount, width = signature.Task.IsClassification() ? signature.Classes.Count : 1, rows = scores.Length / outputs;
        var values = new double[rows * width];
        for (int row = 0; row < rows; row++)
        {
            link.Predict(scores.AsSpan(row * outputs, outputs), values.AsSpan(row * width, width));
        }

        return signature.Task.IsClassification() ? Predictions.OfProbabilities(signature.Classes, scores, values) : Predictions.OfNumbers(values, scores);
    }

    /// <summary>The prediction of one row: a number, or the probabilities of all classes.</summary>
    public static void Predict(this ScoreLink link, ReadOnlySpan<double> scores, Span<double> values)
    {
        switch (link)
        {
            case ScoreLink.Softmax:
                Softmax(scores, values);
                break;
            case ScoreLink.Logistic when values.Length == 2:
                double one = Logistic(scores[0]);
                (values[0], values[1]) = (1 - one, one);
                break;
            case ScoreLink.Logistic:
                values[0] = Logistic(scores[0]);
                break;
            case ScoreLink.Exponential:
                values[0] = Math.Exp(scores[0]);
                break;
            default:
                scores.CopyTo(values);
                break;
        }
    }

    private static double Logistic(double score) => 1 / (1 + Math.Exp(-score));

    private static void Softmax(ReadOnlySpan<double> scores, Span<double> probabilities)
    {
        double top = double.NegativeInfinity, sum = 0;
        foreach (double score in scores)
        {
            top = Math.Max(top, score);
        }

        for (int k = 0; k < scores.Length; k++)
        {
            sum += probabilities[k] = Math.Exp(scores[k] - top);
        }

        for (int k = 0; k < scores.Length; k++)
        {
            probabilities[k] /= sum;
        }
    }
}
