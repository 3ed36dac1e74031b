using Strata.Tensors;

namespace Strata.Learning.Search.Samplers;

/// <summary>Points drawn independently and uniformly (Bergstra and Bengio 2012).</summary>
public sealed class RandomSampler(SearchSpace space, ulong seed) : ISampler
{
    public string Name => "random";

    public double[] Propose(IReadOnlyList<Trial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        return space.Draw(RandomSource.For(seed, $"trial {trials.Count}"));
    }
}
