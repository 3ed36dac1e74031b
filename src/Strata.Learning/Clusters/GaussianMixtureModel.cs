using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Preparation;

namespace Strata.Learning.Clusters;

/// <summary>Overlapping normal distributions; a row belongs to the one that most probably made it.</summary>
public sealed class GaussianMixtureModel : ClusterModel, IOnnxModel
{
    private readonly MixtureComponents components;

    internal GaussianMixtureModel(ModelSignature signature, MixtureComponents components, double meanLogDensity, int iterations, bool converged, IReadOnlyList<string> notes)
        : base(signature, notes) => (this.components, MeanLogDensity, Iterations, Converged) = (components, meanLogDensity, iterations, converged);

    private GaussianMixtureModel(ModelReader reader)
        : base(reader)
    {
        int columns = Signature.Features.Columns.Count;
        bool isDiagonal = reader.Get<bool>("is_diagonal");
        double[] shares = reader.Tensor<double>("shares", -1), means = reader.Tensor<double>("means", shares.Length, columns);
        double[] covariances = isDiagonal ? reader.Tensor<double>("covariances", shares.Length, columns) : reader.Tensor<double>("covariances", shares.Length, columns, columns);
        bool areNumbers = shares.Length > 0 && shares.All(share => share is > 0 and <= 1) && FiniteNumbers.AllWithin(means) && covariances.All(double.IsFinite);
        components = (areNumbers ? MixtureComponents.TryCreate(shares, means, covariances, isDiagonal, new ParallelOptions()) : null)
            ?? throw new ModelFileException("The distributions of the mixture in the model file are not what they can be.");
        (MeanLogDensity, Iterations, Converged) = (reader.Get<double>("mean_log_density"), reader.Get<int>("iterations"), reader.Get<bool>("converged"));
    }

    public override string Algorithm => GaussianMixture.AlgorithmName;

    public override int ClusterCount => components.Count;

    /// <summary>One a cluster, summing to 1.</summary>
    public double[] Shares => components.Shares;

    /// <summary>Row-major [clusters, columns].</summary>
    public double[] Means => components.Means;

    /// <summary>Row-major [clusters, columns, columns] (lower triangles), or [clusters, columns] of variances where there is no correlation.</summary>
    public double[] Covariances => components.Covariances;

    /// <summary>The weighted mean logarithm of the training rows' densities before the last step.</summary>
    public double MeanLogDensity { get; }

    public int Iterations { get; }

    /// <summary>Whether the last step gained less than the recipe's tolerance.</summary>
    public bool Converged { get; }

    private protected override bool MeasuresProbability => true;

    public static GaussianMixtureModel Read(ModelReader reader) => new(reader);

    OnnxAnswer IOnnxModel.Export(OnnxTable rows) => new(components.LogShares(rows.Numbers()).Largest().Reshape(-1, 1));

    public override void Write(ModelWriter writer)
    {
        base.Write(writer);
        int columns = Signature.Features.Columns.Count;
        writer.Set("is_diagonal", components.IsDiagonal);
        writer.Tensor("shares", Shares);
        writer.Tensor("means", Means, ClusterCount, columns);
        if (components.IsDiagonal)
        {
            writer.Tensor("covariances", Covariances, ClusterCount, columns);
        }
        else
        {
            writer.Tensor("covariances", Covariances, ClusterCount, columns, columns);
        }

        writer.Set("mean_log_density", MeanLogDensity);
        writer.Set("iterations", Iterations);
        writer.Set("converged", Converged);
    }

    private protected override (int Cluster, double Measure) Assign(ReadOnlySpan<double> row)
    {
        Span<double> shares = ClusterCount <= 256 ? stackalloc double[ClusterCount] : new double[ClusterCount];
        components.Responsibilities(row, shares);
        int most = 0;
        for (int k = 1; k < shares.Length; k++)
        {
            most = shares[k] > shares[most] ? k : most;
        }

        return (most, shares[most]);
    }
}
