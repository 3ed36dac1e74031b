using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Preparation;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Bayes;

/// <summary>A normal distribution a class, by its mean and the Cholesky factor of its covariance.</summary>
public sealed class QuadraticDiscriminantModel : BayesModel
{
    private readonly int[] kept;
    private readonly double[] scales, means, lowers, constants;

    /// <param name="signature">What is predicted from what.</param>
    /// <param name="kept">The 0-based columns that count.</param>
    /// <param name="scales">What they are divided by.</param>
    /// <param name="means">Row-major [classes, kept].</param>
    /// <param name="lowers">Row-major [classes, kept, kept]: L Lᵀ is the covariance of the divided columns.</param>
    /// <param name="logPriors">One a class.</param>
    /// <param name="notes">For people.</param>
    internal QuadraticDiscriminantModel(ModelSignature signature, int[] kept, double[] scales, double[] means, double[] lowers, double[] logPriors, IReadOnlyList<string> notes)
        : base(signature, logPriors, notes)
    {
        (this.kept, this.scales, this.means, this.lowers) = (kept, scales, means, lowers);
        constants = Constants();
    }

    private QuadraticDiscriminantModel(ModelReader reader)
        : base(reader)
    {
        int classes = Signature.Classes.Count;
        kept = reader.Tensor<int>("kept", -1);
        scales = reader.Tensor<double>("scales", kept.Length);
        means = reader.Tensor<double>("means", classes, kept.Length);
        lowers = reader.Tensor<double>("lowers", classes, kept.Length, kept.Length);
        bool areColumns = kept.Length > 0 && kept.All(j => j >= 0 && j < Signature.Features.Columns.Count);
        if (!areColumns || !scales.All(scale => scale > 0 && double.IsFinite(scale)) || !FiniteNumbers.AllWithin(means) || !FiniteNumbers.AllWithin(lowers)
            || !Enumerable.Range(0, classes * kept.Length).All(i => lowers[i * kept.Length + i % kept.Length] > 0))
        {
            throw new ModelFileException("A column, mean or factor of the discriminant in the model file is not what it can be.");
        }

        constants = Constants();
    }

    public override string Algorithm => QuadraticDiscriminant.AlgorithmName;

    public static QuadraticDiscriminantModel Read(ModelReader reader) => new(reader);

    public override void Write(ModelWriter writer)
    {
        base.Write(writer);
        writer.Tensor("kept", kept);
        writer.Tensor("scales", scales);
        writer.Tensor("means", means, Signature.Classes.Count, kept.Length);
        writer.Tensor("lowers", lowers, Signature.Classes.Count, kept.Length, kept.Length);
    }

    private protected override void AddLogDensities(ReadOnlySpan<double> row, Span<double> joint)
    {
        int p = kept.Length;
        Span<double> white = p <= 256 ? stackalloc double[p] : new double[p];
        for (int k = 0; k < joint.Length; k++)
        {
            ReadOnlySpan<double> lower = lowers.AsSpan(k * p * p, p * p);
            double square = 0;
            for (int i = 0; i < p; i++)
            {
                double distance = (row[kept[i]] - means[k * p + i]) / scales[i];
                white[i] = (distance - VectorKernels.Dot(lower.Slice(i * p, i), white[..i])) / lower[i * p + i];
                square += white[i] * white[i];
            }

            joint[k] += double.IsNaN(square) ? double.NegativeInfinity : constants[k] - 0.5 * square;
        }
    }

    private protected override OnnxValue LogDensities(OnnxValue rows)
    {
        OnnxValue scaled = rows.Gather(rows.Graph.Wholes(kept), axis: 1) / rows.Graph.Constant("scales", OnnxElement.Double, [scales.Length], scales);
        double[] scaledMeans = [.. means.Select((mean, i) => mean / scales[i % scales.Length])];
        return rows.Graph.Constant("constants", OnnxElement.Double, [constants.Length], constants) - OnnxDensities.WhitenedSquares(scaled, scaledMeans, Whiten, constants.Length) * 0.5;
    }

    /// <summary>Replaces a vector by the inverse of a class's factor times it.</summary>
    private void Whiten(int code, double[] vector)
    {
        int p = kept.Length;
        for (int i = 0; i < p; i++)
        {
            ReadOnlySpan<double> line = lowers.AsSpan((code * p + i) * p, p);
            vector[i] = (vector[i] - VectorKernels.Dot(line[..i], vector.AsSpan(0, i))) / line[i];
        }
    }

    /// <summary>Minus half the logarithms of the covariances' determinants.</summary>
    private double[] Constants()
    {
        int p = kept.Length;
        return [.. Enumerable.Range(0, Signature.Classes.Count).Select(k => -Enumerable.Range(0, p).Sum(i => Math.Log(lowers[k * p * p + i * p + i])))];
    }
}
