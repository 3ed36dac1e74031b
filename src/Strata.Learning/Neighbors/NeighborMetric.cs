using Strata.Learning.Onnx;

namespace Strata.Learning.Neighbors;

/// <summary>How far two rows are from one another.</summary>
public enum NeighborMetric
{
    /// <summary>The root of the sum of squared differences.</summary>
    Euclidean,

    /// <summary>The sum of the differences' magnitudes.</summary>
    Manhattan,

    /// <summary>One minus the cosine of the angle between the rows; 1 where a row is all zeros.</summary>
    Cosine,
}

/// <summary>The metrics inside a graph.</summary>
internal static class NeighborMetrics
{
    /// <summary>float64 [rows, points].</summary>
    /// <param name="metric">Which.</param>
    /// <param name="rows">float64 [rows, columns].</param>
    /// <param name="points">Row-major [points, columns].</param>
    /// <param name="columns">Of each.</param>
    public static OnnxValue Distances(this NeighborMetric metric, OnnxValue rows, double[] points, int columns) => metric switch
    {
        NeighborMetric.Euclidean => OnnxDistances.Sum(rows, points, columns, away => away * away).To("Sqrt"),
        NeighborMetric.Manhattan => OnnxDistances.Sum(rows, points, columns, away => away.To("Abs")),
        _ => Cosines(rows, points, columns),
    };

    private static OnnxValue Cosines(OnnxValue rows, double[] points, int columns)
    {
        int count = points.Length / columns;
        OnnxValue turned = rows.Graph.Constant("points", OnnxElement.Double, [columns, count], Enumerable.Range(0, points.Length).Select(i => points[i % count * columns + i / count]));
        OnnxValue lengths = rows.Graph.Constant("lengths", OnnxElement.Double, [1, count], points.Chunk(columns).Select(point => Math.Sqrt(point.Sum(value => value * value))));
        OnnxValue scale = (rows * rows).Sum(1).To("Sqrt") * lengths, isZero = scale.IsEqualTo(0);
        return isZero.Choose(scale.Same(1), 1 - rows.MatrixProduct(turned) / isZero.Choose(scale.Same(1), scale));
    }
}
