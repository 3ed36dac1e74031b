using Strata.Learning.Data;
using Strata.Learning.Onnx;
using Strata.Tensors;

namespace Strata.Learning.Neural.Inputs;

/// <summary>
/// A fixed number of points of each cloud: drawn by chance from more, some twice from fewer. Scaled by row, the first three channels are brought to the centre and the unit sphere,
/// and further ones, such as colours, by their mean and deviation in the training rows. Points with a missing coordinate are left out.
/// </summary>
internal sealed record PointsEncoding(int Column, Scaling Scaling, double[] Means, double[] Factors, int Points) : ArrayEncoding(Column, Scaling, Means, Factors)
{
    private const int Space = 3, MostPoints = 1 << 20;
    private const ulong PredictionSeed = 20170410;

    public override ColumnType Type => ColumnType.Points;

    public static PointsEncoding Of(int place, ArrayColumn column, Scaling scaling, int points, double[]? weights, FitContext context)
    {
        (double[] means, double[] factors) = ChannelMoments.Of(column, weights, context);
        return new PointsEncoding(place, scaling, means, factors, points);
    }

    public override bool IsSound(ColumnType type, int channels) => base.IsSound(type, channels) && Points is > 0 and <= MostPoints;

    public override void Fill(ArrayColumn column, ReadOnlySpan<int> rows, ArrayBatch batch, RandomSource? random)
    {
        batch.Begin(new Shape(rows.Length, Points, Channels));
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<float> cell = column.Values[rows[i]];
            Span<int> found = batch.Scratch(column.StepsOf(rows[i]));
            int count = WholePoints(cell, found);
            if (count == 0)
            {
                batch.SetAbsent(i);
                continue;
            }

            // While predicting, a cloud is always drawn alike, whatever rows stand beside it.
            Draw(cell, found[..count], batch.Row(i), random ?? (count == Points ? null : new RandomSource(PredictionSeed)));
            Scale(batch.Row(i));
        }
    }

    public override OnnxArray Export(OnnxTable rows, string name)
    {
        OnnxValue given = rows.Sized(name, Points, Channels).As(OnnxElement.Double);
        int own = Scaling == Scaling.Row ? Math.Min(Space, Channels) : 0;
        var parts = new List<OnnxValue>();
        if (own > 0)
        {
            OnnxValue space = given.Slice(2, 0, own), away = space - space.Reduce("ReduceMean", 1), square = (away * away).Sum(2).Reduce("ReduceMax", 1);
            OnnxValue isWide = square.IsAbove(1e-60);
            parts.Add(isWide.Choose(away / isWide.Choose(square, square.Same(1)).To("Sqrt"), away.Same(0)));
        }

        if (own < Channels)
        {
            OnnxValue rest = given.Slice(2, own, Channels);
            OnnxValue Row(string what, double[] of) => given.Graph.Constant(what, OnnxElement.Double, [Channels - own], of[own..]);
            parts.Add(Scaling == Scaling.None ? rest.Within(-1e6, 1e6) : ((rest - Row("channel_means", Means)) * Row("channel_factors", Factors)).Within(-Bound, Bound));
        }

        given.Graph.Note($"Clouds in '{name}' are expected to have {Points} points, complete in all coordinates: drawing them from clouds of other sizes is left to the caller.");
        return new OnnxArray(given.Graph.Join(parts, axis: 2).As(OnnxElement.Float), null, rows.IsEmpty(name));
    }

    /// <summary>Lists the points that have all coordinates.</summary>
    private int WholePoints(ReadOnlySpan<float> cell, Span<int> found)
    {
        int count = 0;
        for (int point = 0; point < found.Length; point++)
        {
            bool isWhole = true;
            foreach (float value in cell.Slice(point * Channels, Channels))
            {
                isWhole &= float.IsFinite(value);
            }

            if (isWhole)
            {
                found[count++] = point;
            }
        }

        return count;
    }

    private void Draw(ReadOnlySpan<float> cell, Span<int> found, Span<float> to, RandomSource? random)
    {
        for (int i = 0; i < Points; i++)
        {
            int from = i;
            if (found.Length > Points)
            {
                from = i + random!.NextInt(found.Length - i);
                (found[i], found[from]) = (found[from], found[i]);
                from = i;
            }
            else if (i >= found.Length)
            {
                from = random!.NextInt(found.Length);
            }

            cell.Slice(found[from] * Channels, Channels).CopyTo(to[(i * Channels)..]);
        }
    }

    private void Scale(Span<float> points)
    {
        int own = Scaling == Scaling.Row ? Math.Min(Space, Channels) : 0;
        float reach = own > 0 ? Centre(points, own) : 0;
        for (int i = 0; i < points.Length; i++)
        {
            int channel = i % Channels;
            points[i] = channel < own ? points[i] * reach : Scaling == Scaling.None ? Scaled(points[i], default) : Scaled(points[i], Means[channel], Factors[channel]);
        }
    }

    /// <summary>Moves the centre of the first channels to zero and returns one over the largest distance from it.</summary>
    private float Centre(Span<float> points, int own)
    {
        Span<double> centre = stackalloc double[Space];
        for (int i = 0; i < points.Length; i += Channels)
        {
            for (int channel = 0; channel < own; channel++)
            {
                centre[channel] += points[i + channel];
            }
        }

        double most = 0;
        for (int i = 0; i < points.Length; i += Channels)
        {
            double squares = 0;
            for (int channel = 0; channel < own; channel++)
            {
                double away = points[i + channel] - centre[channel] / Points;
                points[i + channel] = (float)away;
                squares += away * away;
            }

            most = Math.Max(most, squares);
        }

        return most > 1e-60 ? (float)(1 / Math.Sqrt(most)) : 0;
    }
}
