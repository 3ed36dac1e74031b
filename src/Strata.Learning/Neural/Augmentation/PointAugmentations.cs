using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Neural.Augmentation;

/// <summary>Turns the cloud about the upright axis (the third coordinate), or in the plane where there are two: by any angle, or by <paramref name="Degrees"/> at the most.</summary>
/// <param name="Degrees">Either way; 180 for any angle.</param>
public sealed record Turn(double Degrees) : IAugmentation
{
    public bool IsFor(ColumnType type) => type == ColumnType.Points;

    public void Apply(Span<float> cell, CellShape shape, Span<float> scratch, RandomSource random)
    {
        if (shape.Measured < 2)
        {
            return;
        }

        (double sine, double cosine) = Math.SinCos((2 * random.NextDouble() - 1) * Degrees * Math.PI / 180);
        for (int at = 0; at < cell.Length; at += shape.Channels)
        {
            (float x, float y) = (cell[at], cell[at + 1]);
            cell[at] = (float)(cosine * x - sine * y);
            cell[at + 1] = (float)(sine * x + cosine * y);
        }
    }
}

/// <summary>Leaves out points: the first one stands in their places, which changes no pooling by the largest (Qi et al. 2017, PointNet++).</summary>
/// <param name="Share">Of the points, at the most.</param>
public sealed record DropPoints(double Share) : IAugmentation
{
    public bool IsFor(ColumnType type) => type == ColumnType.Points;

    public void Apply(Span<float> cell, CellShape shape, Span<float> scratch, RandomSource random)
    {
        double share = Share * random.NextDouble();
        ReadOnlySpan<float> first = cell[..shape.Channels];
        for (int at = shape.Channels; at < cell.Length; at += shape.Channels)
        {
            if (random.NextDouble() < share)
            {
                first.CopyTo(cell[at..]);
            }
        }
    }
}
