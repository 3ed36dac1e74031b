namespace Strata.Learning.Trees.Forests;

/// <summary>Factors that make every class weigh the same.</summary>
internal static class ClassBalance
{
    /// <summary>Factors are multiples of 2 to the minus this, so that sums of them are exact and no order of rows changes a tree.</summary>
    private const int Bits = 20;

    /// <summary>For each class <c>weight of all / (classes present x weight of the class)</c>, as scikit-learn's "balanced"; 1 for a class without weight.</summary>
    /// <param name="weights">The sum of weights of each class.</param>
    public static double[] Factors(double[] weights)
    {
        double all = weights.Sum();
        int present = weights.Count(weight => weight > 0);
        return [.. weights.Select(weight => weight > 0 ? Math.Max(1, Math.Round(Math.ScaleB(all / (present * weight), Bits))) * Math.ScaleB(1, -Bits) : 1)];
    }
}
