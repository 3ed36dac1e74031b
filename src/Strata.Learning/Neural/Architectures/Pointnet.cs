using Strata.Learning.Neural.Layers;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Architectures;

/// <summary>
/// PointNet (Qi et al. 2017): each point goes through the same layers, the largest number of each feature over all points describes the cloud, and two small networks turn points
/// and features first. The order of points does not matter.
/// </summary>
public sealed record Pointnet : PointsNetworkRecipe
{
    internal const string AlgorithmName = "pointnet";

    private static readonly int[] First = [64, 64];

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Features of a cloud: numbers of the last layer that every point goes through.", Min = 4, Max = 8192, SearchMin = 128, SearchMax = 1024, LogScale = true)]
    public int Features { get; init; } = 1024;

    [Hyperparameter("Whether a small network turns each cloud before all else.")]
    public bool AlignsPoints { get; init; } = true;

    [Hyperparameter("Whether a small network turns the features of each cloud's points.")]
    public bool AlignsFeatures { get; init; } = true;

    [Hyperparameter("How strongly the turns of features are drawn to orthogonal ones.", Min = 0, Max = 10, Advanced = true)]
    public double OrthogonalityPenalty { get; init; } = 1e-3;

    [Hyperparameter("Share of the last layer's numbers left out by chance in each step.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5)]
    public double Dropout { get; init; } = 0.3;

    internal override Encoder Encoder(string name, int channels, RandomSource? random)
    {
        (int[] Shared, int[] Behind) widths = ([64, 128, Features], [Math.Max(4, Features / 2), Math.Max(4, Features / 4)]);
        var layers = new List<Layer>();
        if (AlignsPoints)
        {
            layers.Add(new TransformNet($"{name}.points", channels, widths, penalty: 0, random));
        }

        layers.AddRange(SharedLayers.Of($"{name}.first", channels, First, random));
        if (AlignsFeatures)
        {
            layers.Add(new TransformNet($"{name}.features", First[^1], widths, OrthogonalityPenalty, random));
        }

        layers.AddRange(SharedLayers.Of($"{name}.shared", First[^1], widths.Shared, random));
        layers.Add(new PooledSteps(PoolKind.Max));
        layers.AddRange(SharedLayers.Of($"{name}.behind", Features, widths.Behind, random));
        layers.Add(new Dropped(Dropout));
        return new CloudEncoder(new Sequential([.. layers]), widths.Behind[^1]);
    }

    private sealed class CloudEncoder(Layer layers, int width) : Encoder
    {
        public override int Width => width;

        public override IEnumerable<Parameter<float>> Parameters => layers.Parameters;

        public override IEnumerable<Parameter<float>> Memories => layers.Memories;

        public override Variable<float> Encode(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass) => layers.Apply(x, pass);

        public override OnnxValue Export(OnnxValue x, OnnxValue? lengths) => layers.Export(x);
    }
}
