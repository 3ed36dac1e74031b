using Strata.Learning.Data;
using Strata.Learning.Onnx;
using Strata.Tensors;

namespace Strata.Learning.Neural.Inputs;

/// <summary>Images of one size; others are brought to it by bilinear interpolation if the recipe says so, and else refused. A missing pixel is the channel's mean.</summary>
internal sealed record ImageEncoding(int Column, Scaling Scaling, double[] Means, double[] Factors, int Height, int Width, bool Resizes) : ArrayEncoding(Column, Scaling, Means, Factors)
{
    private const int MostPixels = 1 << 26;

    public override ColumnType Type => ColumnType.Image;

    /// <exception cref="DataException">Sizes differ and no size to bring them to is set, or there is no image.</exception>
    public static ImageEncoding Of(int place, ArrayColumn column, Scaling scaling, int? size, double[]? weights, FitContext context)
    {
        (int Height, int Width)[] sizes = [.. Enumerable.Range(0, column.Count).Where(row => column.StepsOf(row) > 0).Select(column.SizeOf).Distinct()];
        if (size is null && sizes.Length != 1)
        {
            throw new DataException(sizes.Length == 0
                ? $"Column '{column.Name}' has no image in any row to learn from."
                : $"Images in '{column.Name}' differ in size ({string.Join(", ", sizes.Take(3).Select(one => $"{one.Height} x {one.Width}"))}{(sizes.Length > 3 ? ", ..." : string.Empty)}); set image_size to bring them to one.");
        }

        (double[] means, double[] factors) = ChannelMoments.Of(column, weights, context);
        (int height, int width) = size is int side ? (side, side) : sizes[0];
        return new ImageEncoding(place, scaling, means, factors, height, width, Resizes: size is not null);
    }

    public override bool IsSound(ColumnType type, int channels) => base.IsSound(type, channels) && Height > 0 && Width > 0 && (long)Height * Width * channels <= MostPixels;

    public override void Fill(ArrayColumn column, ReadOnlySpan<int> rows, ArrayBatch batch, RandomSource? random)
    {
        batch.Begin(new Shape(rows.Length, Height, Width, Channels));
        for (int i = 0; i < rows.Length; i++)
        {
            if (column.StepsOf(rows[i]) == 0)
            {
                batch.SetAbsent(i);
                continue;
            }

            ReadOnlySpan<float> cell = column.Values[rows[i]];
            (int Height, int Width) size = column.SizeOf(rows[i]);
            if (size != (Height, Width) && !Resizes)
            {
                throw new DataException($"The image in '{column.Name}', row {rows[i] + 1}, is {size.Height} x {size.Width}; this model takes {Height} x {Width}. Train with image_size to take any.");
            }

            for (int channel = 0; channel < Channels; channel++)
            {
                Write(cell, size, channel, ScaleOf(cell, channel), batch.Row(i));
            }
        }
    }

    public override OnnxArray Export(OnnxTable rows, string name)
    {
        OnnxValue given = rows.Sized(name, Height, Width, Channels).As(OnnxElement.Double).Reshape(0, -1, Channels), isThere = given.IsMissing().To("Not");
        return new OnnxArray(Scaled(given, isThere).As(OnnxElement.Float).Reshape(-1, Height, Width, Channels), null, rows.IsEmpty(name));
    }

    private void Write(ReadOnlySpan<float> cell, (int Height, int Width) size, int channel, (double Mean, double Factor) by, Span<float> to)
    {
        bool isSame = size == (Height, Width);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                int place = (y * Width + x) * Channels + channel;
                float value = isSame ? cell[place] : Between(cell, size, channel, y, x);
                to[place] = float.IsNaN(value) ? 0 : Scaled(value, by);
            }
        }
    }

    /// <summary>The image at a pixel of the other size, pixel centres on pixel centres, edges held.</summary>
    private float Between(ReadOnlySpan<float> cell, (int Height, int Width) size, int channel, int y, int x)
    {
        float fromTop = Math.Clamp((y + 0.5f) * size.Height / Height - 0.5f, 0, size.Height - 1), fromLeft = Math.Clamp((x + 0.5f) * size.Width / Width - 0.5f, 0, size.Width - 1);
        int top = (int)fromTop, left = (int)fromLeft, bottom = Math.Min(top + 1, size.Height - 1), right = Math.Min(left + 1, size.Width - 1);
        float down = fromTop - top, across = fromLeft - left;
        float above = cell[(top * size.Width + left) * Channels + channel] * (1 - across) + cell[(top * size.Width + right) * Channels + channel] * across;
        float below = cell[(bottom * size.Width + left) * Channels + channel] * (1 - across) + cell[(bottom * size.Width + right) * Channels + channel] * across;
        return above * (1 - down) + below * down;
    }
}
