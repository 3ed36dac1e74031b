using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Preparation;

namespace Strata.Learning.Clusters;

/// <summary>Core rows and their clusters; a row belongs to the nearest core row within the radius, and to none where there is none.</summary>
public sealed class DbscanModel : ClusterModel, IOnnxModel
{
    private readonly double[] points;
    private readonly int[] clusters;
    private readonly double radius;
    private readonly NearWindow window;
    private readonly PointTiles tiles;

    internal DbscanModel(ModelSignature signature, double[] points, int[] clusters, double radius, IReadOnlyList<string> notes)
        : base(signature, notes)
    {
        (this.points, this.clusters, this.radius) = (points, clusters, radius);
        (window, tiles) = (new NearWindow(points, signature.Features.Columns.Count, radius), new PointTiles(points, signature.Features.Columns.Count));
        ClusterCount = clusters.Max() + 1;
    }

    private DbscanModel(ModelReader reader)
        : base(reader)
    {
        int columns = Signature.Features.Columns.Count;
        clusters = reader.Tensor<int>("clusters", -1);
        points = reader.Tensor<double>("points", clusters.Length, columns);
        radius = reader.Get<double>("radius");
        bool areSorted = Enumerable.Range(1, Math.Max(0, clusters.Length - 1)).All(i => points[(i - 1) * columns] <= points[i * columns]);
        if (clusters.Length == 0 || clusters.Any(cluster => cluster < 0 || cluster >= clusters.Length) || !FiniteNumbers.AllWithin(points) || !areSorted || !(radius is > 0 and < 1e100))
        {
            throw new ModelFileException("The core rows of the clusters in the model file are not what they can be.");
        }

        (window, tiles) = (new NearWindow(points, columns, radius), new PointTiles(points, columns));
        ClusterCount = clusters.Max() + 1;
    }

    public override string Algorithm => Dbscan.AlgorithmName;

    public override int ClusterCount { get; }

    /// <summary>How many rows are core.</summary>
    public int CoreCount => clusters.Length;

    /// <summary>How near rows of one cluster are to one another.</summary>
    public double Radius => radius;

    public static DbscanModel Read(ModelReader reader) => new(reader);

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        OnnxValue squares = OnnxDistances.Sum(rows.Numbers(), points, Signature.Features.Columns.Count, away => away * away);
        OnnxValue nearest = rows.Graph.Constant("clusters", OnnxElement.Double, [clusters.Length], clusters.Select(cluster => (double)cluster)).Gather((-squares).Largest()).Reshape(-1, 1);
        OnnxValue isNear = squares.Reduce("ReduceMin", 1).To("LessOrEqual", OnnxElement.Bool, squares.Same(radius * radius));
        return new OnnxAnswer(isNear.Choose(nearest, nearest.Same(-1)));
    }

    public override void Write(ModelWriter writer)
    {
        base.Write(writer);
        writer.Set("radius", radius);
        writer.Tensor("clusters", clusters);
        writer.Tensor("points", points, clusters.Length, Signature.Features.Columns.Count);
    }

    private protected override (int Cluster, double Measure) Assign(ReadOnlySpan<double> row)
    {
        (int core, double square) = window.Nearest(row);
        return core >= 0 ? (clusters[core], Math.Sqrt(square)) : (-1, Math.Sqrt(tiles.Nearest(row).Square));
    }
}
