using Strata.Learning.Data;
using Strata.Learning.Losses;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Vectors;

/// <summary>
/// Class probabilities from sums of kernels. The raw score of two classes is the decision value (positive for the second class); of several it is, class by class, the
/// pairs won plus what is left of their decision values, squeezed below a half, as scikit-learn's one-against-rest decision function.
/// </summary>
public sealed class SvmModel : IModel, IOnnxModel
{
    private readonly VectorMachine machine;
    private readonly PlattSigmoid[] sigmoids;

    internal SvmModel(ModelSignature signature, VectorMachine machine, PlattSigmoid[] sigmoids, double[] objectives, bool converged, IReadOnlyList<string> notes) =>
        (Signature, this.machine, this.sigmoids, DualObjectives, Converged, Notes) = (signature, machine, sigmoids, objectives, converged, notes);

    public string Algorithm => Svm.AlgorithmName;

    public ModelSignature Signature { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>Whether the solver met its stopping rule for every pair of classes.</summary>
    public bool Converged { get; }

    /// <summary>The value of the dual problem of each pair of classes.</summary>
    public IReadOnlyList<double> DualObjectives { get; }

    public int VectorCount => machine.VectorCount;

    /// <summary>Row-major [pairs of classes, support vectors]: what each support vector adds to a pair's decision value, times its kernel.</summary>
    public double[] DualCoefficients => machine.Coefficients;

    /// <summary>One a pair of classes.</summary>
    public double[] Intercepts => machine.Intercepts;

    public static SvmModel Read(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ModelSignature signature = ModelSignature.Read(reader);
        if (!signature.Task.IsClassification())
        {
            throw new ModelFileException("The signature of the support vector machine in the model file has no classes.");
        }

        int pairs = ClassPair.All(signature.Classes.Count).Count();
        double[] sigmoids = reader.Tensor<double>("sigmoids", pairs, 2), objectives = reader.Tensor<double>("objectives", pairs);
        string?[] notes = reader.Get<string?[]>("notes");
        if (!sigmoids.All(double.IsFinite) || notes.Contains(null))
        {
            throw new ModelFileException("A sigmoid of the support vector machine in the model file is not finite, or a note is null.");
        }

        PlattSigmoid[] curves = [.. Enumerable.Range(0, pairs).Select(k => new PlattSigmoid(sigmoids[2 * k], sigmoids[2 * k + 1]))];
        return new SvmModel(signature, VectorMachine.Read(reader, signature.Features.Columns.Count, pairs), curves, objectives, reader.Get<bool>("converged"), notes!);
    }

    /// <summary>Row-major [rows, pairs of classes]: positive speaks for the first class of the pair; for two classes, for the second.</summary>
    public double[] DecisionValues(Frame rows, int threads = 1) => machine.Decisions(Signature.Features.Conform(rows), threads);

    public Predictions Predict(Frame rows, int threads = 1)
    {
        double[] decisions = DecisionValues(rows, threads);
        int classes = Signature.Classes.Count, pairs = machine.SumCount, rowCount = decisions.Length / pairs;
        var probabilities = new double[rowCount * classes];
        if (classes == 2)
        {
            for (int row = 0; row < rowCount; row++)
            {
                double one = sigmoids[0].Probability(decisions[row]);
                (probabilities[2 * row], probabilities[2 * row + 1]) = (1 - one, one);
            }

            return Predictions.OfProbabilities(Signature.Classes, decisions, probabilities);
        }

        var scores = new double[rowCount * classes];
        var ofPairs = new double[classes * classes];
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<double> values = decisions.AsSpan(row * pairs, pairs);
            Vote(values, scores.AsSpan(row * classes, classes));
            int pair = 0;
            foreach ((int i, int j) in ClassPair.All(classes))
            {
                double mine = sigmoids[pair].Probability(values[pair++]);
                (ofPairs[i * classes + j], ofPairs[j * classes + i]) = (mine, 1 - mine);
            }

            PairwiseCoupling.Couple(ofPairs, probabilities.AsSpan(row * classes, classes));
        }

        return Predictions.OfProbabilities(Signature.Classes, scores, probabilities);
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        OnnxValue decisions = machine.Export(rows);
        OnnxValue Row(string name, Func<PlattSigmoid, double> of) => rows.Graph.Constant(name, OnnxElement.Double, [sigmoids.Length], sigmoids.Select(of));
        OnnxValue each = (decisions * Row("slopes", sigmoid => sigmoid.Slope) + Row("offsets", sigmoid => sigmoid.Offset)).Sigmoid();
        return new OnnxAnswer(sigmoids.Length == 1 ? OnnxAnswer.OfSecond(each) : PairwiseCoupling.Export(each, Signature.Classes.Count));
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("notes", Notes);
        writer.Set("converged", Converged);
        machine.Write(writer);
        writer.Tensor("objectives", DualObjectives.ToArray());
        writer.Tensor("sigmoids", [.. sigmoids.SelectMany(sigmoid => new[] { sigmoid.Slope, sigmoid.Offset })], sigmoids.Length, 2);
    }

    private static void Vote(ReadOnlySpan<double> values, Span<double> scores)
    {
        var confidences = new double[scores.Length];
        int pair = 0;
        foreach ((int i, int j) in ClassPair.All(scores.Length))
        {
            double value = values[pair++];
            confidences[i] += value;
            confidences[j] -= value;
            scores[value < 0 ? j : i]++;
        }

        for (int k = 0; k < scores.Length; k++)
        {
            scores[k] += confidences[k] / (3 * (Math.Abs(confidences[k]) + 1));
        }
    }
}
