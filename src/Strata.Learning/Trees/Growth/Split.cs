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

    /// <summary>What was added to L2 for this division, in packed units.</summary>
    public double ExtraL2;

    /// <summary>Whether the values of both sides are compared by a threshold, not only missing ones with all others.</summary>
    public bool IsOrdered;

    public readonly bool IsFound => Column >= 0;

    /// <summary>Whether this one goes before the other: the higher score, then the earlier column.</summary>
    public readonly bool Beats(in Split other) => IsFound && (!other.IsFound || Score > other.Score || (Score == other.Score && Column < other.Column));
}
