using Strata.Learning.Neural.Architectures;
using Strata.Learning.Neural.Layers;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Tests.Neural.Architectures;

/// <summary>The smallest encoder that works: a dense layer for each step, pixel or point, and the mean over a row's own.</summary>
internal sealed class PooledEncoder(string name, int channels, int width, RandomSource? random) : Encoder
{
    private readonly Dense dense = new($"{name}.dense", channels, width, random);

    public override int Width => width;

    public override IEnumerable<Parameter<float>> Parameters => dense.Parameters;

    public override Variable<float> Encode(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass)
    {
        Variable<float> inner = pass.Tape.Activate(dense.Apply(x, pass), Activation.Relu);
        return pass.Tape.MeanOverSteps(pass.Tape.Reshape(inner, new Shape(x.Shape[0], x.Shape.Rows / x.Shape[0], width)), lengths);
    }
}

public sealed record PooledSeries : SeriesNetworkRecipe
{
    public override string Algorithm => "pooled_series";

    internal override Encoder Encoder(string name, int channels, RandomSource? random) => new PooledEncoder(name, channels, 16, random);
}

public sealed record PooledImages : ImageNetworkRecipe
{
    public override string Algorithm => "pooled_images";

    internal override Encoder Encoder(string name, int channels, RandomSource? random) => new PooledEncoder(name, channels, 16, random);
}

public sealed record PooledPoints : PointsNetworkRecipe
{
    public override string Algorithm => "pooled_points";

    internal override Encoder Encoder(string name, int channels, RandomSource? random) => new PooledEncoder(name, channels, 16, random);
}
