using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Preparation;

namespace Strata.Learning.Bayes;

/// <summary>Naive Bayes whose log densities are sums over the columns, or over whether they are above a threshold: the multinomial and the Bernoulli kind.</summary>
public sealed class LogLinearBayesModel : BayesModel
{
    internal LogLinearBayesModel(string algorithm, ModelSignature signature, double[] coefficients, double[] intercepts, double? threshold, double[] logPriors, IReadOnlyList<string> notes)
        : base(signature, logPriors, notes) => (Algorithm, Coefficients, Intercepts, Threshold) = (algorithm, coefficients, intercepts, threshold);

    private LogLinearBayesModel(ModelReader reader, string algorithm)
        : base(reader)
    {
        Algorithm = algorithm;
        int classes = Signature.Classes.Count;
        Coefficients = reader.Tensor<double>("coefficients", classes, Signature.Features.Columns.Count);
        Intercepts = reader.Tensor<double>("intercepts", classes);
        Threshold = algorithm == BernoulliNaiveBayes.AlgorithmName ? reader.Get<double>("threshold") : null;
        if (!Coefficients.Concat(Intercepts).All(number => Math.Abs(number) < FiniteNumbers.Largest) || (Threshold is double threshold && !double.IsFinite(threshold)))
        {
            throw new ModelFileException("A number of the naive Bayes in the model file is not finite.");
        }
    }

    public override string Algorithm { get; }

    /// <summary>Row-major [classes, columns]: what a unit of the column, or its being above the threshold, adds to the log density.</summary>
    public double[] Coefficients { get; }

    /// <summary>One a class.</summary>
    public double[] Intercepts { get; }

    /// <summary>Values above count as one, the others as zero; null where values count as they are.</summary>
    public double? Threshold { get; }

    /// <param name="reader">What the model wrote.</param>
    /// <param name="algorithm">Which of the two kinds it is.</param>
    public static LogLinearBayesModel Read(ModelReader reader, string algorithm) => new(reader, algorithm);

    public override void Write(ModelWriter writer)
    {
        base.Write(writer);
        writer.Tensor("coefficients", Coefficients, Signature.Classes.Count, Signature.Features.Columns.Count);
        writer.Tensor("intercepts", Intercepts);
        if (Threshold is double threshold)
        {
            writer.Set("threshold", threshold);
        }
    }

    private protected override Action<int, double[]> LogDensitiesOf(SparseRows rows)
    {
        int columns = rows.ColumnCount;
        double[] common = [.. Enumerable.Range(0, columns).Select(j => Counted(rows.Common?[j] ?? 0))], ofCommon = [.. Intercepts];
        for (int i = 0; i < Coefficients.Length; i++)
        {
            ofCommon[i / columns] += Coefficients[i] * common[i % columns];
        }

        return (row, joint) =>
        {
            for (int k = 0; k < joint.Length; k++)
            {
                double sum = ofCommon[k];
                for (int at = rows.Starts[row]; at < rows.Starts[row + 1]; at++)
                {
                    sum += Coefficients[k * columns + rows.Columns[at]] * (Counted(rows.Values[at]) - common[rows.Columns[at]]);
                }

                joint[k] += sum;
            }
        };
    }

    private protected override OnnxValue LogDensities(OnnxValue rows)
    {
        int classes = Intercepts.Length, columns = Coefficients.Length / classes;
        OnnxValue counted = Threshold is double threshold ? rows.IsAbove(threshold).As(OnnxElement.Double) : rows;
        OnnxValue weights = rows.Graph.Constant("coefficients", OnnxElement.Double, [columns, classes], Enumerable.Range(0, columns * classes).Select(i => Coefficients[i % classes * columns + i / classes]));
        return counted.MatrixProduct(weights) + rows.Graph.Constant("intercepts", OnnxElement.Double, [classes], Intercepts);
    }

    private double Counted(double value) => Threshold is double threshold ? value > threshold ? 1 : 0 : value;

    private protected override void AddLogDensities(ReadOnlySpan<double> row, Span<double> joint)
    {
        for (int k = 0; k < joint.Length; k++)
        {
            ReadOnlySpan<double> coefficients = Coefficients.AsSpan(k * row.Length, row.Length);
            double sum = Intercepts[k];
            for (int j = 0; j < row.Length; j++)
            {
                sum += coefficients[j] * Counted(row[j]);
            }

            joint[k] += sum;
        }
    }
}
