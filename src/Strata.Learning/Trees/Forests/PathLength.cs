namespace Strata.Learning.Trees.Forests;

/// <summary>Path lengths in trees that cut at random.</summary>
internal static class PathLength
{
    private const double EulerGamma = 0.577215664901532860606512;

    /// <summary>The mean number of cuts that set one of so many rows apart: that of an unsuccessful search in a binary search tree (Liu, Ting and Zhou 2008, equation 1).</summary>
    public static double Mean(int rowCount) => rowCount switch
    {
        <= 1 => 0,
        2 => 1,
        _ => 2 * (Math.Log(rowCount - 1) + EulerGamma) - 2.0 * (rowCount - 1) / rowCount,
    };
}
