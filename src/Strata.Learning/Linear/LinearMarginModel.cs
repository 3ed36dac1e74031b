using Strata.Learning.Data;
using Strata.Learning.Losses;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Linear;

/// <summary>
/// Classes told apart by scores that are sums over columns: one score for two classes (positive for the second), one a class against the rest for more. Each score's
/// probability comes from a sigmoid; those of several classes are divided by their sum.
/// </summary>
public sealed class LinearMarginModel : LinearModel, IOnnxModel
{
    private readonly PlattSigmoid[] sigmoids;

    internal LinearMarginModel(string algorithm, ModelSignature signature, double[] coefficients, double[] intercepts, double[] featureMeans, PlattSigmoid[] sigmoids, bool converged, IReadOnlyList<string> notes)
        : base(signature, coefficients, intercepts, featureMeans, notes) => (Algorithm, this.sigmoids, Converged) = (algorithm, sigmoids, converged);

    private LinearMarginModel(ModelReader reader, string algorithm)
        : base(reader)
    {
        (Algorithm, Converged) = (algorithm, reader.Get<bool>("converged"));
        double[] numbers = reader.Tensor<double>("sigmoids", Intercepts.Length, 2);
        if (!Signature.Task.IsClassification() || !numbers.All(double.IsFinite))
        {
            throw new ModelFileException("The signature of the linear classifier in the model file has no classes, or a sigmoid is not finite.");
        }

        sigmoids = [.. Enumerable.Range(0, Intercepts.Length).Select(k => new PlattSigmoid(numbers[2 * k], numbers[2 * k + 1]))];
    }

    public override string Algorithm { get; }

    /// <summary>Whether the solver met its stopping rule for every score.</summary>
    public bool Converged { get; }

    public static LinearMarginModel Read(ModelReader reader, string algorithm) => new(reader, algorithm);

    public override Predictions Predict(Frame rows, int threads = 1)
    {
        double[] scores = RawScores(rows, threads);
        int outputs = Intercepts.Length, classes = Signature.Classes.Count, rowCount = scores.Length / outputs;
        var probabilities = new double[rowCount * classes];
        for (int row = 0; row < rowCount; row++)
        {
            Span<double> ofRow = probabilities.AsSpan(row * classes, classes);
            if (outputs == 1)
            {
                double one = sigmoids[0].Probability(scores[row]);
                (ofRow[0], ofRow[1]) = (1 - one, one);
                continue;
            }

            double sum = 0;
            for (int k = 0; k < classes; k++)
            {
                // A row that is of no class by any score is as near to one as to another.
                sum += ofRow[k] = 1e-300 + sigmoids[k].Probability(scores[row * outputs + k]);
            }

            for (int k = 0; k < classes; k++)
            {
                ofRow[k] /= sum;
            }
        }

        return Predictions.OfProbabilities(Signature.Classes, scores, probabilities);
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        OnnxValue scores = RawScores(rows);
        OnnxValue Row(string name, Func<PlattSigmoid, double> of) => rows.Graph.Constant(name, OnnxElement.Double, [sigmoids.Length], sigmoids.Select(of));
        OnnxValue each = (scores * Row("slopes", sigmoid => sigmoid.Slope) + Row("offsets", sigmoid => sigmoid.Offset)).Sigmoid();
        return new OnnxAnswer(sigmoids.Length == 1 ? OnnxAnswer.OfSecond(each) : OnnxAnswer.Shares(each, sigmoids.Length), scores);
    }

    public override void Write(ModelWriter writer)
    {
        base.Write(writer);
        writer.Set("converged", Converged);
        writer.Tensor("sigmoids", [.. sigmoids.SelectMany(sigmoid => new[] { sigmoid.Slope, sigmoid.Offset })], sigmoids.Length, 2);
    }
}
