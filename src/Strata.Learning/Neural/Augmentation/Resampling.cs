namespace Strata.Learning.Neural.Augmentation;

/// <summary>Reads arrays between their steps and pixels.</summary>
internal static class Resampling
{
    /// <summary>A series at a time between its steps, straight from one to the next.</summary>
    public static void Step(ReadOnlySpan<float> series, CellShape shape, double time, Span<float> to)
    {
        int before = Math.Clamp((int)time, 0, shape.Height - 1), after = Math.Min(before + 1, shape.Height - 1);
        float part = (float)Math.Clamp(time - before, 0, 1);
        ReadOnlySpan<float> one = series.Slice(before * shape.Channels, shape.Channels), other = series.Slice(after * shape.Channels, shape.Channels);
        for (int channel = 0; channel < to.Length; channel++)
        {
            to[channel] = one[channel] + part * (other[channel] - one[channel]);
        }
    }

    /// <summary>An image at a place between its pixels, from the four around it; zero outside.</summary>
    public static void Pixel(ReadOnlySpan<float> image, CellShape shape, double y, double x, Span<float> to)
    {
        to.Clear();
        int top = (int)Math.Floor(y), left = (int)Math.Floor(x);
        for (int row = top; row <= top + 1; row++)
        {
            for (int column = left; column <= left + 1; column++)
            {
                if (row < 0 || row >= shape.Height || column < 0 || column >= shape.Width)
                {
                    continue;
                }

                float weight = (float)((1 - Math.Abs(y - row)) * (1 - Math.Abs(x - column)));
                ReadOnlySpan<float> pixel = image.Slice((row * shape.Width + column) * shape.Channels, shape.Channels);
                for (int channel = 0; channel < to.Length; channel++)
                {
                    to[channel] += weight * pixel[channel];
                }
            }
        }
    }
}
