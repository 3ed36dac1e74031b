using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Preparation;

namespace Strata.Learning.Bayes;

/// <summary>Mean and variance of every column within every class.</summary>
public sealed class GaussianNaiveBayesModel : BayesModel
{
    private readonly double[] constants;

    internal GaussianNaiveBayesModel(ModelSignature signature, double[] means, double[] variances, double[] logPriors, IReadOnlyList<string> notes)
        : base(signature, logPriors, notes)
    {
        (Means, Variances) = (means, variances);
        constants = Constants();
    }

    private GaussianNaiveBayesModel(ModelReader reader)
        : base(reader)
    {
        int classes = Signature.Classes.Count, columns = Signature.Features.Columns.Count;
        Means = reader.Tensor<double>("means", classes, columns);
        Variances = reader.Tensor<double>("variances", classes, columns);
        if (!FiniteNumbers.AllWithin(Means) || !Variances.All(variance => variance > 0 && double.IsFinite(variance)))
        {
            throw new ModelFileException("A mean of the naive Bayes in the model file is not finite, or a variance not positive.");
        }

        constants = Constants();
    }

    public override string Algorithm => GaussianNaiveBayes.AlgorithmName;

    /// <summary>Row-major [classes, columns].</summary>
    public double[] Means { get; }

    /// <summary>Row-major [classes, columns], smoothing included.</summary>
    public double[] Variances { get; }

    public static GaussianNaiveBayesModel Read(ModelReader reader) => new(reader);

    public override void Write(ModelWriter writer)
    {
        base.Write(writer);
        writer.Tensor("means", Means, Signature.Classes.Count, Signature.Features.Columns.Count);
        writer.Tensor("variances", Variances, Signature.Classes.Count, Signature.Features.Columns.Count);
    }

    private protected override void AddLogDensities(ReadOnlySpan<double> row, Span<double> joint)
    {
        for (int k = 0; k < joint.Length; k++)
        {
            ReadOnlySpan<double> means = Means.AsSpan(k * row.Length, row.Length), variances = Variances.AsSpan(k * row.Length, row.Length);
            double sum = 0;
            for (int j = 0; j < row.Length; j++)
            {
                sum += (row[j] - means[j]) * (row[j] - means[j]) / variances[j];
            }

            joint[k] += constants[k] - 0.5 * sum;
        }
    }

    private protected override OnnxValue LogDensities(OnnxValue rows) =>
        rows.Graph.Constant("constants", OnnxElement.Double, [constants.Length], constants) - OnnxDensities.Squares(rows, Means, Variances, constants.Length) * 0.5;

    /// <summary>What does not depend on the row.</summary>
    private double[] Constants()
    {
        int columns = Signature.Features.Columns.Count;
        return [.. Enumerable.Range(0, Signature.Classes.Count).Select(k => Enumerable.Range(k * columns, columns).Sum(i => -0.5 * Math.Log(2 * Math.PI * Variances[i])))];
    }
}
