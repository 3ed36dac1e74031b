using Strata.Tensors.Gradients.Rules;

namespace Strata.Tensors.Gradients;

/// <content>Neighbouring numbers left out together.</content>
public sealed unsafe partial class Tape<T>
{
    /// <summary>
    /// Whole blocks of each channel are zero by chance, and the others grow by as much as all lost (DropBlock, Ghiasi et al. 2018): neighbours of convolutions say nearly the same, so
    /// that leaving out single numbers hardly thins anything.
    /// </summary>
    /// <param name="x">Series [batch, steps, channels] or images [batch, height, width, channels].</param>
    /// <param name="rate">About the share that is left out, at least 0 and below 1; 0 changes nothing.</param>
    /// <param name="size">Places of a block along each axis; no larger than the axis.</param>
    /// <param name="random">Where chance comes from.</param>
    public Variable<T> DropBlock(Variable<T> x, double rate, int size, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Require(rate is >= 0 and < 1, $"A dropout rate is at least 0 and below 1, not {rate}.");
        Require(x.Shape.Dimensions is 3 or 4 && size > 0, $"Blocks of 1 place or more are left out of series or images, not blocks of {size} of {x.Shape}.");
        if (rate == 0 || x.Shape.Count == 0)
        {
            return x;
        }

        int height = x.Shape.Dimensions == 3 ? 1 : x.Shape[1], width = x.Shape[^2], down = Math.Min(size, height), across = Math.Min(size, width);
        T* mask = Take<T>(x.Shape.Count);
        new Span<T>(mask, x.Shape.Count).Fill(T.One);
        long left = x.Shape.Count;

        // So that on average the share of places is left out that blocks cover which begin wherever they fit.
        double chance = rate * height * width / ((double)down * across * (height - down + 1) * (width - across + 1));
        for (int row = 0; row < x.Shape[0]; row++)
        {
            T* first = mask + (nint)row * height * width * x.Shape.Width;
            for (int top = 0; top <= height - down; top++)
            {
                for (int start = 0; start <= width - across; start++)
                {
                    for (int channel = 0; channel < x.Shape.Width; channel++)
                    {
                        left -= random.NextDouble() < chance ? ClearBlock(first + ((nint)top * width + start) * x.Shape.Width + channel, down, across, width, x.Shape.Width) : 0;
                    }
                }
            }
        }

        T factor = T.CreateTruncating(x.Shape.Count / Math.Max(1.0, left));
        for (int i = 0; i < x.Shape.Count; i++)
        {
            mask[i] *= factor;
        }

        return Record(MaskRule<T>.Instance, x.Shape, [x], kept: mask);
    }

    /// <summary>Sets a block of one channel to 0; returns how many places were not yet.</summary>
    private static int ClearBlock(T* first, int down, int across, int width, int channels)
    {
        int cleared = 0;
        for (int y = 0; y < down; y++)
        {
            for (int x = 0; x < across; x++)
            {
                T* at = first + ((nint)y * width + x) * channels;
                cleared += *at == T.Zero ? 0 : 1;
                *at = T.Zero;
            }
        }

        return cleared;
    }
}
