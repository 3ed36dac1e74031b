using Strata.Learning.Search.Pruners;
using Strata.Learning.Search.Samplers;

namespace Strata.Learning.Search;

/// <summary>How points are chosen.</summary>
public enum SearchMethod
{
    /// <summary>A model of where good trials lie: the first choice.</summary>
    Tpe,

    /// <summary>An evolution strategy: for many trials over numbers.</summary>
    CmaEs,

    /// <summary>Independent draws.</summary>
    Random,

    /// <summary>Draws that fill the space evenly.</summary>
    QuasiRandom,

    /// <summary>Every combination of a few values.</summary>
    Grid,
}

/// <summary>Which trials are given up early.</summary>
public enum PruningMethod
{
    /// <summary>None.</summary>
    None,

    /// <summary>Those behind the median of the others.</summary>
    Median,

    /// <summary>All but the best third at each rung.</summary>
    SuccessiveHalving,

    /// <summary>As successive halving, from several starts.</summary>
    Hyperband,
}

public static class SearchMethods
{
    /// <param name="method">How points are chosen.</param>
    /// <param name="space">Where to look.</param>
    /// <param name="direction">Which values are good.</param>
    /// <param name="seed">Where chance starts.</param>
    /// <param name="mostTrials">What a grid is made to fit in; null for no limit.</param>
    public static ISampler Sampler(this SearchMethod method, SearchSpace space, Direction direction, ulong seed, int? mostTrials = null) => method switch
    {
        SearchMethod.CmaEs => new CmaEsSampler(space, direction, seed),
        SearchMethod.Random => new RandomSampler(space, seed),
        SearchMethod.QuasiRandom => new QuasiRandomSampler(space, seed),
        SearchMethod.Grid => new GridSampler(space, seed, mostTrials),
        _ => new TpeSampler(space, direction, seed),
    };

    /// <param name="method">Which trials are given up.</param>
    /// <param name="leastSteps">The steps that every trial gets.</param>
    /// <param name="mostSteps">The steps of a whole trial.</param>
    public static IPruner Pruner(this PruningMethod method, int leastSteps, int mostSteps) => method switch
    {
        PruningMethod.Median => new MedianPruner { WarmupSteps = leastSteps - 1 },
        PruningMethod.SuccessiveHalving => new SuccessiveHalvingPruner { LeastSteps = leastSteps },
        PruningMethod.Hyperband => new HyperbandPruner(mostSteps, leastSteps),
        _ => new NoPruner(),
    };
}
