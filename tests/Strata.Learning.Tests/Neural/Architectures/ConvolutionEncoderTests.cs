using Shouldly;
using Strata.Learning.Neural.Architectures;
using Strata.Learning.Neural.Layers;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Neural.Architectures;

public sealed class ConvolutionEncoderTests : IDisposable
{
    private static readonly Dictionary<string, ArrayNetworkRecipe> Series = new()
    {
        ["cnn1d"] = new Cnn1d { Filters = 16 }, ["resnet1d"] = new Resnet1d { Filters = 8 }, ["inception_time"] = new InceptionTime { Filters = 8, KernelSize = 12 }, ["tcn"] = new Tcn { Filters = 8, Blocks = 3, Dropout = 0 },
        ["vgg1d"] = new Vgg1d { Filters = 8, Stages = 3, TimeParts = 5 }, ["cnn1d_in_parts"] = new Cnn1d { Filters = 16, TimeParts = 12 },
    };

    private static readonly Dictionary<string, ArrayNetworkRecipe> Images = new() { ["cnn2d"] = new Cnn2d { Filters = 8 }, ["resnet2d"] = new Resnet2d { Filters = 8, Blocks = 2 } };

    private readonly ThreadTeam team = new(2);
    private readonly CpuBackend backend;
    private readonly Tape<float> tape;

    public ConvolutionEncoderTests()
    {
        backend = new CpuBackend(team);
        tape = new Tape<float>(backend);
    }

    public static TheoryData<string> SeriesNames => [.. Series.Keys];

    public static TheoryData<string> ImageNames => [.. Images.Keys];

    public void Dispose()
    {
        tape.Dispose();
        backend.Dispose();
        team.Dispose();
    }

    [Theory]
    [MemberData(nameof(SeriesNames))]
    public void Padding_changes_nothing_while_learning_or_predicting(string name)
    {
        int[] lengths = [20, 9, 14];
        float[] x = Numbers(3 * 20 * 2, 1), other = [.. x];
        for (int row = 0; row < 3; row++)
        {
            other.AsSpan((row * 20 + lengths[row]) * 2, (20 - lengths[row]) * 2).Fill(17);
        }

        foreach (RandomSource? random in new[] { null, new RandomSource(1) })
        {
            using Encoder first = Series[name].Encoder("encoder", 2, new RandomSource(5)), second = Series[name].Encoder("encoder", 2, new RandomSource(5));
            float[] expected = Encoded(first, x, new Shape(3, 20, 2), lengths, random), actual = Encoded(second, other, new Shape(3, 20, 2), lengths, random);

            actual.ShouldBe(expected, 1e-5f);
            first.Memories.SelectMany(memory => memory.Values.ToArray()).ShouldBe(second.Memories.SelectMany(memory => memory.Values.ToArray()), 1e-5f);
            first.Parameters.SelectMany(parameter => parameter.Gradient.ToArray()).ShouldBe(second.Parameters.SelectMany(parameter => parameter.Gradient.ToArray()), 1e-4f);
        }
    }

    [Theory]
    [MemberData(nameof(SeriesNames))]
    public void A_shorter_series_alone_gives_what_it_gives_beside_longer_ones(string name)
    {
        using Encoder encoder = Series[name].Encoder("encoder", 2, new RandomSource(5));
        float[] x = Numbers(2 * 20 * 2, 1);

        float[] both = Encoded(encoder, x, new Shape(2, 20, 2), [20, 9], null), alone = Encoded(encoder, x[40..58], new Shape(1, 9, 2), [], null);

        both[encoder.Width..].ShouldBe(alone, 1e-5f);
    }

    [Theory]
    [MemberData(nameof(ImageNames))]
    public void Images_of_any_size_become_rows_of_one_width(string name)
    {
        using Encoder encoder = Images[name].Encoder("encoder", 3, new RandomSource(5));
        foreach ((int height, int width) in new[] { (8, 8), (7, 11), (1, 1) })
        {
            Encoded(encoder, Numbers(2 * height * width * 3, 2), new Shape(2, height, width, 3), [], new RandomSource(2)).Length.ShouldBe(2 * encoder.Width);
        }
    }

