using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Neural.Augmentation;

/// <summary>Moves the image by some pixels across and down; what comes in from outside is zero. The same as padding and cropping by chance.</summary>
/// <param name="Padding">Pixels at the most, in each direction.</param>
public sealed record Crop(int Padding) : IAugmentation
{
    public bool IsFor(ColumnType type) => type == ColumnType.Image;

    public void Apply(Span<float> cell, CellShape shape, Span<float> scratch, RandomSource random)
    {
        int down = random.NextInt(2 * Padding + 1) - Padding, across = random.NextInt(2 * Padding + 1) - Padding;
        cell.CopyTo(scratch);
        cell.Clear();
        int from = Math.Max(0, across), pixels = shape.Width - Math.Abs(across);
        for (int row = Math.Max(0, -down); row < Math.Min(shape.Height, shape.Height - down) && pixels > 0; row++)
        {
            scratch.Slice((row + down) * shape.RowLength + from * shape.Channels, pixels * shape.Channels).CopyTo(cell[(row * shape.RowLength + Math.Max(0, -across) * shape.Channels)..]);
        }
    }
}

/// <summary>Turns the image about its middle; what comes in from outside is zero.</summary>
/// <param name="Degrees">At the most, either way.</param>
public sealed record Rotate(double Degrees) : IAugmentation
{
    public bool IsFor(ColumnType type) => type == ColumnType.Image;

    public void Apply(Span<float> cell, CellShape shape, Span<float> scratch, RandomSource random)
    {
        (double sine, double cosine) = Math.SinCos((2 * random.NextDouble() - 1) * Degrees * Math.PI / 180);
        double middleY = (shape.Height - 1) / 2.0, middleX = (shape.Width - 1) / 2.0;
        cell.CopyTo(scratch);
        for (int row = 0; row < shape.Height; row++)
        {
            for (int column = 0; column < shape.Width; column++)
            {
                double y = row - middleY, x = column - middleX;
                Resampling.Pixel(scratch, shape, middleY + cosine * y - sine * x, middleX + sine * y + cosine * x, cell.Slice((row * shape.Width + column) * shape.Channels, shape.Channels));
            }
        }
    }
}

/// <summary>Sets a square of the image to zero, the mean of the scaled pixels (DeVries and Taylor 2017). Its middle may lie at an edge.</summary>
/// <param name="Share">Its side as a part of the image's shorter one.</param>
public sealed record Cutout(double Share) : IAugmentation
{
    public bool IsFor(ColumnType type) => type == ColumnType.Image;

    public void Apply(Span<float> cell, CellShape shape, Span<float> scratch, RandomSource random)
    {
        int side = Math.Max(1, (int)Math.Round(Share * Math.Min(shape.Height, shape.Width))), top = random.NextInt(shape.Height) - side / 2, left = random.NextInt(shape.Width) - side / 2;
        int from = Math.Max(0, left), end = Math.Min(shape.Width, left + side);
        for (int row = Math.Max(0, top); row < Math.Min(shape.Height, top + side); row++)
        {
            cell[(row * shape.RowLength + from * shape.Channels)..(row * shape.RowLength + end * shape.Channels)].Clear();
        }
    }
}

/// <summary>Makes the image brighter or darker and its contrast stronger or weaker.</summary>
/// <param name="Strength">Of both, at the most, in the unit of the scaled pixels.</param>
public sealed record Brightness(double Strength) : IAugmentation
{
    public bool IsFor(ColumnType type) => type == ColumnType.Image;

    public void Apply(Span<float> cell, CellShape shape, Span<float> scratch, RandomSource random)
    {
        float contrast = (float)(1 + Strength * (2 * random.NextDouble() - 1)), light = (float)(Strength * (2 * random.NextDouble() - 1));
        for (int i = 0; i < cell.Length; i++)
        {
            cell[i] = contrast * cell[i] + light;
        }
    }
}
