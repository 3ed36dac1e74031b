namespace Strata.Learning.Trees.Growth;

/// <summary>
/// How rows' weights enter the derivatives. Small whole weights count as copies of the row, applied after quantising: weight two is then the row twice to the last
/// bit. Other weights multiply the derivatives before.
/// </summary>
internal sealed class DerivativeWeights
{
    private const int MostWholeCopies = 32;

    private DerivativeWeights(float[] factors, int[]? copies, RowWeights rowWeights)
    {
        (Factors, Copies, RowWeights) = (factors, copies, rowWeights);
        MostCopies = copies is null ? 1 : Math.Max(1, copies.Max());
        AreOne = factors.All(factor => factor is 0 or 1);
        Largest = factors.Max();
        CountedRows = factors.Count(factor => factor > 0);
        Mean = factors.Where(factor => factor > 0).Average(factor => (double)factor);
    }

    /// <summary>What derivatives are multiplied by; zero for rows that are not learned from, and for padding.</summary>
    public float[] Factors { get; }

    /// <summary>How many times each row counts, or null for once.</summary>
    public int[]? Copies { get; }

    public RowWeights RowWeights { get; }

    public int MostCopies { get; }

    /// <summary>Whether every factor of a row that counts is 1.</summary>
    public bool AreOne { get; }

    public double Largest { get; }

    public int CountedRows { get; }

    public double Mean { get; }

    /// <param name="weights">A weight a row, padding included, at least one of them above zero.</param>
    /// <param name="factors">What the derivatives of each row are multiplied by besides, such as its class's weight; null for one. It makes no row count as more rows.</param>
    public static DerivativeWeights Of(float[] weights, float[]? factors = null)
    {
        if (weights.All(weight => weight is 0 or 1))
        {
            return new DerivativeWeights(Times(weights, factors), null, RowWeights.Ones);
        }

        return weights.All(weight => weight <= MostWholeCopies && weight == MathF.Floor(weight))
            ? new DerivativeWeights(Times([.. weights.Select(weight => weight > 0 ? 1f : 0f)], factors), [.. weights.Select(weight => (int)weight)], RowWeights.Of(weights))
            : new DerivativeWeights(Times(weights, factors), null, RowWeights.Of(weights));
    }

    /// <summary>Weights with the rows' factors in them.</summary>
    public static float[] Times(float[] weights, float[]? factors) => factors is null ? weights : [.. weights.Zip(factors, (weight, factor) => weight * factor)];
}
