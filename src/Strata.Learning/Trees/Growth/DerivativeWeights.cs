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

    public double Mean { get; }

    /// <param name="weights">A weight a row, padding included, at least one of them above zero.</param>
    public static DerivativeWeights Of(float[] weights)
    {
        if (weights.All(weight => weight is 0 or 1))
        {
            return new DerivativeWeights(weights, null, RowWeights.Ones);
        }

        return weights.All(weight => weight <= MostWholeCopies && weight == MathF.Floor(weight))
            ? new DerivativeWeights([.. weights.Select(weight => weight > 0 ? 1f : 0f)], [.. weights.Select(weight => (int)weight)], RowWeights.Of(weights))
            : new DerivativeWeights(weights, null, RowWeights.Of(weights));
    }
}
