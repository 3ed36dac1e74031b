using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Linear;

/// <summary>A number predicted as a sum over columns.</summary>
public sealed class RidgeModel : LinearModel, IOnnxModel
{
    internal RidgeModel(ModelSignature signature, double[] coefficients, double intercept, double[] featureMeans, IReadOnlyList<string> notes)
        : base(signature, coefficients, [intercept], featureMeans, notes)
    {
    }

    private RidgeModel(ModelReader reader)
        : base(reader)
    {
        if (Signature.Task != LearningTask.Regression)
        {
            throw new ModelFileException("The signature of the ridge regression in the model file has classes.");
        }
    }

    public override string Algorithm => Ridge.AlgorithmName;

    public static RidgeModel Read(ModelReader reader) => new(reader);

    public override Predictions Predict(Frame rows, int threads = 1) => Predictions.OfNumbers(RawScores(rows, threads));

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        OnnxValue scores = RawScores(rows);
        return new OnnxAnswer(scores, scores);
    }
}