    [Fact]
    public void Parts_of_the_time_tell_when_something_happened_and_the_whole_does_not()
    {
        float[] early = new float[40], late = new float[40];
        (early[10], late[30]) = (5, 5);
        float[] Read(int parts, float[] x)
        {
            using Encoder encoder = new Cnn1d { Filters = 8, TimeParts = parts }.Encoder("encoder", 1, new RandomSource(5));
            return Encoded(encoder, x, new Shape(1, 40, 1), [], null);
        }

        Read(1, late).ShouldBe(Read(1, early), 1e-6f);
        Read(4, late).Zip(Read(4, early), (one, other) => Math.Abs(one - other)).Max().ShouldBeGreaterThan(1e-3f);
    }

    [Fact]
    public void The_order_of_points_does_not_matter()
    {
        using Encoder encoder = new Pointnet { Features = 32 }.Encoder("encoder", 3, new RandomSource(5));
        foreach (Parameter<float> parameter in encoder.Parameters.Where(parameter => parameter.Name.Contains("matrix", StringComparison.Ordinal)))
        {
            Numbers(parameter.Shape.Count, 3).CopyTo(parameter.Values);
        }

        float[] x = Numbers(40 * 3, 1), turned = [.. x.Chunk(3).Reverse().SelectMany(point => point)];

        Encoded(encoder, turned, new Shape(1, 40, 3), [], null).ShouldBe(Encoded(encoder, x, new Shape(1, 40, 3), [], null), 1e-5f);
    }

    [Fact]
    public void Turns_of_features_are_drawn_to_orthogonal_ones_by_a_penalty_that_begins_at_zero()
    {
        using var turn = new TransformNet("turn", 3, ([8], [8]), penalty: 0.5, new RandomSource(1));
        var penalties = new Penalties();
        float Loss(float first)
        {
            turn.Parameters.Single(parameter => parameter.Name == "turn.matrix.bias").Values[0] = first;
            turn.Apply(tape.Constant(Numbers(2 * 5 * 3, 1), new Shape(2, 5, 3)), new Pass(tape, new RandomSource(1)) { Penalties = penalties });
            return penalties.AddTo(tape.Constant([0], default)).Values[0];
        }

        Loss(0).ShouldBe(0, 1e-6f);

        // The matrix is diag(2, 1, 1): A A^T - I has one 3, and 0.5 * 3^2 = 4.5.
        Loss(1).ShouldBe(4.5f, 1e-4f);
    }

    [Fact]
    public void After_the_first_steps_no_memory_is_taken()
    {
        ShouldTakeNoMemory(new Resnet2d(), new Shape(4, 16, 16, 3), []);
        ShouldTakeNoMemory(new Vgg1d(), new Shape(4, 50, 3), [50, 7, 30, 41]);
    }

    private void ShouldTakeNoMemory(ArrayNetworkRecipe recipe, Shape shape, int[] lengths)
    {
        using Encoder encoder = recipe.Encoder("encoder", 3, new RandomSource(5));
        float[] x = Numbers(shape.Count, 1);
        var random = new RandomSource(1);
        void Run()
        {
            tape.Reset();
            tape.Backward(tape.Sum(encoder.Encode(tape.Constant(x, shape), lengths, new Pass(tape, random))));
        }

        Run();
        Run();
        Allocations.Of(Run).ShouldBeLessThan(2000);
    }

    private static float[] Numbers(int count, ulong seed)
    {
        var random = new RandomSource(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
    }

    private float[] Encoded(Encoder encoder, float[] x, Shape shape, int[] lengths, RandomSource? random)
    {
        tape.Reset();
        Variable<float> result = encoder.Encode(tape.Constant(x, shape), lengths, new Pass(tape, random));
        tape.Backward(tape.Sum(result * result));
        result.Shape.ShouldBe(new Shape(shape[0], encoder.Width));
        return result.Values.ToArray();
    }
}
