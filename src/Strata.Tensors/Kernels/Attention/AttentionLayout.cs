using Strata.Tensors.Backends;

namespace Strata.Tensors.Kernels.Attention;

/// <summary>Where the memory of an attention lies, in float32 numbers.</summary>
internal readonly unsafe struct AttentionLayout(in Attention<float> attention, int members)
{
    private const int Line = 16;

    private readonly int queries = attention.Queries, keys = attention.Keys, width = attention.HeadWidth, items = attention.Batch * attention.Heads, members = members;

    public int QueryBlocks => (queries + Lanes.Two - 1) / Lanes.Two;

    /// <summary>What is kept of a head: for each query what its scores are lowered by, and one over the sum of what they then are the powers of.</summary>
    public nint Kept => 2 * (nint)QueryBlocks * Lanes.Two;

    /// <summary>Numbers of a head and lanes.</summary>
    public nint Part => (nint)width * Lanes.Two;

    public nint Packed(int rows) => Round((nint)rows * width);

    /// <summary>Columns of a head in whole tiles of one or two vectors.</summary>
    public int Columns => (width + Lanes.One - 1) / Lanes.One * Lanes.One;

    public nint ForwardMember => 2 * Packed(keys) + 2 * Part + (nint)keys * Lanes.Two;

    public nint ForwardSize => items * Kept + members * ForwardMember;

    public nint BackMember => 4 * Packed(queries) + 3 * Part + 3 * (nint)queries * Lanes.Two + Round(queries) + (nint)(Lanes.Two + queries) * Columns + Round(width);

    public nint BackSize => members * BackMember;

    private static nint Round(nint numbers) => (numbers + Line - 1) / Line * Line;
}
