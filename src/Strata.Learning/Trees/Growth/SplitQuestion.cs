namespace Strata.Learning.Trees.Growth;

/// <summary>What the search for a split knows of its node; everything in packed units, in which a value is a gradient by a hessian.</summary>
internal struct SplitQuestion
{
    public long Gradient, Hessian;

    /// <summary>The least hessian of either side: from the hessian limit, and from the row limit by the node's mean hessian a row (as LightGBM does).</summary>
    public double MinHessian;

    /// <summary>Weight a unit of hessian.</summary>
    public double WeightPerHessian;

    public double L1, L2, CategoryL2;

    /// <summary>Whether values are bounded or smoothed, so that the short formula of the score does not hold.</summary>
    public bool IsBounded;

    /// <summary>Bounds of values below this node.</summary>
    public double Lowest, Highest;

    /// <summary>Rows at which a side's value is half its own and half <see cref="Value"/>; 0 for none of it.</summary>
    public double Smoothing;

    /// <summary>The node's own value.</summary>
    public double Value;

    /// <summary>The node's own score.</summary>
    public double Own;

    /// <summary>A split's score must be above this: the node's own, plus the least gain.</summary>
    public double Floor;

    /// <summary>One side's part of the score: <c>S(g)^2 / (h + L2)</c>, S shrinking towards zero by L1 (Chen and Guestrin 2016, eq. 6).</summary>
    public static double Side(double gradient, double hessian, double l1, double l2)
    {
        double shrunk = Math.Max(Math.Abs(gradient) - l1, 0);
        return shrunk * shrunk / (hessian + l2);
    }

    /// <summary>One side's part of the score, at the value that the side may have.</summary>
    public readonly double Score(double gradient, double hessian, double l2) =>
        IsBounded ? ScoreAtValue(gradient, hessian, l2) : Side(gradient, hessian, L1, l2);

    public readonly double ScoreAtValue(double gradient, double hessian, double l2) => ScoreAt(gradient, hessian, ValueOf(gradient, hessian, l2), L1, l2);

    /// <summary>The value that lowers a side's loss most, drawn towards the node's by smoothing and held within the bounds.</summary>
    public readonly double ValueOf(double gradient, double hessian, double l2)
    {
        double value = -Math.CopySign(Math.Max(Math.Abs(gradient) - L1, 0), gradient) / (hessian + l2);
        if (Smoothing > 0)
        {
            double rows = hessian * WeightPerHessian;
            value = (value * rows + Value * Smoothing) / (rows + Smoothing);
        }

        return Math.Min(Math.Max(value, Lowest), Highest);
    }

    /// <param name="gradient">The node's sum.</param>
    /// <param name="hessian">The node's sum.</param>
    /// <param name="weight">The node's weight, in rows of weight one.</param>
    /// <param name="limits">The tree's limits.</param>
    /// <param name="packing">What a unit is.</param>
    public static SplitQuestion Of(long gradient, long hessian, double weight, GrowthLimits limits, GradientPacking packing)
    {
        double most = limits.MaxDeltaStep > 0 ? limits.MaxDeltaStep * packing.GradientScale / packing.HessianScale : double.PositiveInfinity;
        return Of(gradient, hessian, weight, limits, packing, -most, most, parentValue: null, extraL2: 0);
    }

    /// <summary>
    /// As the other, for a child, whose parent set bounds and, with smoothing, a value to be drawn to. What was added to L2 for a division of levels shrinks the
    /// child's value too, as in LightGBM, but is not asked of the splits below.
    /// </summary>
    public static SplitQuestion Of(
        long gradient, long hessian, double weight, GrowthLimits limits, GradientPacking packing, double lowest, double highest, double? parentValue, double extraL2)
    {
        double rowLimit = (limits.MinRowsPerLeaf - 0.5) * hessian / weight;
        var question = new SplitQuestion
        {
            Gradient = gradient,
            Hessian = hessian,
            WeightPerHessian = weight / hessian,
            MinHessian = Math.Max(Math.Max(limits.MinChildHessian * packing.HessianScale, rowLimit), 0.5),
            L1 = limits.L1 * packing.GradientScale,
            L2 = limits.L2 * packing.HessianScale,
            CategoryL2 = limits.Categories.L2 * packing.HessianScale,
            IsBounded = limits.PathSmoothing > 0 || double.IsFinite(lowest) || double.IsFinite(highest),
            Lowest = lowest,
            Highest = highest,
            Smoothing = parentValue is null ? 0 : limits.PathSmoothing,
            Value = parentValue ?? 0,
        };
        question.Own = question.Score(gradient, hessian, question.L2);
        question.Value = question.ValueOf(gradient, hessian, question.L2 + extraL2);
        question.Smoothing = limits.PathSmoothing;
        question.Floor = question.Own + Math.Abs(question.Own) * 1e-10 + limits.MinGain / packing.ScoreScale;
        return question;
    }

    /// <summary>The score of any value: how much it lowers the loss, doubled. At the best value this is <see cref="Side"/>.</summary>
    private static double ScoreAt(double gradient, double hessian, double value, double l1, double l2) =>
        -(2 * gradient * value + (hessian + l2) * value * value + 2 * l1 * Math.Abs(value));
}
