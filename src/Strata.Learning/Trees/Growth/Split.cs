namespace Strata.Learning.Trees.Growth;

/// <summary>The best way found to divide a node, or none while <see cref="Column"/> is negative.</summary>
internal struct Split
{
    public static Split None => new() { Column = -1 };

    /// <summary>Index among the binned columns.</summary>
    public int Column;

    /// <summary>The last bin that goes left; -1 when <see cref="Left"/> is a set of levels.</summary>
    public int Bin;

    public bool MissingLeft;

    /// <summary>The bins that go left.</summary>
    public BinSet Left;

    /// <summary>The measure of both sides, in packed units.</summary>
    public double Score;

    /// <summary>Sums of the left side in packed units.</summary>
    public long LeftGradient, LeftHessian;

    public readonly bool IsFound => Column >= 0;

    /// <summary>Whether this one goes before the other: the higher score, then the earlier column.</summary>
    public readonly bool Beats(in Split other) => IsFound && (!other.IsFound || Score > other.Score || (Score == other.Score && Column < other.Column));
}

/// <summary>What the search for a split knows of its node; everything in packed units.</summary>
internal struct SplitQuestion
{
    public long Gradient, Hessian;

    /// <summary>The least hessian of either side: from the hessian limit, and from the row limit by the node's mean hessian a row (as LightGBM does).</summary>
    public double MinHessian;

    /// <summary>Weight a unit of hessian.</summary>
    public double WeightPerHessian;

    public double L1, L2, CategoryL2;

    /// <summary>A split's score must be above this: the node's own, plus the least gain.</summary>
    public double Floor;

    /// <summary>One side's part of the score: <c>S(g)^2 / (h + L2)</c>, S shrinking towards zero by L1 (Chen and Guestrin 2016, eq. 6).</summary>
    public static double Side(double gradient, double hessian, double l1, double l2)
    {
        double shrunk = Math.Max(Math.Abs(gradient) - l1, 0);
        return shrunk * shrunk / (hessian + l2);
    }

    public static SplitQuestion Of(long gradient, long hessian, double weight, GrowthLimits limits, GradientPacking packing)
    {
        double l1 = limits.L1 * packing.GradientScale, l2 = limits.L2 * packing.HessianScale;
        double own = Side(gradient, hessian, l1, l2);
        double rowLimit = (limits.MinRowsPerLeaf - 0.5) * hessian / weight;
        return new SplitQuestion
        {
            Gradient = gradient,
            Hessian = hessian,
            WeightPerHessian = weight / hessian,
            MinHessian = Math.Max(Math.Max(limits.MinChildHessian * packing.HessianScale, rowLimit), 0.5),
            L1 = l1,
            L2 = l2,
            CategoryL2 = limits.Categories.L2 * packing.HessianScale,
            Floor = own * (1 + 1e-10) + limits.MinGain / packing.ScoreScale,
        };
    }
}
