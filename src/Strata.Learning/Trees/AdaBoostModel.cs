using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Trees.Exchange;

namespace Strata.Learning.Trees;

/// <summary>
/// Trees that vote for classes. The raw score is the mean vote by weight, from -1 to 1 for two classes, and for more from -1/(K-1) to 1 for each; probabilities are the
/// logistic function of it, or the softmax of it through K-1, as in scikit-learn: they order well, and say too little of how sure they are.
/// </summary>
public sealed class AdaBoostModel : ITreeModel, IOnnxModel
{
    internal const string OwnAlgorithm = "adaboost";

    internal AdaBoostModel(ModelSignature signature, TreeEnsemble trees) => (Signature, Trees) = (signature, trees);

    public string Algorithm => OwnAlgorithm;

    public ModelSignature Signature { get; }

    public TreeEnsemble Trees { get; }

    /// <inheritdoc/>
    public Predictions Predict(Frame rows, int threads = 1)
    {
        double[] votes = EnsembleScorer.Score(Trees, Signature.Features.Conform(rows), threads);
        int classes = Signature.Classes.Count;
        var probabilities = new double[votes.Length / Signature.OutputCount * classes];
        for (int row = 0; row < probabilities.Length / classes; row++)
        {
            Span<double> of = probabilities.AsSpan(row * classes, classes);
            for (int k = 0; k < classes; k++)
            {
                of[k] = Math.Exp(classes == 2 ? (k - 0.5) * votes[row] : votes[row * classes + k] / (classes - 1));
            }

            double sum = 0;
            foreach (double part in of)
            {
                sum += part;
            }

            for (int k = 0; k < classes; k++)
            {
                of[k] /= sum;
            }
        }

        return Predictions.OfProbabilities(Signature.Classes, votes, probabilities);
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        OnnxValue votes = OnnxTrees.Scores(Trees, rows);
        int classes = Signature.Classes.Count;
        return new OnnxAnswer(OnnxAnswer.OfLogOdds(classes == 2 ? votes : votes / (classes - 1), classes).Values, votes);
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        Trees.Write(writer.Section("trees"));
    }

    /// <summary>Reads a model of classes, or one of numbers: an <see cref="AdaBoostMedianModel"/>.</summary>
    /// <exception cref="ModelFileException">The file holds no such model.</exception>
    public static IModel Read(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ModelSignature signature = ModelSignature.Read(reader);
        TreeEnsemble trees = TreeEnsemble.Read(reader.Section("trees"));
        TreeModelCheck.Fits(signature, trees, signature.OutputCount);
        return signature.Task switch
        {
            LearningTask.Regression => AdaBoostMedianModel.Read(reader, signature, trees),
            LearningTask.OutlierDetection => throw new ModelFileException("The model file says of boosted trees that they predict nothing."),
            _ => new AdaBoostModel(signature, trees),
        };
    }
}
