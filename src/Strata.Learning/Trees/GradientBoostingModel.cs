using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees;

/// <summary>Boosted trees: the raw score is the base score plus all trees' values; probabilities are its logistic function or softmax.</summary>
public sealed class GradientBoostingModel : ITreeModel
{
    internal GradientBoostingModel(ModelSignature signature, TreeEnsemble trees) => (Signature, Trees) = (signature, trees);

    public string Algorithm => "gradient_boosting";

    public ModelSignature Signature { get; }

    public TreeEnsemble Trees { get; }

    /// <inheritdoc/>
    public Predictions Predict(Frame rows, int threads = 1)
    {
        Frame conformed = Signature.Features.Conform(rows);
        double[] scores = EnsembleScorer.Score(Trees, conformed, threads);
        return Signature.Task switch
        {
            LearningTask.Regression => Predictions.OfNumbers(scores),
            LearningTask.BinaryClassification => Predictions.OfProbabilities(Signature.Classes, scores, Logistic(scores)),
            _ => Predictions.OfProbabilities(Signature.Classes, scores, Softmax(scores, Signature.Classes.Count)),
        };
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        Trees.Write(writer.Section("trees"));
    }

    /// <exception cref="ModelFileException">The file holds no such model.</exception>
    public static GradientBoostingModel Read(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ModelSignature signature = ModelSignature.Read(reader);
        TreeEnsemble trees = TreeEnsemble.Read(reader.Section("trees"));
        TreeModelCheck.Fits(signature, trees, valueWidth: 1);
        return new GradientBoostingModel(signature, trees);
    }

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
