namespace Strata.Tensors.Kernels.Convolutions;

/// <summary>Copies parts of images with zeros around them, so that kernels need not ask where an image ends.</summary>
internal static unsafe class TapWindow
{
    /// <param name="from">The images.</param>
    /// <param name="image">Which one.</param>
    /// <param name="row">The first row, possibly before the image.</param>
    /// <param name="column">The first column, possibly before the image.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="to">Room for [rows, columns, channels].</param>
    public static void Copy(in Plane from, int image, int row, int column, int rows, int columns, float* to)
    {
        int left = Math.Clamp(-column, 0, columns), right = Math.Clamp(column + columns - from.Width, 0, columns - left), inside = columns - left - right, channels = from.Channels;
        for (int r = row; r < row + rows; r++, to += (nint)columns * channels)
        {
            if ((uint)r >= (uint)from.Height || inside <= 0)
            {
                new Span<float>(to, columns * channels).Clear();
                continue;
            }

            new Span<float>(to, left * channels).Clear();
            new ReadOnlySpan<float>(from.At(image, r, column + left), inside * channels).CopyTo(new Span<float>(to + (nint)left * channels, inside * channels));
            new Span<float>(to + (nint)(left + inside) * channels, right * channels).Clear();
        }
    }
}
