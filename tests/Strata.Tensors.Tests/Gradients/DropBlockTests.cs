using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Xunit;
using static Strata.Tensors.Tests.Gradients.GradientContract;

namespace Strata.Tensors.Tests.Gradients;

public sealed class DropBlockTests
{
    [Fact]
    public void The_gradient_holds()
    {
        ShouldHold([new Shape(2, 6, 5, 3)], x => x[0].Tape.DropBlock(x[0], 0.3, 3, new RandomSource(2)));
        ShouldHold([new Shape(3, 9, 2)], x => x[0].Tape.DropBlock(x[0] * x[0], 0.3, 4, new RandomSource(2)));
    }

    [Theory]
    [InlineData(1, 12, 12)]
    [InlineData(3, 12, 12)]
    [InlineData(5, 16, 9)]
    [InlineData(7, 5, 5)]
    public void About_the_share_is_left_out_and_the_mean_stays(int size, int height, int width)
    {
        const double rate = 0.2;
        double[] mask = Mask(new Shape(64, height, width, 8), rate, size);

        // Where a block is as large as the image nothing overlaps; else a few blocks do.
        mask.Count(value => value == 0).ShouldBeInRange((int)(0.75 * rate * mask.Length), (int)(1.1 * rate * mask.Length));
        mask.Average().ShouldBe(1, 1e-9);
        mask.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void What_is_left_out_are_whole_blocks_of_one_channel()
    {
        const int side = 16, channels = 4, size = 3;
        double[] mask = Mask(new Shape(8, side, side, channels), 0.05, size);
        bool IsOut(int row, int y, int x, int channel) => y is >= 0 and < side && x is >= 0 and < side && mask[((row * side + y) * side + x) * channels + channel] == 0;

        int found = 0;
        for (int row = 0; row < 8; row++)
        {
            for (int place = 0; place < side * side; place++)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    int y = place / side, x = place % side;
                    if (!IsOut(row, y, x, channel))
                    {
                        continue;
                    }

                    found++;
                    IEnumerable<(int Top, int Start)> blocks = from top in Enumerable.Range(y - size + 1, size) from start in Enumerable.Range(x - size + 1, size) select (top, start);
                    blocks.Any(block => Enumerable.Range(0, size * size).All(i => IsOut(row, block.Top + i / size, block.Start + i % size, channel))).ShouldBeTrue();
                }
            }
        }

        found.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Of_series_blocks_are_stretches_of_steps()
    {
        double[] mask = Mask(new Shape(40, 50, 2), 0.2, 5);

        for (int line = 0; line < 80; line++)
        {
            double[] channel = [.. Enumerable.Range(0, 50).Select(step => mask[(line / 2 * 50 + step) * 2 + line % 2])];
            string.Concat(channel.Select(value => value == 0 ? '0' : '1')).Split('1', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(stretch => stretch.Length >= 5);
        }
    }

    [Fact]
    public void No_rate_changes_nothing_and_what_does_not_fit_is_refused()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        Variable<double> x = tape.Constant(new double[12], new Shape(2, 3, 2));

        tape.DropBlock(x, 0, 3, new RandomSource(1)).ShouldBe(x);
        Should.Throw<ArgumentException>(() => tape.DropBlock(x, 1, 3, new RandomSource(1))).Message.ShouldContain("below 1");
        Should.Throw<ArgumentException>(() => tape.DropBlock(tape.Flatten(x), 0.5, 3, new RandomSource(1))).Message.ShouldContain("series or images");
    }

    private static double[] Mask(Shape shape, double rate, int size)
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        double[] ones = new double[shape.Count];
        Array.Fill(ones, 1);
        return tape.DropBlock(tape.Constant(ones, shape), rate, size, new RandomSource(7)).Values.ToArray();
    }
}
