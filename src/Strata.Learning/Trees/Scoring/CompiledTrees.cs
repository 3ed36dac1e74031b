using Strata.Learning.Data;

namespace Strata.Learning.Trees.Scoring;

/// <summary>An ensemble laid out for scoring many rows, a block at a time. It adds what <see cref="TreeEnsemble.AddTo"/> adds, to the last bit.</summary>
internal abstract unsafe class CompiledTrees
{
    /// <summary>The fastest form that the trees fit; null when they fit none.</summary>
    public static CompiledTrees? Of(TreeEnsemble trees) => (CompiledTrees?)TreeCircuits.Of(trees) ?? RankedTrees.Of(trees);

    /// <summary>The most rows that <see cref="Add"/> takes at once.</summary>
    public abstract int BlockRows { get; }

    /// <summary>Bytes of room that <see cref="Add"/> needs, aligned to 64.</summary>
    public abstract int RoomBytes { get; }

    /// <summary>Adds all trees' values, tree after tree, to the scores of some rows.</summary>
    /// <param name="rows">The ensemble's features in order.</param>
    /// <param name="from">First row.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="room">Scratch memory of one thread.</param>
    /// <param name="scores">Of these rows only, row-major [rows, outputs], already holding the base scores.</param>
    public abstract void Add(Frame rows, int from, int count, byte* room, Span<double> scores);
}
