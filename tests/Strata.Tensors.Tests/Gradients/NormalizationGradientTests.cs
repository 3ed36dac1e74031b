using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Xunit;
using static Strata.Tensors.Tests.Gradients.GradientContract;

namespace Strata.Tensors.Tests.Gradients;

public sealed class NormalizationGradientTests
{
    private static readonly Shape[] Parts = [new(3, 4, 2), new(2), new(2)];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Batches_by_their_own_or_given_means_cut_off_and_with_rows_that_do_not_count(bool isFixed, bool rectifies)
    {
        int[] lengths = [4, 1, 3];
        foreach (int[] counting in new int[][] { [], lengths })
        {
            Variable<double> Norm(Variable<double>[] x, Variable<double>? added) => isFixed
                ? x[0].Tape.FixedNorm(x[0], x[1], x[2], [0.3, -0.2], [1.5, 0.5], 1e-5, counting, rectifies, added)
                : x[0].Tape.BatchNorm(x[0], x[1], x[2], new double[2], new double[2], 1e-5, counting, rectifies, added);
            ShouldHold(Parts, x => Norm(x, null));
            ShouldHold([.. Parts, Parts[0]], x => Norm(x, x[3]) + x[3]);
        }
    }

    [Fact]
    public void Kernels_of_learned_length()
    {
        ShouldHold([new Shape(3, 5, 2), new Shape(3)], x => x[0].Tape.WeightNorm(x[0], x[1]));
        ShouldHold([new Shape(4, 3), new Shape(4)], x => x[0].Tape.WeightNorm(x[0] + x[0], x[1] * x[1]));
    }

    [Fact]
    public void Groups_of_channels_and_root_mean_squares()
    {
        ShouldHold([new Shape(2, 3, 6), new Shape(6), new Shape(6)], x => x[0].Tape.GroupNorm(x[0], 3, x[1], x[2]));
        ShouldHold([new Shape(2, 2, 3, 4), new Shape(4), new Shape(4)], x => x[0].Tape.GroupNorm(x[0], 4, x[1], x[2]));
        ShouldHold([new Shape(4, 5), new Shape(5)], x => x[0].Tape.RmsNorm(x[0], x[1]));
    }

    [Fact]
    public void Whole_channels_left_out_with_the_same_chance() => ShouldHold([new Shape(3, 4, 5)], x => x[0].Tape.DropoutChannels(x[0], 0.4, new RandomSource(3)));

    [Fact]
    public void A_channel_is_left_out_everywhere_or_nowhere()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        double[] kept = tape.DropoutChannels(tape.Constant([.. Enumerable.Repeat(1.0, 600)], new Shape(10, 6, 10)), 0.25, new RandomSource(1)).Values.ToArray();

        double[][] channels = [.. Enumerable.Range(0, 100).Select(i => Enumerable.Range(0, 6).Select(place => kept[(i / 10 * 6 + place) * 10 + i % 10]).ToArray())];
        channels.ShouldAllBe(channel => channel.All(value => value == 0) || channel.All(value => value == 1 / 0.75));
        channels.Count(channel => channel[0] == 0).ShouldBeInRange(15, 35);
    }
}
