using Strata.Tensors;

namespace Strata.Learning.Search.Samplers;

/// <summary>Points that fill the space more evenly than independent ones: Halton's sequence with digits permuted at random (Owen 2017).</summary>
public sealed class QuasiRandomSampler : ISampler
{
    private readonly SearchSpace space;
    private readonly int[] bases;
    private readonly int[][][] permutations;

    public QuasiRandomSampler(SearchSpace space, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(space);
        this.space = space;
        bases = FirstPrimes(space.Count);
        permutations = [.. bases.Select((b, i) => Permutations(b, RandomSource.For(seed, $"digits {i}")))];
    }

    public string Name => "quasi_random";

    public double[] Propose(IReadOnlyList<Trial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        return At(trials.Count);
    }

    /// <summary>The point at a 0-based place of the sequence.</summary>
    public double[] At(int index)
    {
        double[] point = [.. Enumerable.Range(0, space.Count).Select(i => space.Parameters[i].Decode(Radical(index, i)))];
        space.Prune(point);
        return point;
    }

    /// <summary>The index's digits in the dimension's base, mirrored at the point, each permuted by its place.</summary>
    private double Radical(int index, int dimension)
    {
        int b = bases[dimension];
        double sum = 0, place = 1;
        foreach (int[] permutation in permutations[dimension])
        {
            place /= b;
            sum += place * permutation[index % b];
            index /= b;
        }

        return Math.Min(sum, 1 - 1e-12);
    }

    private static int[][] Permutations(int b, RandomSource random)
    {
        // As many digits as a double resolves.
        var permutations = new int[(int)Math.Ceiling(53 / Math.Log2(b))][];
        for (int digit = 0; digit < permutations.Length; digit++)
        {
            permutations[digit] = [.. Enumerable.Range(0, b)];
            random.Shuffle<int>(permutations[digit]);
        }

        return permutations;
    }

    private static int[] FirstPrimes(int count)
    {
        var primes = new List<int>(count);
        for (int candidate = 2; primes.Count < count; candidate++)
        {
            if (primes.TrueForAll(prime => candidate % prime != 0))
            {
                primes.Add(candidate);
            }
        }

        return [.. primes];
    }
}
