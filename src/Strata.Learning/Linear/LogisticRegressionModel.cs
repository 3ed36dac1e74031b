using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Linear;

/// <summary>Class probabilities from sums over columns: the logistic function of one score for two classes, softmax of one score a class for more.</summary>
public sealed class LogisticRegressionModel : LinearModel, IOnnxModel
{
    internal LogisticRegressionModel(ModelSignature signature, double[] coefficients, double[] intercepts, double[] featureMeans, bool converged, int iterations, IReadOnlyList<string> notes)
        : base(signature, coefficients, intercepts, featureMeans, notes) => (Converged, Iterations) = (converged, iterations);

    private LogisticRegressionModel(ModelReader reader)
        : base(reader)
    {
        Converged = reader.Get<bool>("converged");
        Iterations = reader.Get<int>("iterations");
        if (!Signature.Task.IsClassification())
        {
            throw new ModelFileException("The signature of the logistic regression in the model file has no classes.");
        }
    }

    public override string Algorithm => LogisticRegression.AlgorithmName;

    /// <summary>Whether the gradient came below the recipe's tolerance.</summary>
    public bool Converged { get; }

    public int Iterations { get; }

    public static LogisticRegressionModel Read(ModelReader reader) => new(reader);

    public override Predictions Predict(Frame rows, int threads = 1)
    {
        double[] scores = RawScores(rows, threads);
        int outputs = Intercepts.Length, classes = Signature.Classes.Count, rowCount = scores.Length / outputs;
        var probabilities = new double[rowCount * classes];
        for (int row = 0; row < rowCount; row++)
        {
            if (outputs == 1)
            {
                double one = Probabilities.Logistic(scores[row]);
                (probabilities[2 * row], probabilities[2 * row + 1]) = (1 - one, one);
            }
            else
            {
                Probabilities.OfScores(scores.AsSpan(row * outputs, outputs), probabilities.AsSpan(row * classes, classes));
            }
        }

        return Predictions.OfProbabilities(Signature.Classes, scores, probabilities);
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows) => OnnxAnswer.OfLogOdds(RawScores(rows), Signature.Classes.Count);

    public override void Write(ModelWriter writer)
    {
        base.Write(writer);
        writer.Set("converged", Converged);
        writer.Set("iterations", Iterations);
    }
}
