using System.Numerics;

namespace Strata.Learning.Ensembles;

/// <summary>Which sets of blocks have models of their own.</summary>
public enum BlockSets
{
    /// <summary>Each block by itself (late integration).</summary>
    Each,

    /// <summary>Each block, and the columns of all blocks together.</summary>
    EachAndAll,

    /// <summary>Every set of blocks: where some are missing, there is a model of all those that are not.</summary>
    Every,

    /// <summary>The columns of all blocks together, and nothing for rows where one is missing but what the members make of gaps.</summary>
    All,
}

internal static class BlockSetMasks
{
    /// <summary>The sets as bits, smaller ones first.</summary>
    public static int[] Of(BlockSets sets, int blockCount)
    {
        int all = (1 << blockCount) - 1;
        return sets switch
        {
            BlockSets.Each => [.. Enumerable.Range(0, blockCount).Select(block => 1 << block)],
            BlockSets.EachAndAll => [.. Enumerable.Range(0, blockCount).Select(block => 1 << block).Append(all).Distinct()],
            BlockSets.All => [all],
            _ => [.. Enumerable.Range(1, all).OrderBy(set => BitOperations.PopCount((uint)set))],
        };
    }
}
