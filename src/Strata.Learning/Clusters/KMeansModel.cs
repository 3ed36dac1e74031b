using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Preparation;

namespace Strata.Learning.Clusters;

/// <summary>Centres; a row belongs to the nearest.</summary>
public sealed class KMeansModel : ClusterModel, IOnnxModel
{
    private readonly PointTiles tiles;

    internal KMeansModel(ModelSignature signature, double[] centers, double inertia, int iterations, bool converged, IReadOnlyList<string> notes)
        : base(signature, notes)
    {
        (Centers, Inertia, Iterations, Converged) = (centers, inertia, iterations, converged);
        tiles = new PointTiles(centers, signature.Features.Columns.Count);
    }

    private KMeansModel(ModelReader reader)
        : base(reader)
    {
        Centers = reader.Tensor<double>("centers", -1, Signature.Features.Columns.Count);
        (Inertia, Iterations, Converged) = (reader.Get<double>("inertia"), reader.Get<int>("iterations"), reader.Get<bool>("converged"));
        if (Centers.Length == 0 || !FiniteNumbers.AllWithin(Centers))
        {
            throw new ModelFileException("A centre of the clusters in the model file is not finite, or there is none.");
        }

        tiles = new PointTiles(Centers, Signature.Features.Columns.Count);
    }

    public override string Algorithm => KMeans.AlgorithmName;

    /// <summary>Row-major [clusters, columns].</summary>
    public double[] Centers { get; }

    /// <summary>The weighted sum of squared distances of the training rows from their centres.</summary>
    public double Inertia { get; }

    /// <summary>Steps of the best start.</summary>
    public int Iterations { get; }

    /// <summary>Whether the centres stayed.</summary>
    public bool Converged { get; }

    public override int ClusterCount => tiles.Count;

    public static KMeansModel Read(ModelReader reader) => new(reader);

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        // A row's own square is the same for all centres.
        int columns = Signature.Features.Columns.Count;
        OnnxValue turned = rows.Graph.Constant("centers", OnnxElement.Double, [columns, ClusterCount], Enumerable.Range(0, Centers.Length).Select(i => Centers[i % ClusterCount * columns + i / ClusterCount]));
        OnnxValue squares = rows.Graph.Constant("squares", OnnxElement.Double, [1, ClusterCount], Centers.Chunk(columns).Select(center => center.Sum(value => value * value)));
        return new OnnxAnswer((rows.Numbers().MatrixProduct(turned) * 2 - squares).Largest().Reshape(-1, 1));
    }

    public override void Write(ModelWriter writer)
    {
        base.Write(writer);
        writer.Tensor("centers", Centers, ClusterCount, Signature.Features.Columns.Count);
        writer.Set("inertia", Inertia);
        writer.Set("iterations", Iterations);
        writer.Set("converged", Converged);
    }

    private protected override (int Cluster, double Measure) Assign(ReadOnlySpan<double> row)
    {
        (int center, double square) = tiles.Nearest(row);
        return (center, Math.Sqrt(square));
    }
}
